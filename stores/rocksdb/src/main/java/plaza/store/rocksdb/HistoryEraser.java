package plaza.store.rocksdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import plaza.graph.Attribute;
import plaza.ledger.store.Commit;
import plaza.ledger.store.Erasure;
import plaza.ledger.store.Recorded;
import plaza.store.bytes.ByteReader;
import plaza.store.bytes.ByteWriter;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.EntityCodec;
import plaza.store.bytes.HistoryCodec;
import plaza.store.bytes.Times;

/// Takes rows out of the history, or puts one right. For the appending thread; it reads what is
/// stored, so nothing else may be in its batch.
final class HistoryEraser {
  private final Engine engine;
  private final Dictionary names;
  private final HistoryCodec codec;
  private final Erasures erasures;

  HistoryEraser(Engine engine, Dictionary names, HistoryCodec codec, Erasures erasures) {
    this.engine = engine;
    this.names = names;
    this.codec = codec;
    this.erasures = erasures;
  }

  void erase(Batch batch, int layer, long position, Commit.Revision revision) {
    var erasure = revision.erasure();
    if (erasure == null) return;
    var id = revision.entityId();
    switch (erasure) {
      case Erasure.Evolution _ -> {
        for (int number : known(layer, id)) eraseRows(batch, layer, number, id);
        var prefix = Keys.knownPrefix(layer, id).toBytes();
        batch.deleteRange(Family.KNOWN, prefix, Engine.after(prefix));
      }
      case Erasure.Instances(var name, _, boolean all) -> {
        int number = names.number(name);
        if (all) {
          eraseRows(batch, layer, number, id);
          forget(batch, layer, id, number);
        } else eraseDataset(batch, layer, number, id, name, erasure);
      }
      case Erasure.Instance(var old, var corrected) ->
          replace(batch, layer, position, id, old, corrected);
    }
    erasures.put(batch, layer, id, position, erasure);
  }

  private static void eraseRows(Batch batch, int layer, int number, String id) {
    var prefix = Keys.entity(layer, number, id).toBytes();
    batch.deleteRange(Family.HISTORY, prefix, Engine.after(prefix));
    batch.deleteRange(Family.RUNS, prefix, Engine.after(prefix));
  }

  private void eraseDataset(
      Batch batch, int layer, int number, String id, String name, Erasure erasure) {
    var prefix = Keys.entity(layer, number, id).toBytes();
    boolean remains = false;
    try (var view = engine.view()) {
      var rows = view.iterator(Family.HISTORY, Engine.after(prefix));
      for (rows.seek(prefix); rows.isValid(); rows.next()) {
        var in = new ByteReader(rows.key(), prefix.length);
        var one = codec.single(rows.value(), name, in.sorted(), in.i64(), in.i32());
        if (erasure.covers(one)) batch.delete(Family.HISTORY, rows.key());
        else remains = true;
      }
      Engine.requireGood(rows, "reading what is to be erased");
    }
    // A run holds default instances only.
    boolean runs = erasure instanceof Erasure.Instances(_, var datasetId, _) && datasetId == null;
    if (runs) batch.deleteRange(Family.RUNS, prefix, Engine.after(prefix));
    else remains |= hasRow(Family.RUNS, prefix, new byte[0]);
    if (!remains) forget(batch, layer, id, number);
  }

  private void replace(
      Batch batch,
      int layer,
      long position,
      String id,
      Recorded old,
      @org.jspecify.annotations.Nullable Attribute corrected) {
    var name = old.attribute().name();
    int number = names.number(name);
    var prefix = Keys.entity(layer, number, id).toBytes();
    long event = Times.eventMicros(old.attribute());
    var key = Keys.history(layer, number, id, event, old.position().number(), old.index());
    boolean others;
    if (engine.get(Family.HISTORY, key) != null) {
      batch.delete(Family.HISTORY, key);
      others = hasRow(Family.HISTORY, prefix, key) || hasRow(Family.RUNS, prefix, new byte[0]);
    } else {
      var emptied = takeFromRun(batch, prefix, name, old, Times.day(event));
      others = hasRow(Family.HISTORY, prefix, key) || hasRow(Family.RUNS, prefix, emptied);
    }
    if (corrected != null) {
      batch.put(
          Family.HISTORY,
          Keys.history(
              layer,
              number,
              id,
              Times.eventMicros(corrected),
              old.position().number(),
              old.index()),
          codec.single(corrected));
      if (!known(layer, id).contains(number))
        batch.put(
            Family.KNOWN,
            Keys.known(layer, id, position, 0),
            new ByteWriter(4).varint(number).toBytes());
    } else if (!others) forget(batch, layer, id, number);
  }

  /// @return the key of the run when nothing is left of it, else an empty one
  private byte[] takeFromRun(Batch batch, byte[] prefix, String name, Recorded old, int day) {
    var from =
        new ByteWriter(prefix.length + 12)
            .raw(prefix)
            .i32(day ^ Integer.MIN_VALUE)
            .i64(old.position().number())
            .toBytes();
    try (var view = engine.view()) {
      var rows = view.iterator(Family.RUNS, Engine.after(from));
      for (rows.seek(from); rows.isValid(); rows.next()) {
        var run = codec.run(rows.value(), name, day, old.position().number());
        var kept = new ArrayList<HistoryCodec.Reading>(run.size());
        for (var one : run)
          if (one.index() != old.index())
            kept.add(
                new HistoryCodec.Reading(
                    one.attribute(), one.index(), Times.eventMicros(one.attribute())));
        if (kept.size() == run.size()) continue;
        if (kept.isEmpty()) {
          batch.delete(Family.RUNS, rows.key());
          return rows.key();
        }
        var at = EntityCodec.orEpoch(kept.getFirst().attribute().modifiedAt());
        batch.put(Family.RUNS, rows.key(), codec.run(kept, at));
        return new byte[0];
      }
      Engine.requireGood(rows, "reading what is to be erased");
    }
    return new byte[0];
  }

  private boolean hasRow(Family family, byte[] prefix, byte[] but) {
    try (var view = engine.view()) {
      var rows = view.iterator(family, Engine.after(prefix));
      for (rows.seek(prefix); rows.isValid(); rows.next())
        if (!Arrays.equals(rows.key(), but)) return true;
      Engine.requireGood(rows, "reading what is to be erased");
    }
    return false;
  }

  private Set<Integer> known(int layer, String id) {
    var numbers = new TreeSet<Integer>();
    var prefix = Keys.knownPrefix(layer, id).toBytes();
    try (var view = engine.view()) {
      var rows = view.iterator(Family.KNOWN, Engine.after(prefix));
      for (rows.seek(prefix); rows.isValid(); rows.next()) numbers.addAll(numbers(rows.value()));
      Engine.requireGood(rows, "reading what " + id + " ever had");
    }
    return numbers;
  }

  private static List<Integer> numbers(byte[] value) {
    var numbers = new ArrayList<Integer>();
    for (var in = new ByteReader(value); !in.atEnd(); ) numbers.add(in.count());
    return numbers;
  }

  /// Nothing of the attribute is left.
  private void forget(Batch batch, int layer, String id, int number) {
    var prefix = Keys.knownPrefix(layer, id).toBytes();
    try (var view = engine.view()) {
      var rows = view.iterator(Family.KNOWN, Engine.after(prefix));
      for (rows.seek(prefix); rows.isValid(); rows.next()) {
        var kept = new HashSet<>(numbers(rows.value()));
        if (!kept.remove(number)) continue;
        var out = new ByteWriter(kept.size() * 2 + 1);
        for (int other : kept) out.varint(other);
        if (kept.isEmpty()) batch.delete(Family.KNOWN, rows.key());
        else batch.put(Family.KNOWN, rows.key(), out.toBytes());
      }
      Engine.requireGood(rows, "reading what " + id + " ever had");
    }
  }
}
