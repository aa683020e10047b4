package plaza.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import plaza.ledger.store.StoreFailure;

/// The folder of a store, and the version of its format in the file `format`.
final class DataFolder {
  /// Raised with every change that an older server would misread. A newer server reads all older
  /// formats.
  static final int FORMAT = 1;

  private static final String FILE = "format";
  private static final String TEXT = "plaza-rocksdb ";

  private DataFolder() {}

  /// Makes the folder, or checks that this server understands it.
  static void prepare(Path folder) {
    try {
      Files.createDirectories(folder);
      var file = folder.resolve(FILE);
      if (Files.exists(file)) check(folder, Files.readString(file).strip());
      else if (isEmpty(folder)) write(folder);
      else
        throw new StoreFailure(
            "the data folder "
                + folder
                + " holds other files and no Plaza store; choose an empty or absent folder");
    } catch (IOException e) {
      throw new StoreFailure("opening the data folder " + folder, e);
    }
  }

  static void write(Path folder) throws IOException {
    var fresh = folder.resolve(FILE + ".new");
    Files.writeString(fresh, TEXT + FORMAT + "\n");
    Files.move(fresh, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void check(Path folder, String found) {
    int version;
    try {
      if (!found.startsWith(TEXT)) throw new NumberFormatException(found);
      version = Integer.parseInt(found.substring(TEXT.length()));
    } catch (NumberFormatException e) {
      throw new StoreFailure(
          "the file format in the data folder "
              + folder
              + " does not say a version: '"
              + found
              + "'");
    }
    if (version > FORMAT)
      throw new StoreFailure(
          "the data folder "
              + folder
              + " was written by a newer Plaza (format "
              + version
              + "); this one reads formats up to "
              + FORMAT
              + ". Start the newer Plaza, or restore a backup made by this one");
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.allMatch(file -> file.getFileName().toString().equals(FILE + ".new"));
    }
  }
}
