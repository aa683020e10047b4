package plaza.store.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import plaza.ledger.store.StoreFailure;
import plaza.store.bytes.Books;
import plaza.store.bytes.Faults;
import plaza.store.bytes.HistoryCheck;
import plaza.store.bytes.HistoryCodec;

/// Reads everything and says what does not agree: row checksums, slots and their lookups, counters,
/// histories, feed.
final class Verifier {
  static final int ROWS_AT_ONCE = 2_000;

  private final Books books;
  private final HistoryCodec codec;
  private final SlotVerifier slots;
  private final FeedVerifier feeds;

  Verifier(Books books, HistoryCodec codec, SlotVerifier slots, FeedVerifier feeds) {
    this.books = books;
    this.codec = codec;
    this.slots = slots;
    this.feeds = feeds;
  }

  /// One row of a table.
  @FunctionalInterface
  interface Row {
    void see(ResultSet row) throws SQLException;
  }

  /// Goes through the rows of a query without holding more than some.
  static void each(Connection session, String sql, int layer, Row row) throws SQLException {
    try (var statement = session.prepareStatement(sql)) {
      statement.setFetchSize(ROWS_AT_ONCE);
      statement.setInt(1, layer);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) row.see(rows);
      }
    }
  }

  /// For a store that the caller holds still.
  List<String> verify(Connection session) throws SQLException {
    var faults = new Faults();
    var layers = books.layers();
    var said = new HistoryCheck(books, codec, HistoryVerifier::head, faults);
    var histories = new HistoryVerifier(books.names(), codec, said, faults);
    try {
      for (var layer : layers.list()) {
        int number = layers.find(layer);
        slots.verify(
            session,
            layer,
            number,
            faults,
            slot -> {
              if (layer.isMain()) said.says(number, slot);
            });
      }
      for (var layer : layers.list()) histories.verify(session, layer, layers.find(layer));
      if (!said.isAllRecorded())
        for (var layer : layers.list())
          if (layer.isMain())
            slots.each(
                session,
                layer,
                layers.find(layer),
                faults,
                slot -> said.nameUnrecorded(layers.find(layer), slot));
      feeds.verify(session, faults, said::recordedAt);
    } catch (StoreFailure e) {
      faults.add(String.valueOf(e.getMessage()));
    }
    return faults.list();
  }
}
