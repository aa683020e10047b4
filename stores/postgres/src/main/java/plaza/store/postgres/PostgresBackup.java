package plaza.store.postgres;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import plaza.ledger.store.StoreFailure;

/// What is done with schemas that no server has open.
public final class PostgresBackup {
  private PostgresBackup() {}

  /// Whether a folder holds a backup that [#restore] can bring back.
  public static boolean isThere(Path folder) {
    return Copies.isThere(folder);
  }

  /// Puts a backup in place as a new store.
  ///
  /// @throws StoreFailure when the schema holds a city already, or the backup is damaged
  public static void restore(Path folder, PostgresOptions options) {
    alone(
        options,
        "restoring the backup " + folder,
        session -> {
          if (!Tables.areEmpty(session))
            throw new StoreFailure(
                options.place() + " holds a city already; name an absent or empty schema");
          Copies.read(session, folder);
          return null;
        });
  }

  /// Deletes a schema and everything it holds.
  ///
  /// @throws StoreFailure when a server has it open
  public static void delete(PostgresOptions options) {
    alone(
        options,
        "deleting the schema " + options.schema(),
        session -> {
          Tables.delete(session, options.schema());
          return null;
        });
  }

  private static void alone(PostgresOptions options, String doing, Work<@Nullable Void> work) {
    try (var writer = new Writer(new Sessions(options))) {
      writer.change(doing, work);
    }
  }
}
