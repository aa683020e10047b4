package plaza.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import plaza.ledger.store.Store;
import plaza.ledger.store.StoreFailure;
import plaza.server.settings.Settings;
import plaza.server.settings.StoreSettings;
import plaza.store.postgres.PostgresOptions;
import plaza.store.postgres.PostgresStore;
import plaza.store.rocksdb.RocksStore;

/// Opens the store that the settings name, in the data folder or in a database. A folder in which
/// the store should be says which of both it is.
final class CityStore {
  private static final String STORE = "store";
  private static final String IN_POSTGRES = "plaza-postgres";

  private CityStore() {}

  /// The folder of the store within a data folder or a backup.
  static Path folder(Path data) {
    return data.resolve(STORE);
  }

  /// @throws StoreFailure when the data folder is in use, foreign, newer or not writable, or the
  ///   database is
  static Store open(Settings settings) {
    var data = settings.data();
    make(data);
    return switch (settings.store()) {
      case StoreSettings.Rocks(var options) -> {
        if (isInPostgres(folder(data)))
          throw new StoreFailure(
              "the data folder "
                  + data
                  + " belongs to a city in PostgreSQL; set store.kind to postgres, or name another"
                  + " with --data");
        yield RocksStore.open(folder(data), options);
      }
      case StoreSettings.Postgres(var options) -> openPostgres(data, options);
    };
  }

  private static Store openPostgres(Path data, PostgresOptions options) {
    if (Files.isDirectory(folder(data)) && !isInPostgres(folder(data)))
      throw new StoreFailure(
          "the data folder "
              + data
              + " holds a city in RocksDB; set store.kind to rocksdb, or name another with --data");
    var store = PostgresStore.open(options);
    try {
      markPostgres(data);
      return store;
    } catch (StoreFailure failure) {
      store.close();
      throw failure;
    }
  }

  /// Says in a data folder that its city is in PostgreSQL.
  static void markPostgres(Path data) {
    try {
      Files.createDirectories(folder(data));
      if (!isInPostgres(folder(data))) Files.writeString(format(folder(data)), IN_POSTGRES + "\n");
    } catch (IOException e) {
      throw new StoreFailure("writing to the data folder " + data, e);
    }
  }

  /// Whether the store of a data folder or of a backup is in PostgreSQL, or comes from there.
  static boolean isInPostgres(Path store) {
    try {
      return Files.isRegularFile(format(store))
          && Files.readString(format(store), UTF_8).startsWith(IN_POSTGRES);
    } catch (IOException e) {
      throw new StoreFailure("reading " + format(store), e);
    }
  }

  private static Path format(Path store) {
    return store.resolve("format");
  }

  private static void make(Path data) {
    try {
      Files.createDirectories(data);
    } catch (FileSystemException e) {
      throw new StoreFailure(
          "the data folder "
              + data
              + " cannot be made: "
              + reason(e)
              + "; name another with --data");
    } catch (IOException e) {
      throw new StoreFailure("making the data folder " + data, e);
    }
    if (!Files.isWritable(data))
      throw new StoreFailure(
          "the data folder " + data + " is not writable by this user; name another with --data");
  }

  private static String reason(FileSystemException e) {
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }
}
