package plaza.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import plaza.ledger.store.Layer;

/// Numbers of layers, given when something is first written to one. One thread gives them, any
/// number of threads read them.
final class LayerBook {
  static final int UNKNOWN = -1;

  private final Map<Layer, Integer> numbers = new ConcurrentHashMap<>();
  private final Map<Layer, Integer> unsaved = new ConcurrentHashMap<>();
  private int next = 1;

  void load(Connection session) throws SQLException {
    numbers.clear();
    unsaved.clear();
    try (var statement = session.createStatement();
        var rows = statement.executeQuery("select number, tenant, branch from layers")) {
      while (rows.next()) {
        numbers.put(new Layer(rows.getString(2), rows.getString(3)), rows.getInt(1));
        next = Math.max(next, rows.getInt(1) + 1);
      }
    }
  }

  /// For those who read: layers that are stored.
  int find(Layer layer) {
    return numbers.getOrDefault(layer, UNKNOWN);
  }

  /// For the appending thread.
  int number(Layer layer) {
    var known = numbers.get(layer);
    return known != null ? known : unsaved.computeIfAbsent(layer, _ -> next++);
  }

  Set<Layer> all() {
    return Set.copyOf(numbers.keySet());
  }

  /// In the order of their numbers, for checks.
  List<Layer> list() {
    var all = new ArrayList<>(numbers.keySet());
    all.sort((one, other) -> Integer.compare(find(one), find(other)));
    return all;
  }

  void save(Batch batch) {
    unsaved.forEach(
        (layer, number) -> batch.add(Part.LAYERS, number, layer.tenant(), layer.branch()));
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
