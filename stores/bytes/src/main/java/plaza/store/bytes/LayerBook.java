package plaza.store.bytes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import plaza.ledger.store.Layer;

/// Numbers of layers, given when something is first written to one. A layer that was dropped loses
/// its number; another never gets it while the process lives, and when it does, nothing under it is
/// left.
///
/// One thread gives numbers, any number of threads read them.
public final class LayerBook {
  public static final int UNKNOWN = -1;

  private final Map<Layer, Integer> numbers = new ConcurrentHashMap<>();
  private final Map<Layer, Integer> unsaved = new HashMap<>();
  private int next = 1;

  /// A layer that was given its number before. For the thread that opens the store.
  public void load(int number, Layer layer) {
    numbers.put(layer, number);
    next = Math.max(next, number + 1);
  }

  /// Before everything is loaded again.
  public void clear() {
    numbers.clear();
    unsaved.clear();
  }

  /// For those who read: layers that are stored.
  public int find(Layer layer) {
    return numbers.getOrDefault(layer, UNKNOWN);
  }

  /// The number of a layer, a new one when needed. For the appending thread.
  public int number(Layer layer) {
    var known = numbers.get(layer);
    return known != null ? known : unsaved.computeIfAbsent(layer, _ -> next++);
  }

  public Set<Layer> all() {
    return Set.copyOf(numbers.keySet());
  }

  /// In the order of their numbers, for checks.
  public List<Layer> list() {
    var all = new ArrayList<>(numbers.keySet());
    all.sort((one, other) -> Integer.compare(find(one), find(other)));
    return all;
  }

  /// Layers whose number is not stored yet.
  public Map<Layer, Integer> unsaved() {
    return unsaved;
  }

  void saved() {
    numbers.putAll(unsaved);
    unsaved.clear();
  }

  /// What a failed batch would have brought.
  void forget() {
    unsaved.clear();
  }

  void dropped(Layer layer) {
    numbers.remove(layer);
  }
}
