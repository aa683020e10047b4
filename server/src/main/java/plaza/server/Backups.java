package plaza.server;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import plaza.ledger.store.StoreFailure;

/// Moves data folders about: out into a backup, and back.
final class Backups {
  private Backups() {}

  /// Copies the files that lie beside the store. What tells of the running server stays behind.
  static void copyBesides(Path data, Path target) {
    requireAbsentOrEmpty(target, "the backup folder");
    if (target.toAbsolutePath().normalize().startsWith(data.toAbsolutePath().normalize()))
      throw new StoreFailure(
          "the backup folder " + target + " lies in the data folder; name one outside of it");
    try {
      Files.createDirectories(target);
      try (var files = Files.list(data)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          var name = file.getFileName().toString();
          if (!name.startsWith("control")) Files.copy(file, target.resolve(name));
        }
      }
    } catch (IOException e) {
      throw new StoreFailure("writing a backup to " + target, e);
    }
  }

  /// Puts a backup in place as a data folder.
  static void restore(Path backup, Path data) {
    if (!Files.isDirectory(City.storeFolder(backup)))
      throw new StoreFailure(
          backup + " is no backup: it has no folder " + City.storeFolder(backup).getFileName());
    requireAbsentOrEmpty(data, "the data folder");
    try {
      copyTree(backup, data);
    } catch (IOException e) {
      throw new StoreFailure("restoring " + backup + " to " + data, e);
    }
  }

  private static void requireAbsentOrEmpty(Path folder, String what) {
    if (!Files.exists(folder)) return;
    if (!Files.isDirectory(folder)) throw new StoreFailure(what + " " + folder + " is a file");
    try (var files = Files.list(folder)) {
      if (files.findAny().isPresent())
        throw new StoreFailure(
            what + " " + folder + " is not empty; name an empty or absent folder");
    } catch (IOException e) {
      throw new StoreFailure("looking into " + folder, e);
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path each, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            if (failure != null) throw failure;
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
