package plaza.store.rocksdb;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import plaza.ledger.store.Store;
import plaza.testkit.FeedContract;

class RocksFeedTest extends FeedContract {
  @TempDir Path folder;

  @Override
  protected Store open() {
    return RocksStore.open(folder, RocksOptions.DEFAULT);
  }
}
