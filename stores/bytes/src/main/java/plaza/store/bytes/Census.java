package plaza.store.bytes;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// How many present entities each layer has of each type, kept with every batch.
public final class Census {
  private final Map<Cell, Long> counts = new ConcurrentHashMap<>();
  private final Map<Cell, Long> changes = new HashMap<>();

  public record Cell(int layer, int type) {}

  /// One count of the store.
  @FunctionalInterface
  public interface Count {
    void of(Cell cell, long entities);
  }

  /// For the thread that opens the store.
  public void load(int layer, int type, long entities) {
    counts.put(new Cell(layer, type), entities);
  }

  /// Before everything is loaded again.
  public void clear() {
    counts.clear();
  }

  public long count(int layer, int type) {
    return counts.getOrDefault(new Cell(layer, type), 0L);
  }

  /// Types that present entities of the layer have.
  public Set<Integer> types(int layer) {
    var types = new TreeSet<Integer>();
    counts.forEach((cell, count) -> {
      if (count > 0 && cell.layer == layer) types.add(cell.type);
    });
    return types;
  }

  /// Everything that is counted in a layer, be it none.
  public Set<Cell> cells(int layer) {
    var cells = new java.util.HashSet<>(counts.keySet());
    cells.removeIf(cell -> cell.layer != layer);
    return cells;
  }

  /// Notes a change the next batch makes. For the appending thread.
  public void add(int layer, int type, int difference) {
    changes.merge(new Cell(layer, type), (long) difference, Long::sum);
  }

  /// What the next batch has to store.
  public void unsaved(Count each) {
    changes.forEach((cell, difference) -> {
      if (difference != 0) each.of(cell, counts.getOrDefault(cell, 0L) + difference);
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

  void dropped(int layer) {
    counts.keySet().removeIf(cell -> cell.layer == layer);
  }
}
