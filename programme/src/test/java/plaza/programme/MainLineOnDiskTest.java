package plaza.programme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.AfterEach;
import plaza.store.rocksdb.RocksOptions;
import plaza.store.rocksdb.RocksStore;

/// The same line on the engine that cities run on, with its indexes narrowing.
class MainLineOnDiskTest extends MainLineTest {
  private Path folder;

  @Override
  ProgrammeCity city() {
    try {
      folder = Files.createTempDirectory("plaza-main-line");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new ProgrammeCity(
        RocksStore.open(folder.resolve("store"), RocksOptions.DEFAULT),
        new ProgrammeCity.People(),
        new ProgrammeCity.Bindings(),
        7);
  }

  @AfterEach
  void delete() throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
