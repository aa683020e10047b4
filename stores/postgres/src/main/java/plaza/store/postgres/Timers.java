package plaza.store.postgres;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Store;
import plaza.store.bytes.LayerBook;
import plaza.store.bytes.StoredRows;
import plaza.store.bytes.Times;

/// What of the entities ends when.
final class Timers implements StoredRows.Timers {
  private final Readers readers;
  private final LayerBook layers;

  Timers(Readers readers, LayerBook layers) {
    this.readers = readers;
    this.layers = layers;
  }

  @Override
  public List<Store.Due> due(Instant until, int limit) {
    var named = new HashMap<Integer, Layer>();
    for (var layer : layers.all()) named.put(layers.find(layer), layer);
    return readers.ask(
        "reading what ends",
        session -> {
          try (var statement =
              session.prepareStatement(
                  "select layer, id, ends from state where ends <= ? order by ends, id limit ?")) {
            statement.setLong(1, Times.micros(until));
            statement.setInt(2, limit);
            try (var rows = statement.executeQuery()) {
              var due = new ArrayList<Store.Due>();
              while (rows.next()) {
                var layer = named.get(rows.getInt(1));
                // It may have been dropped, or made, meanwhile.
                if (layer != null)
                  due.add(new Store.Due(layer, rows.getString(2), Times.instant(rows.getLong(3))));
              }
              return due;
            }
          }
        });
  }
}
