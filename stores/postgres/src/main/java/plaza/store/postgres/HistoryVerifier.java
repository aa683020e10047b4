package plaza.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import plaza.ledger.store.Layer;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.Faults;
import plaza.store.bytes.Fingerprints;
import plaza.store.bytes.HistoryCheck;
import plaza.store.bytes.HistoryCodec;
import plaza.store.bytes.Times;

/// Checks that histories can be read, and that each entity is known to have the history it has.
final class HistoryVerifier {
  private final Dictionary names;
  private final HistoryCodec codec;
  private final HistoryCheck said;
  private final Faults faults;

  HistoryVerifier(Dictionary names, HistoryCodec codec, HistoryCheck said, Faults faults) {
    this.names = names;
    this.codec = codec;
    this.said = said;
    this.faults = faults;
  }

  static byte[] head(int layer, int attribute, String id) {
    var utf8 = id.getBytes(UTF_8);
    return ByteBuffer.allocate(8 + utf8.length).putInt(layer).putInt(attribute).put(utf8).array();
  }

  void verify(Connection session, Layer layer, int number) throws SQLException {
    var known = new Fingerprints();
    Verifier.each(
        session,
        "select attribute, id from known where layer = ?",
        number,
        row -> known.add(Fingerprints.of(head(number, row.getInt(1), row.getString(2)))));
    Verifier.each(
        session,
        """
        select attribute, id, event, position, index, number, complete, print, body
        from history where layer = ?\
        """,
        number,
        row -> row(layer, number, known, row));
    if (!known.wereAllSought())
      faults.add("some entity of " + layer + " is known to have a history that it does not have");
  }

  private void row(Layer layer, int number, Fingerprints known, ResultSet row) throws SQLException {
    var name = names.name(row.getInt(1));
    var id = row.getString(2);
    long event = row.getLong(3);
    long position = row.getLong(4);
    int index = row.getInt(5);
    var value = row.getObject(6, Double.class);
    boolean complete = row.getBoolean(7);
    int print = row.getInt(8);
    var body = row.getBytes(9);
    var head = head(number, row.getInt(1), id);
    var subject = "a row of " + name + " of " + id;
    if (!known.seek(Fingerprints.of(head)))
      faults.add(name + " of " + id + " has a history that is not known of");
    if (print != Prints.ofHistory(id, event, position, index, body)) {
      faults.add(subject + " is damaged: its checksum is another");
      return;
    }
    faults.of(
        subject,
        () -> {
          var recorded = codec.single(body, name, event, position, index);
          var one = recorded.attribute();
          if (Times.eventMicros(one) != event)
            faults.add(subject + " lies at another time than it says");
          if (!Objects.equals(value, CommitWriter.number(one))
              || complete != CommitWriter.isComplete(one))
            faults.add(subject + " counts as another number than it says");
          if (layer.isMain()) said.sees(head, recorded);
        });
  }
}
