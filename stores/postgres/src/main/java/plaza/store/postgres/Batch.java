package plaza.store.postgres;

import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that a group of commits changes, as one statement: the database has all of it or nothing,
/// and one round trip does it.
///
/// Of what is written twice the last counts: a statement may touch a row only once.
final class Batch {
  private final Map<Part, List<@Nullable Object[]>> rows = new EnumMap<>(Part.class);
  private final Map<Slot, @Nullable Object @Nullable []> slots = new LinkedHashMap<>();
  private final Map<Lookup, Boolean> lookups = new LinkedHashMap<>();
  private final Map<Note, byte @Nullable []> notes = new LinkedHashMap<>();

  private record Slot(int layer, String id) {}

  private record Note(String owner, Bytes key) {}

  /// @param row a value for each column of the part
  void add(Part part, @Nullable Object... row) {
    rows.computeIfAbsent(part, _ -> new ArrayList<>()).add(row);
  }

  /// @param ends when something of it does, in microseconds; null for never
  void state(int layer, String id, boolean gone, @Nullable Long ends, byte[] body) {
    slots.put(
        new Slot(layer, id),
        new @Nullable Object[] {layer, id, gone, ends, Prints.ofState(id, gone, body), body});
  }

  void vanish(int layer, String id) {
    slots.put(new Slot(layer, id), null);
  }

  void lookup(Lookup row, boolean there) {
    if (lookups.getOrDefault(row, there) == there) lookups.put(row, there);
    else lookups.remove(row); // the table has it as it was
  }

  /// @param value null forgets the key
  void note(String owner, byte[] key, byte @Nullable [] value) {
    notes.put(new Note(owner, new Bytes(key)), value);
  }

  /// Sends everything as one statement; nothing when there is nothing.
  void execute(Connection session) throws SQLException {
    slots.forEach((slot, row) -> {
      if (row != null) add(Part.STATE_PUT, row);
      else add(Part.STATE_CUT, slot.layer, slot.id);
    });
    lookups.forEach((row, there) -> add(there ? Part.LOOKUP_PUT : Part.LOOKUP_CUT, row.columns()));
    notes.forEach((note, value) -> {
      if (value != null) add(Part.NOTES_PUT, note.owner, note.key.content(), value);
      else add(Part.NOTES_CUT, note.owner, note.key.content());
    });
    slots.clear();
    lookups.clear();
    notes.clear();
    if (rows.isEmpty()) return;
    try (var statement = session.prepareStatement(sql())) {
      int at = 1;
      for (var each : rows.entrySet()) at = bind(session, statement, at, each);
      statement.execute();
    }
  }

  private String sql() {
    var sql = new StringBuilder("with ");
    for (var part : rows.keySet())
      sql.append(sql.length() == 5 ? "" : ", ")
          .append(part.name())
          .append(" as (")
          .append(part.sql())
          .append(")");
    return sql.append(" select 1").toString();
  }

  private static int bind(
      Connection session,
      PreparedStatement statement,
      int from,
      Map.Entry<Part, List<@Nullable Object[]>> each)
      throws SQLException {
    int at = from;
    var part = each.getKey();
    for (int column = 0; column < part.columns(); column++) {
      var type = part.type(column);
      var values = (Object[]) Array.newInstance(kind(type), each.getValue().size());
      for (int i = 0; i < values.length; i++) values[i] = each.getValue().get(i)[column];
      statement.setArray(at++, session.createArrayOf(type, values));
    }
    return at;
  }

  private static Class<?> kind(String type) {
    return switch (type) {
      case "int4" -> Integer.class;
      case "int8" -> Long.class;
      case "float8" -> Double.class;
      case "bool" -> Boolean.class;
      case "text" -> String.class;
      case "bytea" -> byte[].class;
      default -> throw new IllegalArgumentException("no column is of the type " + type);
    };
  }
}
