package plaza.server;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import plaza.ledger.store.StoreFailure;
import plaza.server.settings.Settings;
import plaza.server.settings.StoreSettings;
import plaza.store.postgres.PostgresBackup;

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
      copyFiles(data, target);
    } catch (IOException e) {
      throw new StoreFailure("writing a backup to " + target, e);
    }
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var name = file.getFileName().toString();
        if (!name.startsWith("control")) Files.copy(file, to.resolve(name));
      }
    }
  }

  /// Puts a backup in place as a data folder, and what it has of a database into that.
  static void restore(Path backup, Settings settings) {
    var data = settings.data();
    if (!Files.isDirectory(City.storeFolder(backup)))
      throw new StoreFailure(
          backup + " is no backup: it has no folder " + City.storeFolder(backup).getFileName());
    requireAbsentOrEmpty(data, "the data folder");
    var store = City.storeFolder(backup);
    boolean inPostgres = CityStore.isInPostgres(store);
    try {
      switch (settings.store()) {
        case StoreSettings.Rocks _ -> {
          if (inPostgres)
            throw new StoreFailure(
                backup + " is of a city in PostgreSQL; set store.kind to postgres to restore it");
          copyTree(backup, data);
        }
        case StoreSettings.Postgres(var options) -> {
          if (!inPostgres)
            throw new StoreFailure(
                backup + " is of a city in RocksDB; set store.kind to rocksdb to restore it");
          PostgresBackup.restore(store, options);
          copyFiles(backup, data);
          CityStore.markPostgres(data);
        }
      }
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
