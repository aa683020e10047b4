package plaza.store.postgres;

import plaza.ledger.store.Store;
import plaza.testkit.HistoryContract;

class PostgresHistoryTest extends HistoryContract {
  @Override
  protected Store open() {
    return PostgresStore.open(Schemas.fresh());
  }
}
