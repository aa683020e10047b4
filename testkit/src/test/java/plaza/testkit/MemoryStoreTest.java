package plaza.testkit;

import plaza.ledger.store.Store;

class MemoryStoreTest extends StoreContract {
  @Override
  protected Store open() {
    return new MemoryStore();
  }
}
