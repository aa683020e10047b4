package plaza.store.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import plaza.ledger.store.StoreFailure;
import plaza.store.bytes.Faults;

/// Reads everything and says what does not agree: row checksums, slots and their lookups, counters,
/// histories, feed.
final class Verifier {
  static final int ROWS_AT_ONCE = 2_000;

  private final LayerBook layers;
  private final FeedLog feed;
  private final SlotVerifier slots;
  private final HistoryVerifier histories;
  private final FeedVerifier feeds;

  Verifier(
      LayerBook layers,
      FeedLog feed,
      SlotVerifier slots,
      HistoryVerifier histories,
      FeedVerifier feeds) {
    this.layers = layers;
    this.feed = feed;
    this.slots = slots;
    this.histories = histories;
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
    try {
      histories.begin(feed.start().number(), feed.head().number());
      for (var layer : layers.list()) {
        int number = layers.find(layer);
        slots.verify(
            session,
            layer,
            number,
            faults,
            slot -> {
              if (layer.isMain()) histories.says(number, slot);
            });
      }
      for (var layer : layers.list()) histories.verify(session, layer, layers.find(layer), faults);
      if (!histories.isAllRecorded())
        for (var layer : layers.list())
          if (layer.isMain())
            slots.each(
                session,
                layer,
                layers.find(layer),
                faults,
                slot -> histories.nameUnrecorded(layers.find(layer), slot, faults));
      feeds.verify(session, faults, histories::recordedAt);
    } catch (StoreFailure e) {
      faults.add(String.valueOf(e.getMessage()));
    }
    return faults.list();
  }
}
