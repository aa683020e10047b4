package plaza.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.Mark;
import plaza.store.bytes.StoredRows;

/// Remembers what was erased, without what it said.
final class Erasures implements StoredRows.Erasures {
  private final Readers readers;
  private final Dictionary names;

  Erasures(Readers readers, Dictionary names) {
    this.readers = readers;
    this.names = names;
  }

  @Override
  public List<Mark> of(int layer, String id) {
    return readers.ask(
        "reading what was erased of " + id,
        session -> {
          try (var statement =
              session.prepareStatement(
                  "select position, body from erased where layer = ? and id = ?")) {
            statement.setInt(1, layer);
            statement.setString(2, id);
            try (var rows = statement.executeQuery()) {
              var marks = new ArrayList<Mark>();
              while (rows.next()) marks.add(Mark.read(names, rows.getLong(1), rows.getBytes(2)));
              return marks;
            }
          }
        });
  }

  /// All of a layer, by entity.
  Map<String, List<Mark>> all(Connection session, int layer) throws SQLException {
    try (var statement =
        session.prepareStatement("select id, position, body from erased where layer = ?")) {
      statement.setInt(1, layer);
      try (var rows = statement.executeQuery()) {
        var marks = new HashMap<String, List<Mark>>();
        while (rows.next())
          marks
              .computeIfAbsent(rows.getString(1), _ -> new ArrayList<>())
              .add(Mark.read(names, rows.getLong(2), rows.getBytes(3)));
        return marks;
      }
    }
  }
}
