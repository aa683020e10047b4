package plaza.store.postgres;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.ledger.store.Slot;
import plaza.store.bytes.ByteReader;
import plaza.store.bytes.EntityCodec;
import plaza.store.bytes.StoredRows;

/// Reads single slots.
final class SlotReader implements StoredRows.Slots {
  private static final int MOST_AT_ONCE = 1_000;

  private final Readers readers;
  private final EntityCodec entities;

  SlotReader(Readers readers, EntityCodec entities) {
    this.readers = readers;
    this.entities = entities;
  }

  Slot slot(String id, boolean gone, byte[] body) {
    var entity = entities.read(new ByteReader(body), id);
    return gone ? new Slot.Gone(entity) : new Slot.Present(entity);
  }

  @Override
  public Optional<Slot> find(int layer, String id) {
    return readers.ask(
        "reading " + id,
        session -> {
          try (var statement =
              session.prepareStatement("select gone, body from state where layer = ? and id = ?")) {
            statement.setInt(1, layer);
            statement.setString(2, id);
            try (var rows = statement.executeQuery()) {
              return rows.next()
                  ? Optional.of(slot(id, rows.getBoolean(1), rows.getBytes(2)))
                  : Optional.empty();
            }
          }
        });
  }

  /// Those there are, in the order of the ids.
  @Override
  public Map<String, Slot> findAll(int layer, Collection<String> ids) {
    var all = List.copyOf(ids);
    var found = new LinkedHashMap<String, Slot>();
    for (int from = 0; from < all.size(); from += MOST_AT_ONCE) {
      var some = all.subList(from, Math.min(all.size(), from + MOST_AT_ONCE));
      var slots = some(layer, some);
      for (var id : some) {
        var slot = slots.get(id);
        if (slot != null) found.put(id, slot);
      }
    }
    return found;
  }

  private Map<String, Slot> some(int layer, List<String> ids) {
    return readers.ask(
        "reading " + ids.size() + " entities",
        session -> {
          try (var statement =
              session.prepareStatement(
                  "select id, gone, body from state where layer = ? and id = any(?)")) {
            statement.setInt(1, layer);
            statement.setArray(2, session.createArrayOf("text", ids.toArray()));
            try (var rows = statement.executeQuery()) {
              var slots = new HashMap<String, Slot>();
              while (rows.next()) {
                var id = rows.getString(1);
                slots.put(id, slot(id, rows.getBoolean(2), rows.getBytes(3)));
              }
              return slots;
            }
          }
        });
  }

  /// The next slots of a layer in the order of ids.
  List<Slot> after(Views.View view, int layer, String id, boolean gone, int limit) {
    return view.ask(
        "scanning the entities",
        session -> {
          try (var statement =
              session.prepareStatement(
                  "select id, gone, body from state where layer = ? and id > ?"
                      + (gone ? "" : " and not gone")
                      + " order by id limit ?")) {
            statement.setInt(1, layer);
            statement.setString(2, id);
            statement.setInt(3, limit);
            try (var rows = statement.executeQuery()) {
              var slots = new ArrayList<Slot>();
              while (rows.next())
                slots.add(slot(rows.getString(1), rows.getBoolean(2), rows.getBytes(3)));
              return slots;
            }
          }
        });
  }
}
