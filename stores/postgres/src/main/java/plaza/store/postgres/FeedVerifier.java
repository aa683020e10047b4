package plaza.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToIntFunction;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;
import plaza.store.bytes.Books;
import plaza.store.bytes.Faults;
import plaza.store.bytes.FeedCheck;
import plaza.store.bytes.FeedCodec;

/// Checks that the feed has no gap, and that what it tells is in the histories and in the state.
final class FeedVerifier {
  private final Books books;
  private final SlotReader slots;
  private final FeedCodec codec;
  private final Erasures erasures;

  FeedVerifier(Books books, SlotReader slots, FeedCodec codec, Erasures erasures) {
    this.books = books;
    this.slots = slots;
    this.codec = codec;
    this.erasures = erasures;
  }

  /// @param recordedAt how many instances the histories of main branches have from a commit
  void verify(Connection session, Faults faults, LongToIntFunction recordedAt) throws SQLException {
    var layers = books.layers();
    var check = new FeedCheck(faults);
    for (var layer : layers.all())
      if (layer.isMain()) check.erased(layer, erasures.all(session, layers.find(layer)));
    long reached = books.feed().start().number();
    long head = books.feed().head().number();
    while (reached < head) {
      var page = page(session, reached, faults);
      if (page.isEmpty()) break;
      for (var entry : page) {
        long position = entry.position().number();
        if (position != reached + 1)
          faults.add("the feed goes on at " + position + " where " + (reached + 1) + " should be");
        reached = position;
      }
      states(page, check);
      for (var entry : page)
        if (entry.layer().isMain())
          check.histories(entry, recordedAt.applyAsInt(entry.position().number()));
    }
    if (reached != head) faults.add("the feed ends at " + reached + ", not at " + head);
  }

  private List<FeedEntry> page(Connection session, long after, Faults faults) throws SQLException {
    try (var statement =
        session.prepareStatement(
            """
            select position, print, body from feed where position > ?
            order by position limit ?\
            """)) {
      statement.setLong(1, after);
      statement.setInt(2, Verifier.ROWS_AT_ONCE);
      try (var rows = statement.executeQuery()) {
        var page = new ArrayList<FeedEntry>();
        while (rows.next()) {
          long position = rows.getLong(1);
          var body = rows.getBytes(3);
          if (rows.getInt(2) != Prints.ofFeed(position, body))
            faults.add("feed entry " + position + " is damaged: its checksum is another");
          faults.of("feed entry " + position, () -> page.add(codec.read(position, body)));
        }
        return page;
      }
    }
  }

  /// Looks up all that a page tells of, layer by layer.
  private void states(List<FeedEntry> page, FeedCheck check) {
    var byLayer = new HashMap<Layer, List<FeedEntry>>();
    for (var entry : page)
      if (entry.layer().isMain())
        byLayer.computeIfAbsent(entry.layer(), _ -> new ArrayList<>()).add(entry);
    byLayer.forEach((layer, entries) -> {
      var ids = new HashSet<String>();
      for (var entry : entries) for (var change : entry.changes()) ids.add(change.entity().id());
      var found = slots.findAll(books.layers().find(layer), ids);
      for (var entry : entries) check.state(entry, id -> Optional.ofNullable(found.get(id)));
    });
  }
}
