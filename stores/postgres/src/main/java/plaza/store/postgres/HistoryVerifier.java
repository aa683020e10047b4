package plaza.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Slot;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.Faults;
import plaza.store.bytes.Fingerprints;
import plaza.store.bytes.HistoryCodec;
import plaza.store.bytes.Times;

/// Checks that histories can be read, that what entities say now was recorded when they said it,
/// and that each is known to have the history it has.
final class HistoryVerifier {
  private final Dictionary names;
  private final HistoryCodec codec;
  // What the entities of main branches say; in other branches their parents may have recorded it.
  private Fingerprints said = new Fingerprints();
  private long start;
  private int[] recorded = {};

  HistoryVerifier(Dictionary names, HistoryCodec codec) {
    this.names = names;
    this.codec = codec;
  }

  /// @param from where the feed begins
  /// @param head where it ends
  void begin(long from, long head) {
    said = new Fingerprints();
    start = from;
    recorded = new int[Math.toIntExact(head - from)];
  }

  /// To be told every slot of the main branches before the histories are read.
  void says(int layer, Slot slot) {
    if (slot instanceof Slot.Present(var entity))
      for (var attribute : entity.attributes()) said.add(print(layer, entity, attribute));
  }

  private long print(int layer, Entity entity, Attribute attribute) {
    return print(head(layer, names.number(attribute.name()), entity.id()), attribute);
  }

  private long print(byte[] head, Attribute attribute) {
    return Fingerprints.of(head, codec.single(attribute));
  }

  private static byte[] head(int layer, int attribute, String id) {
    var utf8 = id.getBytes(UTF_8);
    return ByteBuffer.allocate(8 + utf8.length).putInt(layer).putInt(attribute).put(utf8).array();
  }

  void verify(Connection session, Layer layer, int number, Faults faults) throws SQLException {
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
        row -> row(layer, number, known, row, faults));
    if (!known.wereAllSought())
      faults.add("some entity of " + layer + " is known to have a history that it does not have");
  }

  private void row(Layer layer, int number, Fingerprints known, ResultSet row, Faults faults)
      throws SQLException {
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
          var one = codec.single(body, name, event, position, index).attribute();
          if (Times.eventMicros(one) != event)
            faults.add(subject + " lies at another time than it says");
          if (!Objects.equals(value, CommitWriter.number(one))
              || complete != CommitWriter.isComplete(one))
            faults.add(subject + " counts as another number than it says");
          if (!layer.isMain()) return;
          said.seek(print(head, one));
          if (position > start) recorded[(int) (position - start - 1)]++;
        });
  }

  /// How many instances the histories of main branches have from a commit.
  int recordedAt(long position) {
    return recorded[(int) (position - start - 1)];
  }

  boolean isAllRecorded() {
    return said.wereAllSought();
  }

  /// Names what an entity says and never recorded.
  void nameUnrecorded(int layer, Slot slot, Faults faults) {
    if (slot instanceof Slot.Present(var entity))
      for (var attribute : entity.attributes())
        if (!said.wasSought(print(layer, entity, attribute)))
          faults.add(
              attribute.name()
                  + " of "
                  + entity.id()
                  + " is not in its history at "
                  + attribute.eventTime());
  }
}
