package plaza.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import plaza.ledger.store.Layer;
import plaza.store.bytes.Books;

/// The rows of [Books]. Where the feed ends is where its last row is.
final class BookRows {
  private BookRows() {}

  /// Reads everything, anew if need be.
  static void load(Connection session, Books books) throws SQLException {
    books.layers().clear();
    books.census().clear();
    each(
        session,
        "select number, name from names",
        row -> books.names().load(row.getInt(1), new String(row.getBytes(2), UTF_8)));
    each(
        session,
        "select number, tenant, branch from layers",
        row -> books.layers().load(row.getInt(1), new Layer(row.getString(2), row.getString(3))));
    each(
        session,
        "select layer, type, entities from census",
        row -> books.census().load(row.getInt(1), row.getInt(2), row.getLong(3)));
    long start = Tables.about(session, "feed start");
    each(
        session, "select max(position) from feed", row -> books.feed().load(start, row.getLong(1)));
  }

  private interface Row {
    void load(ResultSet row) throws SQLException;
  }

  private static void each(Connection session, String sql, Row row) throws SQLException {
    try (var statement = session.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) row.load(rows);
    }
  }

  /// Puts what is new into a batch.
  static void save(Books books, Batch batch) {
    for (int number : books.names().unsaved())
      batch.add(Part.NAMES, number, books.names().name(number).getBytes(UTF_8));
    books
        .layers()
        .unsaved()
        .forEach((layer, number) -> batch.add(Part.LAYERS, number, layer.tenant(), layer.branch()));
    books
        .census()
        .unsaved((cell, entities) -> batch.add(Part.CENSUS, cell.layer(), cell.type(), entities));
  }
}
