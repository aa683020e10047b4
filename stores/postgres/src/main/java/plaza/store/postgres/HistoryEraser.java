package plaza.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import plaza.ledger.store.Commit;
import plaza.ledger.store.Erasure;
import plaza.ledger.store.Recorded;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.HistoryCodec;
import plaza.store.bytes.Times;

/// Takes rows out of the history, within the transaction of the commit that erases and before its
/// batch, which brings what is put right.
final class HistoryEraser {
  private final Dictionary names;
  private final HistoryCodec histories;

  HistoryEraser(Dictionary names, HistoryCodec histories) {
    this.names = names;
    this.histories = histories;
  }

  void erase(Connection session, int layer, Commit.Revision revision) throws SQLException {
    var erasure = revision.erasure();
    if (erasure == null) return;
    var id = revision.entityId();
    switch (erasure) {
      case Erasure.Evolution _ -> eraseAll(session, layer, id);
      case Erasure.Instances(var name, _, boolean all) -> {
        int attribute = names.number(name);
        if (all) eraseAttribute(session, layer, attribute, id);
        else eraseDataset(session, layer, attribute, id, name, erasure);
        forget(session, layer, attribute, id);
      }
      case Erasure.Instance(var old, var corrected) -> {
        int attribute = names.number(old.attribute().name());
        eraseOne(session, layer, attribute, id, old);
        if (corrected == null) forget(session, layer, attribute, id);
      }
    }
  }

  private static void eraseAll(Connection session, int layer, String id) throws SQLException {
    run(
        session,
        """
        delete from history t using known k where k.layer = ? and k.id = ?
          and t.layer = k.layer and t.attribute = k.attribute and t.id = k.id\
        """,
        layer,
        id);
    run(session, "delete from known where layer = ? and id = ?", layer, id);
  }

  private static void eraseAttribute(Connection session, int layer, int attribute, String id)
      throws SQLException {
    run(
        session,
        "delete from history where layer = ? and attribute = ? and id = ?",
        layer,
        attribute,
        id);
  }

  private void eraseDataset(
      Connection session, int layer, int attribute, String id, String name, Erasure erasure)
      throws SQLException {
    try (var statement =
        session.prepareStatement(
            """
            select event, position, index, body from history
            where layer = ? and attribute = ? and id = ?\
            """)) {
      statement.setInt(1, layer);
      statement.setInt(2, attribute);
      statement.setString(3, id);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var one =
              histories.single(
                  rows.getBytes(4), name, rows.getLong(1), rows.getLong(2), rows.getInt(3));
          if (erasure.covers(one)) eraseOne(session, layer, attribute, id, one);
        }
      }
    }
  }

  private static void eraseOne(
      Connection session, int layer, int attribute, String id, Recorded old) throws SQLException {
    run(
        session,
        """
        delete from history where layer = ? and attribute = ? and id = ?
          and event = ? and position = ? and index = ?\
        """,
        layer,
        attribute,
        id,
        Times.eventMicros(old.attribute()),
        old.position().number(),
        old.index());
  }

  /// When nothing of the attribute is left.
  private static void forget(Connection session, int layer, int attribute, String id)
      throws SQLException {
    run(
        session,
        """
        delete from known k where layer = ? and attribute = ? and id = ? and not exists (
          select from history t
          where t.layer = k.layer and t.attribute = k.attribute and t.id = k.id)\
        """,
        layer,
        attribute,
        id);
  }

  private static void run(Connection session, String sql, Object... values) throws SQLException {
    try (var statement = session.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
      statement.executeUpdate();
    }
  }
}
