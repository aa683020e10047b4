package plaza.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import plaza.ledger.store.StoreFailure;

/// The folder of a store: the file `format` with the version of its layout, `rocksdb` with the
/// data, `native` with the engine's code. Other files in it are other people's.
final class DataFolder {
  /// Raised with every change that an older server would misread. A newer server reads all older
  /// formats.
  static final int FORMAT = 3;

  private static final String TEXT = "plaza-rocksdb ";

  private DataFolder() {}

  static Path data(Path folder) {
    return folder.resolve("rocksdb");
  }

  static Path nativeCode(Path folder) {
    return folder.resolve("native");
  }

  private static Path format(Path folder) {
    return folder.resolve("format");
  }

  /// Makes the folder, or checks that this server understands it.
  ///
  /// @return the version of its layout
  static int prepare(Path folder) {
    try {
      Files.createDirectories(folder);
      if (Files.exists(format(folder)))
        return check(folder, Files.readString(format(folder)).strip());
      if (Files.exists(data(folder)))
        throw new StoreFailure(
            "the data folder "
                + folder
                + " lacks the file 'format' that says who wrote it; restore the file, which for this"
                + " Plaza reads '"
                + TEXT
                + FORMAT
                + "'");
      write(folder);
      return FORMAT;
    } catch (IOException e) {
      throw new StoreFailure("opening the data folder " + folder, e);
    }
  }

  /// To be called when an older folder has been brought up to this version.
  static void upgraded(Path folder) {
    try {
      write(folder);
    } catch (IOException e) {
      throw new StoreFailure("writing the format of the data folder " + folder, e);
    }
  }

  static void write(Path folder) throws IOException {
    var fresh = folder.resolve("format.new");
    try (var file =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap((TEXT + FORMAT + "\n").getBytes(UTF_8)));
      file.force(true);
    }
    Files.move(fresh, format(folder), StandardCopyOption.ATOMIC_MOVE);
  }

  private static int check(Path folder, String found) {
    int version;
    try {
      if (!found.startsWith(TEXT)) throw new NumberFormatException(found);
      version = Integer.parseInt(found.substring(TEXT.length()));
    } catch (NumberFormatException e) {
      throw new StoreFailure(
          "the file 'format' in the data folder "
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
    return version;
  }
}
