package plaza.store.postgres;

import java.util.ArrayList;
import java.util.List;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Position;
import plaza.store.bytes.FeedCodec;
import plaza.store.bytes.StoredRows;

/// The feed as it is kept: one row per commit, trimmed at its beginning.
final class FeedLog implements StoredRows.Feed {
  private static final int MOST_ROWS = 500;

  private final Readers readers;
  private final FeedCodec codec;

  FeedLog(Readers readers, FeedCodec codec) {
    this.readers = readers;
    this.codec = codec;
  }

  @Override
  public List<FeedEntry> read(Position after, int limit) {
    var entries = new ArrayList<FeedEntry>(Math.min(limit, MOST_ROWS));
    var from = after;
    while (entries.size() < limit) {
      int wanted = Math.min(limit - entries.size(), MOST_ROWS);
      var some = page(from, wanted);
      entries.addAll(some);
      if (some.size() < wanted) break;
      from = some.getLast().position();
    }
    return entries;
  }

  private List<FeedEntry> page(Position after, int limit) {
    return readers.ask(
        "reading the feed after " + after.number(),
        session -> {
          try (var statement =
              session.prepareStatement(
                  "select position, body from feed where position > ? order by position limit ?")) {
            statement.setLong(1, after.number());
            statement.setInt(2, limit);
            try (var rows = statement.executeQuery()) {
              var entries = new ArrayList<FeedEntry>();
              while (rows.next()) entries.add(codec.read(rows.getLong(1), rows.getBytes(2)));
              return entries;
            }
          }
        });
  }
}
