package plaza.store.rocksdb;

import java.util.ArrayList;
import java.util.List;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Position;
import plaza.store.bytes.FeedCodec;
import plaza.store.bytes.StoredRows;

/// The feed as it is kept: one row per commit, trimmed at its beginning.
final class FeedLog implements StoredRows.Feed {
  private final Engine engine;
  private final FeedCodec codec;

  FeedLog(Engine engine, FeedCodec codec) {
    this.engine = engine;
    this.codec = codec;
  }

  @Override
  public List<FeedEntry> read(Position after, int limit) {
    var entries = new ArrayList<FeedEntry>(Math.min(limit, 500));
    try (var view = engine.view()) {
      var rows = view.iterator(Family.FEED, Keys.feed(-1L));
      for (rows.seek(Keys.feed(after.number() + 1));
          rows.isValid() && entries.size() < limit;
          rows.next()) entries.add(codec.read(Keys.feedPosition(rows.key()), rows.value()));
      Engine.requireGood(rows, "reading the feed after " + after.number());
    }
    return entries;
  }

  static void trim(Batch batch, Position from, Position upTo) {
    batch.deleteRange(Family.FEED, Keys.feed(from.number()), Keys.feed(upTo.number() + 1));
    BookRows.trim(batch, upTo.number());
  }
}
