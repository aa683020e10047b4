package plaza.testkit;

import plaza.ledger.store.Store;

class MemoryErasureTest extends ErasureContract {
  @Override
  protected Store open() {
    return new MemoryStore();
  }
}
