package plaza.store.rocksdb;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import plaza.ledger.store.Store;
import plaza.testkit.StoreContract;

class RocksStoreTest extends StoreContract {
  @TempDir Path folder;

  @Override
  protected Store open() {
    return RocksStore.open(folder, RocksOptions.DEFAULT);
  }
}
