package plaza.store.rocksdb;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import plaza.ledger.store.Store;
import plaza.testkit.HistoryContract;

class RocksHistoryTest extends HistoryContract {
  @TempDir Path folder;

  @Override
  protected Store open() {
    return RocksStore.open(folder, RocksOptions.DEFAULT);
  }
}
