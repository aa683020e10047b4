package plaza.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import plaza.ledger.store.StoreFailure;

/// RocksDB's native code, kept unpacked beside the data.
///
/// Left to itself, RocksDB unpacks 17 MB into the temporary folder at each start and leaves them
/// there when the process is killed.
final class NativeLibrary {
  private static boolean loaded;

  private NativeLibrary() {}

  static synchronized void load(Path folder) {
    if (loaded) return;
    try {
      RocksDB.loadLibrary(List.of(unpacked(folder).toAbsolutePath().toString()));
    } catch (IOException | UnsatisfiedLinkError e) {
      throw new StoreFailure("loading RocksDB's native code from " + folder, e);
    }
    loaded = true;
  }

  /// The folder that holds the library, written there when it is absent or another version's.
  private static Path unpacked(Path folder) throws IOException {
    var name = Environment.getJniLibraryFileName("rocksdb");
    var resource = RocksDB.class.getClassLoader().getResource(name);
    if (resource == null)
      throw new StoreFailure("RocksDB has no native code for this machine: " + name);
    // The name by which loadLibrary(paths) looks for it, which is not that of the resource.
    var library = folder.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
    long size = resource.openConnection().getContentLengthLong();
    if (!Files.exists(library) || Files.size(library) != size) {
      Files.createDirectories(folder);
      var fresh = Files.createTempFile(folder, name, ".new");
      try (var code = resource.openStream()) {
        Files.copy(code, fresh, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(fresh, library, StandardCopyOption.ATOMIC_MOVE);
    }
    return folder;
  }
}
