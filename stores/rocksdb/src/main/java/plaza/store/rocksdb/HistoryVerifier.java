package plaza.store.rocksdb;

import java.util.Arrays;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Slot;
import plaza.store.bytes.ByteReader;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.Faults;
import plaza.store.bytes.Fingerprints;
import plaza.store.bytes.HistoryCodec;
import plaza.store.bytes.Times;

/// Checks that histories can be read, that what entities say now was recorded when they said it,
/// and that each is known to have the history it has.
final class HistoryVerifier {
  private static final int READAHEAD = 1 << 20;

  private final Engine engine;
  private final Dictionary names;
  private final HistoryCodec codec;
  private final Faults faults;
  // What the entities of main branches say; in other branches their parents may have recorded it.
  private final Fingerprints said = new Fingerprints();
  private final Fingerprints known = new Fingerprints();
  private final long start;
  private final int[] recorded;

  /// @param start where the feed begins
  /// @param head where it ends
  HistoryVerifier(
      Engine engine, Dictionary names, HistoryCodec codec, Faults faults, long start, long head) {
    this.engine = engine;
    this.names = names;
    this.codec = codec;
    this.faults = faults;
    this.start = start;
    this.recorded = new int[Math.toIntExact(head - start)];
  }

  /// To be told every slot of the main branches before the histories are read.
  void says(int layer, Slot slot) {
    if (slot instanceof Slot.Present(var entity))
      for (var attribute : entity.attributes()) said.add(print(layer, entity, attribute));
  }

  private long print(int layer, Entity entity, Attribute attribute) {
    return print(
        Keys.entity(layer, names.number(attribute.name()), entity.id()).toBytes(), attribute);
  }

  private long print(byte[] head, Attribute attribute) {
    return Fingerprints.of(head, codec.single(attribute));
  }

  void readKnown(Layer layer, int number) {
    var prefix = Keys.layer(number);
    try (var view = engine.view()) {
      var rows = view.iterator(Family.KNOWN, Engine.after(prefix), READAHEAD);
      for (rows.seek(prefix); rows.isValid(); rows.next()) {
        var id = new ByteReader(rows.key(), 4).untilZero();
        for (var in = new ByteReader(rows.value()); !in.atEnd(); )
          known.add(Fingerprints.of(Keys.entity(number, in.count(), id).toBytes()));
      }
      Engine.requireGood(rows, "reading what the entities of " + layer + " ever had");
    }
  }

  /// Reads the rows of one family, [Family#HISTORY] or [Family#RUNS].
  void read(Layer layer, int number, Family family) {
    int tail = family == Family.RUNS ? Keys.RUN_TAIL : Keys.HISTORY_TAIL;
    var prefix = Keys.layer(number);
    try (var view = engine.view()) {
      var rows = view.iterator(family, Engine.after(prefix), READAHEAD);
      var last = new byte[0];
      var name = "";
      for (rows.seek(prefix); rows.isValid(); rows.next()) {
        var key = rows.key();
        if (!Arrays.equals(last, 0, last.length, key, 0, key.length - tail)) {
          last = Arrays.copyOf(key, key.length - tail);
          name = names.name(new ByteReader(last, 4).i32());
          if (!known.seek(Fingerprints.of(last)))
            faults.add(subject(last, name) + " has a history that is not known of");
        }
        row(layer, family, key, rows.value(), last, name);
      }
      Engine.requireGood(rows, "reading the histories of " + layer);
    }
  }

  private static String subject(byte[] head, String name) {
    return name + " of " + new ByteReader(head, 8).untilZero();
  }

  private void row(Layer layer, Family family, byte[] key, byte[] value, byte[] head, String name) {
    try {
      var in = new ByteReader(key, head.length);
      if (family == Family.RUNS) {
        int day = in.i32() ^ Integer.MIN_VALUE;
        long position = in.i64();
        for (var one : codec.run(value, name, day, position)) see(layer, one, head);
      } else {
        long event = in.sorted();
        var one = codec.single(value, name, event, in.i64(), in.i32());
        if (Times.eventMicros(one.attribute()) != event)
          faults.add("a row of " + subject(head, name) + " lies at another time than it says");
        see(layer, one, head);
      }
    } catch (RuntimeException e) {
      faults.add("a row of " + subject(head, name) + " cannot be read: " + e.getMessage());
    }
  }

  private void see(Layer layer, Recorded one, byte[] head) {
    if (!layer.isMain()) return;
    said.seek(print(head, one.attribute()));
    long position = one.position().number();
    if (position > start) recorded[(int) (position - start - 1)]++;
  }

  /// How many instances the histories of main branches have from a commit.
  int recordedAt(long position) {
    return recorded[(int) (position - start - 1)];
  }

  boolean isAllRecorded() {
    return said.wereAllSought();
  }

  /// Names what an entity says and never recorded.
  void nameUnrecorded(int layer, Slot slot) {
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
