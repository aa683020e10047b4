package plaza.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import plaza.ledger.store.Layer;
import plaza.store.bytes.ByteReader;
import plaza.store.bytes.ByteWriter;

/// Numbers for layers. A layer that was dropped loses its number; another never gets it while the
/// process lives, and when it does, nothing under it is left.
final class LayerBook {
  static final int UNKNOWN = -1;
  private static final int KEY = 'l';

  private final Map<Layer, Integer> numbers = new ConcurrentHashMap<>();
  private final List<Layer> unsaved = new ArrayList<>();
  private int next = 1;

  static byte[] prefix() {
    return new byte[] {KEY};
  }

  void load(byte[] key, byte[] value) {
    int number = new ByteReader(key, 1).i32();
    var text = new String(value, UTF_8);
    int cut = text.indexOf('/');
    numbers.put(new Layer(text.substring(0, cut), text.substring(cut + 1)), number);
    next = Math.max(next, number + 1);
  }

  /// For the appending thread.
  int number(Layer layer) {
    var known = numbers.get(layer);
    if (known != null) return known;
    int number = next++;
    numbers.put(layer, number);
    unsaved.add(layer);
    return number;
  }

  int find(Layer layer) {
    return numbers.getOrDefault(layer, UNKNOWN);
  }

  Set<Layer> all() {
    return Set.copyOf(numbers.keySet());
  }

  void save(Batch batch) {
    for (var layer : unsaved)
      batch.put(Family.META, key(number(layer)), layer.toString().getBytes(UTF_8));
  }

  void saved() {
    unsaved.clear();
  }

  void drop(Batch batch, Layer layer) {
    batch.delete(Family.META, key(number(layer)));
  }

  void dropped(Layer layer) {
    numbers.remove(layer);
    unsaved.remove(layer);
  }

  private static byte[] key(int number) {
    return new ByteWriter(5).u8(KEY).i32(number).toBytes();
  }
}
