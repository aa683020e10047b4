package plaza.store.rocksdb;

import java.util.Arrays;
import plaza.ledger.store.Layer;
import plaza.store.bytes.ByteReader;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.Faults;
import plaza.store.bytes.Fingerprints;
import plaza.store.bytes.HistoryCheck;
import plaza.store.bytes.HistoryCodec;
import plaza.store.bytes.Times;

/// Checks that histories can be read, and that each entity is known to have the history it has.
final class HistoryVerifier {
  private static final int READAHEAD = 1 << 20;

  private final Engine engine;
  private final Dictionary names;
  private final HistoryCodec codec;
  private final Faults faults;
  private final HistoryCheck said;
  private final Fingerprints known = new Fingerprints();

  HistoryVerifier(
      Engine engine, Dictionary names, HistoryCodec codec, HistoryCheck said, Faults faults) {
    this.engine = engine;
    this.names = names;
    this.codec = codec;
    this.said = said;
    this.faults = faults;
  }

  static byte[] head(int layer, int attribute, String id) {
    return Keys.entity(layer, attribute, id).toBytes();
  }

  void readKnown(Layer layer, int number) {
    var prefix = Keys.layer(number);
    try (var view = engine.view()) {
      var rows = view.iterator(Family.KNOWN, Engine.after(prefix), READAHEAD);
      for (rows.seek(prefix); rows.isValid(); rows.next()) {
        var id = new ByteReader(rows.key(), 4).untilZero();
        for (var in = new ByteReader(rows.value()); !in.atEnd(); )
          known.add(Fingerprints.of(head(number, in.count(), id)));
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
        for (var one : codec.run(value, name, day, position))
          if (layer.isMain()) said.sees(head, one);
      } else {
        long event = in.sorted();
        var one = codec.single(value, name, event, in.i64(), in.i32());
        if (Times.eventMicros(one.attribute()) != event)
          faults.add("a row of " + subject(head, name) + " lies at another time than it says");
        if (layer.isMain()) said.sees(head, one);
      }
    } catch (RuntimeException e) {
      faults.add("a row of " + subject(head, name) + " cannot be read: " + e.getMessage());
    }
  }
}
