package plaza.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import plaza.ledger.store.Erasure;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;
import plaza.store.bytes.ByteReader;
import plaza.store.bytes.ByteWriter;
import plaza.store.bytes.EntityCodec;
import plaza.store.bytes.FeedCodec;

/// Takes out of the feed what it tells of the erased. It reads the entries once for all that was
/// erased since it last did; of most it looks at the bytes only.
final class FeedScrubber {
  private static final int KEY = 's';
  private static final int ROWS_PER_BATCH = 1_000;

  private final Engine engine;
  private final LayerBook layers;
  private final Erasures erasures;
  private final EntityCodec entities;
  private final FeedCodec codec;

  FeedScrubber(
      Engine engine, LayerBook layers, Erasures erasures, EntityCodec entities, FeedCodec codec) {
    this.engine = engine;
    this.layers = layers;
    this.erasures = erasures;
    this.entities = entities;
    this.codec = codec;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Erased(Layer layer, String id, byte[] bytes, long at, Erasure erasure) {}

  /// @param writer told batches to write, which must not bring back what was trimmed meanwhile
  void scrub(long start, long upTo, Consumer<Map<Long, byte[]>> writer) {
    var done = engine.get(Family.META, new byte[] {KEY});
    long from = done == null ? 0 : new ByteReader(done).i64();
    var erased = erasedBetween(from, upTo);
    if (erased.isEmpty()) return;
    long last = erased.stream().mapToLong(Erased::at).max().orElseThrow();
    var changed = new HashMap<Long, byte[]>();
    try (var view = engine.view()) {
      var rows = view.iterator(Family.FEED, Keys.feed(last + 1), 1 << 20);
      for (rows.seek(Keys.feed(start + 1)); rows.isValid(); rows.next()) {
        long position = Keys.feedPosition(rows.key());
        var value = rows.value();
        var scrubbed = scrubbed(position, value, erased);
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

  private List<Erased> erasedBetween(long from, long upTo) {
    var erased = new ArrayList<Erased>();
    for (var layer : layers.all()) {
      if (!layer.isMain()) continue;
      erasures
          .all(layers.find(layer))
          .forEach((id, marks) -> {
            for (var mark : marks)
              if (mark.at() > from
                  && mark.at() <= upTo
                  && !(mark.erasure() instanceof Erasure.Instance))
                erased.add(new Erased(layer, id, id.getBytes(UTF_8), mark.at(), mark.erasure()));
          });
    }
    return erased;
  }

  private byte @org.jspecify.annotations.Nullable [] scrubbed(
      long position, byte[] value, List<Erased> erased) {
    FeedEntry entry = null;
    FeedEntry before = null;
    for (var one : erased) {
      if (position > one.at() || !holds(value, one.bytes())) continue;
      if (entry == null) {
        entry = codec.read(position, value);
        before = entry;
      }
      if (entry.layer().equals(one.layer())) entry = entry.without(one.id(), one.erasure());
    }
    return entry == null || entry.equals(before) ? null : bytes(entry);
  }

  private static boolean holds(byte[] value, byte[] wanted) {
    for (int i = 0; i + wanted.length <= value.length; i++) {
      int k = 0;
      while (k < wanted.length && value[i + k] == wanted[k]) k++;
      if (k == wanted.length) return true;
    }
    return false;
  }

  private byte[] bytes(FeedEntry entry) {
    var out = new ByteWriter(512);
    var state = new ByteWriter(512);
    codec.head(out, entry.at(), entry.layer(), entry.actor(), entry.changes().size());
    for (var change : entry.changes()) {
      entities.write(state.clear(), change.entity());
      codec.change(out, change, entry.at(), state, 0);
    }
    return out.toBytes();
  }
}
