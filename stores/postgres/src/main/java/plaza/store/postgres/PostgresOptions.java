package plaza.store.postgres;

import java.time.Duration;
import java.util.regex.Pattern;
import plaza.ledger.store.StoreFailure;

/// Which database, and how much of it.
///
/// @param url such as `jdbc:postgresql://db.example:5432/plaza`
/// @param password empty when the database asks for none
/// @param schema holds everything; made when it is absent. Several cities may share a database,
///   each in its own
/// @param connections most sessions for single questions at the same time, and as many for scans;
///   one more writes
/// @param patience how long what is not there is waited for
public record PostgresOptions(
    String url, String user, String password, String schema, int connections, Patience patience) {
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  /// How long to wait.
  ///
  /// @param restart for a database that is started anew, and for what is left of a lost session
  /// @param turn for a session when all are lent
  public record Patience(Duration restart, Duration turn) {
    public static final Patience DEFAULT =
        new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30));

    public Patience {
      if (restart.isNegative() || turn.isNegative())
        throw new StoreFailure("nobody waits for less than no time: " + restart + ", " + turn);
    }
  }

  public PostgresOptions {
    if (!url.startsWith("jdbc:postgresql:"))
      throw new StoreFailure(
          "the address of the database must begin with jdbc:postgresql:, as in"
              + " jdbc:postgresql://localhost:5432/plaza; it is '"
              + withoutSecrets(url)
              + "'");
    if (!NAME.matcher(schema).matches())
      throw new StoreFailure(
          "the schema must be named with small letters, digits and underscores, at most 63, not '"
              + schema
              + "'");
    if (connections < 1)
      throw new StoreFailure("the store needs at least one connection to read, not " + connections);
  }

  /// With the usual patience.
  public PostgresOptions(String url, String user, String password, String schema, int connections) {
    this(url, user, password, schema, connections, Patience.DEFAULT);
  }

  /// The same in another schema.
  public PostgresOptions in(String otherSchema) {
    return new PostgresOptions(url, user, password, otherSchema, connections, patience);
  }

  /// The same with another patience.
  public PostgresOptions waiting(Patience otherPatience) {
    return new PostgresOptions(url, user, password, schema, connections, otherPatience);
  }

  /// Where the city is, for messages: nothing of it is secret.
  String place() {
    return "schema " + schema + " of " + withoutSecrets(url);
  }

  private static String withoutSecrets(String url) {
    int question = url.indexOf('?');
    return question < 0 ? url : url.substring(0, question);
  }

  @Override
  public String toString() {
    return place();
  }
}
