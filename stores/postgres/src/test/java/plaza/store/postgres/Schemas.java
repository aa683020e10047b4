package plaza.store.postgres;

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
}
