package plaza.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.store.bytes.LayerBook;

/// Takes away what is not needed any more, within a transaction of the writing session.
final class Upkeep {
  private static final List<String> LAYERED =
      List.of("state", "lookup", "history", "known", "erased", "census");

  private Upkeep() {}

  /// Forgets the feed up to a position, and what was erased until then.
  static @Nullable Void trim(Connection session, LayerBook layers, long upTo) throws SQLException {
    session.setAutoCommit(false);
    try (var statement = session.prepareStatement("delete from feed where position <= ?")) {
      statement.setLong(1, upTo);
      statement.executeUpdate();
    }
    // In a branch they go on hiding what the parent has.
    for (var layer : layers.all())
      if (layer.isMain())
        try (var statement =
            session.prepareStatement("delete from erased where layer = ? and position <= ?")) {
          statement.setInt(1, layers.find(layer));
          statement.setLong(2, upTo);
          statement.executeUpdate();
        }
    Tables.setAbout(session, "feed start", upTo);
    return null;
  }

  /// Forgets a layer.
  static @Nullable Void drop(Connection session, int layer) throws SQLException {
    session.setAutoCommit(false);
    try (var statement = session.createStatement()) {
      for (var table : LAYERED)
        statement.executeUpdate("delete from " + table + " where layer = " + layer);
      statement.executeUpdate("delete from layers where number = " + layer);
    }
    return null;
  }
}
