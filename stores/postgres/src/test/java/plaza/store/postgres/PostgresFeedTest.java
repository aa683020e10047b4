package plaza.store.postgres;

import plaza.ledger.store.Store;
import plaza.testkit.FeedContract;

class PostgresFeedTest extends FeedContract {
  @Override
  protected Store open() {
    return PostgresStore.open(Schemas.fresh());
  }
}
