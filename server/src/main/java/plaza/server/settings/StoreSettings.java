package plaza.server.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import plaza.graph.Refusal;
import plaza.ledger.store.StoreFailure;
import plaza.store.postgres.PostgresOptions;
import plaza.store.rocksdb.RocksOptions;

/// What an operator decides about where the city is kept.
public sealed interface StoreSettings {
  /// In the data folder.
  record Rocks(RocksOptions options) implements StoreSettings {}

  /// In a database; what else the server keeps stays in the data folder.
  record Postgres(PostgresOptions options) implements StoreSettings {}

  /// The engines there are.
  enum Engine {
    ROCKSDB,
    POSTGRES
  }

  Setting<Engine> KIND =
      new Setting<>(
          "store.kind",
          Kind.oneOf(Engine.class),
          "rocksdb",
          "where the city is kept: in the data folder, or in PostgreSQL");
  Setting<Integer> CACHE_MB =
      new Setting<>(
          "store.cache-mb", Kind.whole(1, 1_000_000), "64", "memory for reading, of rocksdb");
  Setting<Integer> MEMTABLE_MB =
      new Setting<>(
          "store.memtable-mb",
          Kind.whole(1, 1_000_000),
          "64",
          "memory for what is written, of rocksdb");
  Setting<Integer> LOG_MB =
      new Setting<>(
          "store.log-mb",
          Kind.whole(1, 1_000_000),
          "128",
          "most log to read again at a start, of rocksdb");
  Setting<Integer> JOBS =
      new Setting<>("store.jobs", Kind.whole(1, 256), "2", "threads that sort files, of rocksdb");
  Setting<String> POSTGRES_URL =
      new Setting<>(
          "postgres.url",
          Kind.TEXT,
          "jdbc:postgresql://localhost:5432/plaza",
          "the database, with store.kind postgres");
  Setting<String> POSTGRES_USER =
      new Setting<>("postgres.user", Kind.TEXT, "plaza", "who signs in at the database");
  Setting<String> POSTGRES_PASSWORD =
      new Setting<>(
          "postgres.password",
          Kind.SECRET,
          "",
          "the password of postgres.user, best as PLAZA_POSTGRES_PASSWORD; or name a file");
  Setting<String> POSTGRES_PASSWORD_FILE =
      new Setting<>(
          "postgres.password-file",
          Kind.TEXT,
          "",
          "a file that holds the password of postgres.user");
  Setting<String> POSTGRES_SCHEMA =
      new Setting<>(
          "postgres.schema",
          Kind.TEXT,
          "plaza",
          "the schema that holds everything; each city has its own");
  Setting<Integer> POSTGRES_CONNECTIONS =
      new Setting<>(
          "postgres.connections",
          Kind.whole(1, 1_000),
          "10",
          "most sessions for questions, and as many for scans; one more writes");
  Setting<Duration> POSTGRES_RESTART =
      new Setting<>(
          "postgres.restart-patience",
          Kind.DURATION,
          "10s",
          "how long reading and writing wait for a database that is started anew");
  Setting<Duration> POSTGRES_TURN =
      new Setting<>(
          "postgres.turn-patience",
          Kind.DURATION,
          "30s",
          "how long a question or a scan waits when all sessions are lent");

  static List<Setting<?>> all() {
    return List.of(
        KIND,
        CACHE_MB,
        MEMTABLE_MB,
        LOG_MB,
        JOBS,
        POSTGRES_URL,
        POSTGRES_USER,
        POSTGRES_PASSWORD,
        POSTGRES_PASSWORD_FILE,
        POSTGRES_SCHEMA,
        POSTGRES_CONNECTIONS,
        POSTGRES_RESTART,
        POSTGRES_TURN);
  }

  static StoreSettings of(Configuration from) {
    return switch (from.get(KIND)) {
      case ROCKSDB ->
          new Rocks(
              new RocksOptions(
                  megabytes(from.get(CACHE_MB)),
                  megabytes(from.get(MEMTABLE_MB)),
                  megabytes(from.get(LOG_MB)),
                  from.get(JOBS)));
      case POSTGRES -> new Postgres(postgres(from));
    };
  }

  private static PostgresOptions postgres(Configuration from) {
    var password =
        from.get(POSTGRES_PASSWORD_FILE).isEmpty()
            ? from.get(POSTGRES_PASSWORD)
            : password(POSTGRES_PASSWORD_FILE, from);
    try {
      return new PostgresOptions(
          from.get(POSTGRES_URL),
          from.get(POSTGRES_USER),
          password,
          from.get(POSTGRES_SCHEMA),
          from.get(POSTGRES_CONNECTIONS),
          new PostgresOptions.Patience(from.get(POSTGRES_RESTART), from.get(POSTGRES_TURN)));
    } catch (StoreFailure wrong) {
      throw new Refusal.Invalid(String.valueOf(wrong.getMessage()));
    }
  }

  /// The password in a file that a setting names.
  static String password(Setting<String> setting, Configuration from) {
    var file = from.get(setting);
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new Refusal.Invalid(
          setting.name() + " must be a file that can be read, which '" + file + "' is not");
    }
  }

  private static long megabytes(int number) {
    return number * 1024L * 1024;
  }
}
