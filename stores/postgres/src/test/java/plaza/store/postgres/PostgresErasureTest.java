package plaza.store.postgres;

import plaza.ledger.store.Store;
import plaza.testkit.ErasureContract;

class PostgresErasureTest extends ErasureContract {
  @Override
  protected Store open() {
    return PostgresStore.open(Schemas.fresh());
  }
}
