package plaza.store.postgres;

import java.sql.DriverManager;
import java.sql.SQLException;
import plaza.testkit.Postgres;

/// Places for stores of tests.
final class Schemas {
  private Schemas() {}

  /// A schema of its own on the server that all tests share.
  static PostgresOptions fresh() {
    return on(Postgres.shared());
  }

  static PostgresOptions on(Postgres server) {
    return new PostgresOptions(server.url(), Postgres.USER, "", Postgres.freshSchema(), 8);
  }

  /// As an administrator or a network would: all sessions of stores at once.
  static void cutSessions(Postgres server) throws SQLException {
    try (var session = DriverManager.getConnection(server.url(), Postgres.USER, "");
        var statement = session.createStatement()) {
      statement.execute(
          """
          select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'plaza'\
          """);
    }
  }
}
