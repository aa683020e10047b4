package plaza.store.rocksdb;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import plaza.store.bytes.ByteReader;
import plaza.store.bytes.ByteWriter;

/// How many present entities each layer has of each type, kept with every batch.
final class Census {
  private static final int KEY = 'c';

  private final Map<Long, Long> counts = new ConcurrentHashMap<>();
  private final Map<Long, Long> changes = new HashMap<>();

  static byte[] prefix() {
    return new byte[] {KEY};
  }

  void load(byte[] key, byte[] value) {
    counts.put(new ByteReader(key, 1).i64(), new ByteReader(value).i64());
  }

  long count(int layer, int type) {
    return counts.getOrDefault(cell(layer, type), 0L);
  }

  /// Types that present entities of the layer have.
  Set<Integer> types(int layer) {
    var types = new TreeSet<Integer>();
    counts.forEach((cell, count) -> {
      if (count > 0 && (int) (cell >>> 32) == layer) types.add((int) (long) cell);
    });
    return types;
  }

  /// Notes a change the next batch makes. For the appending thread.
  void add(int layer, int type, int difference) {
    changes.merge(cell(layer, type), (long) difference, Long::sum);
  }

  void save(Batch batch) {
    changes.forEach((cell, difference) -> {
      if (difference != 0)
        batch.put(
            Family.META,
            key(cell),
            new ByteWriter(8).i64(counts.getOrDefault(cell, 0L) + difference).toBytes());
    });
  }

  void saved() {
    changes.forEach((cell, difference) -> counts.merge(cell, difference, Long::sum));
    changes.clear();
  }

  /// What a failed batch would have changed.
  void forget() {
    changes.clear();
  }

  void drop(Batch batch, int layer) {
    for (long cell : counts.keySet())
      if ((int) (cell >>> 32) == layer) batch.delete(Family.META, key(cell));
  }

  void dropped(int layer) {
    counts.keySet().removeIf(cell -> (int) (cell >>> 32) == layer);
  }

  private static byte[] key(long cell) {
    return new ByteWriter(9).u8(KEY).i64(cell).toBytes();
  }

  private static long cell(int layer, int type) {
    return ((long) layer << 32) | type;
  }
}
