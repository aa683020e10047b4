package plaza.store.postgres;

import java.util.regex.Pattern;
import plaza.ledger.store.StoreFailure;

/// Which database, and how much of it.
///
/// @param url such as `jdbc:postgresql://db.example:5432/plaza`
/// @param password empty when the database asks for none
/// @param schema holds everything; made when it is absent. Several cities may share a database,
///   each in its own
/// @param connections most sessions that read at the same time; one more writes
public record PostgresOptions(
    String url, String user, String password, String schema, int connections) {
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

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

  /// The same in another schema.
  public PostgresOptions in(String otherSchema) {
    return new PostgresOptions(url, user, password, otherSchema, connections);
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
