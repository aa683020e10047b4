package plaza.store.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import plaza.ledger.store.StoreFailure;

/// Opens sessions of the database and tells their failures apart.
final class Sessions {
  private static final long PAUSE_MILLIS = 100;
  private static final String LOGIN_SECONDS = "10";
  private static final String ANSWER_SECONDS = "600";

  // Every access has its index. A planner that knows a table as empty must not choose to read all
  // of
  // it, and go on doing so when it has grown.
  private static final String PLANS =
      "-c jit=off -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

  private final PostgresOptions options;

  Sessions(PostgresOptions options) {
    this.options = options;
  }

  PostgresOptions options() {
    return options;
  }

  /// What a session is for.
  enum Use {
    /// Single questions, and notes that need not be synced.
    ASK("synchronous_commit=off"),
    /// Many questions of one moment; a transaction sees what its first statement saw.
    VIEW("default_transaction_isolation=repeatable\\ read"),
    WRITE("synchronous_commit=on");

    private final String setting;

    Use(String setting) {
      this.setting = setting;
    }
  }

  Connection open(Use use) throws SQLException {
    return open(use, LOGIN_SECONDS, ANSWER_SECONDS);
  }

  /// One that gives up soon, for who wants to know whether the database is there.
  Connection openBriefly(int seconds) throws SQLException {
    return open(Use.ASK, Integer.toString(seconds), Integer.toString(seconds));
  }

  private Connection open(Use use, String loginSeconds, String answerSeconds) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", options.user());
    if (!options.password().isEmpty()) properties.setProperty("password", options.password());
    properties.setProperty("currentSchema", options.schema());
    properties.setProperty("ApplicationName", "plaza");
    properties.setProperty("prepareThreshold", "2");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("loginTimeout", loginSeconds);
    properties.setProperty("socketTimeout", answerSeconds);
    properties.setProperty("options", PLANS + " -c " + use.setting);
    return DriverManager.getConnection(options.url(), properties);
  }

  /// The same, waiting for a database that is not there at the moment.
  Connection openPatiently(Use use) {
    long until = System.nanoTime() + options.patience().restart().toNanos();
    while (true) {
      try {
        return open(use);
      } catch (SQLException e) {
        if (!isBroken(e) || System.nanoTime() > until) throw failure("connecting", e);
        pause();
      }
    }
  }

  static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreFailure("interrupted while waiting for PostgreSQL");
    }
  }

  /// Whether the session is lost: it, or the server, is gone or going.
  static boolean isBroken(SQLException e) {
    var state = String.valueOf(e.getSQLState());
    return state.startsWith("08") || state.startsWith("57P0");
  }

  StoreFailure failure(String doing, SQLException e) {
    var state = String.valueOf(e.getSQLState());
    var where = doing + " in " + options.place();
    if (state.equals("53100"))
      return new StoreFailure(
          where + " failed because the disk of the database is full; free some space");
    if (state.startsWith("28"))
      return new StoreFailure(
          "PostgreSQL does not let "
              + options.user()
              + " in ("
              + message(e)
              + "); check the user and the password of the store");
    if (state.equals("3D000"))
      return new StoreFailure(
          "there is no such database (" + message(e) + "); make it with createdb");
    if (state.startsWith("08"))
      return new StoreFailure(
          "PostgreSQL cannot be reached for " + where + " (" + message(e) + ")", e);
    return new StoreFailure(where, e);
  }

  /// What is wrong, without saying where: anybody may see it.
  static String reason(SQLException e) {
    var state = String.valueOf(e.getSQLState());
    if (state.startsWith("08")) return "PostgreSQL cannot be reached";
    if (state.startsWith("57P0")) return "PostgreSQL is starting or stopping";
    if (state.startsWith("28")) return "PostgreSQL does not let the server in";
    if (state.equals("3D000")) return "PostgreSQL has no such database";
    if (state.equals("53300")) return "PostgreSQL has no session left";
    return "PostgreSQL answers with the error " + state;
  }

  private static String message(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
  }

  static void closeQuietly(Connection session) {
    try {
      session.close();
    } catch (SQLException gone) {
      // It is lost anyway, and the server notices.
    }
  }
}
