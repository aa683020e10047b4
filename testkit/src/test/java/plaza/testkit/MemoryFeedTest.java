package plaza.testkit;

import plaza.ledger.store.Store;

class MemoryFeedTest extends FeedContract {
  @Override
  protected Store open() {
    return new MemoryStore();
  }
}
