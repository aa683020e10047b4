package plaza.store.rocksdb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Value;
import plaza.ledger.store.Erasure;
import plaza.ledger.store.Position;
import plaza.ledger.store.Recorded;

/// Remembers what was erased, without what it said: in a branch, to hide it where the parent still
/// has it; on a main branch, so that `verify` does not miss what older feed entries tell of.
final class Erasures {
  private static final int EVOLUTION = 0;
  private static final int INSTANCES = 1;
  private static final int INSTANCE = 2;
  private static final int CORRECTED = 3;
  private static final int NONE = 0;
  private static final int DEFAULT = 1;
  private static final int NAMED = 2;

  private final Engine engine;
  private final Dictionary names;

  Erasures(Engine engine, Dictionary names) {
    this.engine = engine;
    this.names = names;
  }

  /// @param at the commit that erased
  record Mark(long at, Erasure erasure, boolean corrects) {
    boolean isEvolution() {
      return erasure instanceof Erasure.Evolution;
    }

    /// Whether something the feed told of is not in the history any more, or never was: a commit
    /// that erases records nothing.
    boolean explains(Recorded told) {
      long position = told.position().number();
      return at == position || (at > position && !corrects && erasure.covers(told));
    }
  }

  void put(Batch batch, int layer, String id, long position, Erasure erasure) {
    var out = new ByteWriter(24);
    switch (erasure) {
      case Erasure.Evolution _ -> out.u8(EVOLUTION);
      case Erasure.Instances(var attribute, var datasetId, boolean all) -> {
        out.u8(INSTANCES).varint(names.number(attribute));
        out.u8(all ? NONE : datasetId == null ? DEFAULT : NAMED);
        if (!all && datasetId != null) out.text(datasetId);
      }
      case Erasure.Instance(var old, var corrected) ->
          out.u8(corrected == null ? INSTANCE : CORRECTED)
              .varint(old.position().number())
              .varint(old.index());
    }
    batch.put(Family.ERASED, Keys.erased(layer, id, position), out.toBytes());
  }

  List<Mark> of(int layer, String id) {
    var marks = new ArrayList<Mark>();
    read(Keys.knownPrefix(layer, id).toBytes(), (_, _, mark) -> marks.add(mark));
    return marks;
  }

  /// All of a layer, by entity.
  Map<String, List<Mark>> all(int layer) {
    var marks = new HashMap<String, List<Mark>>();
    read(
        Keys.layer(layer),
        (_, id, mark) -> marks.computeIfAbsent(id, _ -> new ArrayList<>()).add(mark));
    return marks;
  }

  /// Forgets those of a main branch that no feed entry needs any more.
  void trim(Batch batch, int layer, long upTo) {
    read(
        Keys.layer(layer),
        (key, _, mark) -> {
          if (mark.at() <= upTo) batch.delete(Family.ERASED, key);
        });
  }

  private interface Reader {
    void mark(byte[] key, String id, Mark mark);
  }

  private void read(byte[] prefix, Reader reader) {
    try (var view = engine.view()) {
      var rows = view.iterator(Family.ERASED, Engine.after(prefix));
      for (rows.seek(prefix); rows.isValid(); rows.next()) {
        var key = new ByteReader(rows.key(), 4);
        var id = key.untilZero();
        reader.mark(rows.key(), id, mark(key.i64(), new ByteReader(rows.value())));
      }
      Engine.requireGood(rows, "reading what was erased");
    }
  }

  private Mark mark(long at, ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case EVOLUTION -> new Mark(at, new Erasure.Evolution(), false);
      case INSTANCES -> {
        var name = names.name(in.count());
        int which = in.u8();
        yield new Mark(
            at,
            new Erasure.Instances(name, which == NAMED ? in.text() : null, which == NONE),
            false);
      }
      case INSTANCE, CORRECTED ->
          new Mark(
              at, new Erasure.Instance(place(in.varint(), in.count()), null), kind == CORRECTED);
      default -> throw new Corrupt("nothing was erased in the way " + kind);
    };
  }

  /// What it said is gone.
  private static Recorded place(long position, int index) {
    var nothing = Attribute.of("", new Content.Property(new Value.Null()));
    return new Recorded(nothing, new Position(position), index);
  }
}
