package plaza.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// How many present entities each layer has of each type, kept with every batch.
final class Census {
  private record Cell(int layer, int type) {}

  private final Map<Cell, Long> counts = new ConcurrentHashMap<>();
  private final Map<Cell, Long> changes = new HashMap<>();

  void load(Connection session) throws SQLException {
    counts.clear();
    try (var statement = session.createStatement();
        var rows = statement.executeQuery("select layer, type, entities from census")) {
      while (rows.next()) counts.put(new Cell(rows.getInt(1), rows.getInt(2)), rows.getLong(3));
    }
  }

  long count(int layer, int type) {
    return counts.getOrDefault(new Cell(layer, type), 0L);
  }

  /// Types that present entities of the layer have.
  Set<Integer> types(int layer) {
    var types = new TreeSet<Integer>();
    counts.forEach((cell, count) -> {
      if (count > 0 && cell.layer == layer) types.add(cell.type);
    });
    return types;
  }

  /// Notes a change the next batch makes. For the appending thread.
  void add(int layer, int type, int difference) {
    changes.merge(new Cell(layer, type), (long) difference, Long::sum);
  }

  void save(Batch batch) {
    changes.forEach((cell, difference) -> {
      if (difference != 0)
        batch.add(Part.CENSUS, cell.layer, cell.type, counts.getOrDefault(cell, 0L) + difference);
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
