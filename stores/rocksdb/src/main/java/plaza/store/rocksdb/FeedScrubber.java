package plaza.store.rocksdb;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import plaza.store.bytes.ByteReader;
import plaza.store.bytes.ByteWriter;
import plaza.store.bytes.Erased;
import plaza.store.bytes.FeedCodec;
import plaza.store.bytes.LayerBook;

/// Takes out of the feed what it tells of the erased. It reads the entries once for all that was
/// erased since it last did.
final class FeedScrubber {
  private static final int KEY = 's';
  private static final int ROWS_PER_BATCH = 1_000;

  private final Engine engine;
  private final LayerBook layers;
  private final Erasures erasures;
  private final FeedCodec codec;

  FeedScrubber(Engine engine, LayerBook layers, Erasures erasures, FeedCodec codec) {
    this.engine = engine;
    this.layers = layers;
    this.erasures = erasures;
    this.codec = codec;
  }

  /// @param writer told batches to write, which must not bring back what was trimmed meanwhile
  void scrub(long start, long upTo, Consumer<Map<Long, byte[]>> writer) {
    var done = engine.get(Family.META, new byte[] {KEY});
    long from = done == null ? 0 : new ByteReader(done).i64();
    var erased = new Erased(codec, from, upTo);
    for (var layer : layers.all())
      if (layer.isMain()) erased.add(layer, erasures.all(layers.find(layer)));
    if (erased.isEmpty()) return;
    var changed = new HashMap<Long, byte[]>();
    try (var view = engine.view()) {
      var rows = view.iterator(Family.FEED, Keys.feed(erased.last() + 1), 1 << 20);
      for (rows.seek(Keys.feed(start + 1)); rows.isValid(); rows.next()) {
        long position = Keys.feedPosition(rows.key());
        var scrubbed = erased.scrubbed(position, rows.value());
        if (scrubbed != null) changed.put(position, scrubbed);
        if (changed.size() < ROWS_PER_BATCH) continue;
        writer.accept(changed);
        changed.clear();
      }
      Engine.requireGood(rows, "reading the feed");
    }
    writer.accept(changed);
    var batch = new Batch();
    batch.put(Family.META, new byte[] {KEY}, new ByteWriter(8).i64(upTo).toBytes());
    engine.write(batch);
  }
}
