package plaza.store.rocksdb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import plaza.ledger.store.Store.Due;
import plaza.store.bytes.ByteReader;
import plaza.store.bytes.LayerBook;
import plaza.store.bytes.StoredRows;
import plaza.store.bytes.Times;

/// What of the entities ends when: one row for each of which something does.
final class Timers implements StoredRows.Timers {
  private final Engine engine;
  private final LayerBook layers;
  private final IndexEntries indexes;
  private final boolean any;

  Timers(Engine engine, LayerBook layers, IndexEntries indexes) {
    this.engine = engine;
    this.layers = layers;
    this.indexes = indexes;
    this.any = any(engine);
  }

  /// Whether there are any, so that who has none pays nothing.
  private static boolean any(Engine engine) {
    try (var view = engine.view()) {
      var rows = view.iterator(Family.TIMERS, Keys.layer(-1));
      rows.seekToFirst();
      Engine.requireGood(rows, "reading what ends");
      return rows.isValid();
    }
  }

  @Override
  public List<Due> due(Instant until, int limit) {
    if (!any && !indexes.isTimed()) return List.of();
    var due = new ArrayList<Due>();
    try (var view = engine.view()) {
      for (var layer : layers.all()) {
        int number = layers.find(layer);
        var rows =
            view.iterator(
                Family.TIMERS, IndexEntries.timer(number, until.plusNanos(1_000)).toBytes());
        int found = 0;
        for (rows.seek(Keys.layer(number)); rows.isValid() && found < limit; rows.next()) {
          var at = Times.instant(new ByteReader(rows.key(), 4).sorted());
          due.add(new Due(layer, IndexEntries.id(Family.TIMERS, rows.key()), at));
          found++;
        }
        Engine.requireGood(rows, "reading what ends");
      }
    }
    due.sort(Comparator.comparing(Due::at).thenComparing(Due::entityId));
    return List.copyOf(due.subList(0, Math.min(limit, due.size())));
  }
}
