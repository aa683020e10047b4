package plaza.store.postgres;

import plaza.ledger.store.Store;
import plaza.testkit.StoreContract;

class PostgresStoreTest extends StoreContract {
  @Override
  protected Store open() {
    return PostgresStore.open(Schemas.fresh());
  }
}
