package plaza.store.rocksdb;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Position;
import plaza.store.bytes.ByteReader;
import plaza.store.bytes.ByteWriter;
import plaza.store.bytes.FeedCodec;

/// The feed as it is kept: one row per commit, trimmed at its beginning.
final class FeedLog {
  private static final int KEY = 't';

  private final Engine engine;
  private final FeedCodec codec;
  private volatile Position start = Position.START;
  private volatile Position head = Position.START;

  FeedLog(Engine engine, FeedCodec codec) {
    this.engine = engine;
    this.codec = codec;
  }

  private static byte[] startKey() {
    return new byte[] {KEY};
  }

  void load() {
    var kept = engine.get(Family.META, startKey());
    start = kept == null ? Position.START : new Position(new ByteReader(kept).i64());
    head = start;
    try (var view = engine.view()) {
      var rows = view.iterator(Family.FEED, Keys.feed(-1L));
      rows.seekToLast();
      if (rows.isValid()) head = new Position(Keys.feedPosition(rows.key()));
      Engine.requireGood(rows, "reading the end of the feed");
    }
  }

  Position head() {
    return head;
  }

  void appended(Position last) {
    head = last;
  }

  Position start() {
    return start;
  }

  List<FeedEntry> read(Position after, int limit) {
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

  /// @return the new start; null when there is nothing to trim
  @Nullable Position trim(Batch batch, Position upTo) {
    var newStart = upTo.compareTo(head) > 0 ? head : upTo;
    if (newStart.compareTo(start) <= 0) return null;
    batch.deleteRange(Family.FEED, Keys.feed(start.number()), Keys.feed(newStart.number() + 1));
    batch.put(Family.META, startKey(), new ByteWriter(8).i64(newStart.number()).toBytes());
    return newStart;
  }

  void trimmed(Position newStart) {
    start = newStart;
  }
}
