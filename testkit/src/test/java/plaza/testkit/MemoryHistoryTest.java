package plaza.testkit;

import plaza.ledger.store.Store;

class MemoryHistoryTest extends HistoryContract {
  @Override
  protected Store open() {
    return new MemoryStore();
  }
}
