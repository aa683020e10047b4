package plaza.store.rocksdb;

import java.util.function.LongToIntFunction;
import plaza.store.bytes.Books;
import plaza.store.bytes.Faults;
import plaza.store.bytes.FeedCheck;
import plaza.store.bytes.FeedCodec;

/// Checks that the feed has no gap, and that what it tells is in the histories and in the state.
final class FeedVerifier {
  private final Engine engine;
  private final Books books;
  private final SlotReader slots;
  private final FeedCodec codec;
  private final Erasures erasures;

  FeedVerifier(Engine engine, Books books, SlotReader slots, FeedCodec codec, Erasures erasures) {
    this.engine = engine;
    this.books = books;
    this.slots = slots;
    this.codec = codec;
    this.erasures = erasures;
  }

  /// @param recordedAt how many instances the histories of main branches have from a commit
  void verify(Faults faults, LongToIntFunction recordedAt) {
    var layers = books.layers();
    var check = new FeedCheck(faults);
    for (var layer : layers.all())
      if (layer.isMain()) check.erased(layer, erasures.all(layers.find(layer)));
    long expected = books.feed().start().number() + 1;
    try (var view = engine.view()) {
      var rows = view.iterator(Family.FEED, Keys.feed(-1L), 1 << 20);
      for (rows.seek(Keys.feed(0)); rows.isValid(); rows.next()) {
        long position = Keys.feedPosition(rows.key());
        if (position != expected)
          faults.add("the feed goes on at " + position + " where " + expected + " should be");
        expected = position + 1;
        var value = rows.value();
        faults.of(
            "the feed entry " + position,
            () -> {
              var entry = codec.read(position, value);
              if (!entry.layer().isMain()) return;
              check.histories(entry, recordedAt.applyAsInt(position));
              check.state(entry, id -> slots.find(layers.find(entry.layer()), id));
            });
      }
      Engine.requireGood(rows, "reading the feed");
    }
    long head = books.feed().head().number();
    if (expected != head + 1) faults.add("the feed ends at " + (expected - 1) + ", not at " + head);
  }
}
