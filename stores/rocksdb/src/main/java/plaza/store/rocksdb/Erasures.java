package plaza.store.rocksdb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plaza.ledger.store.Erasure;
import plaza.store.bytes.ByteReader;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.Mark;
import plaza.store.bytes.StoredRows;

/// Remembers what was erased, without what it said.
final class Erasures implements StoredRows.Erasures {
  private final Engine engine;
  private final Dictionary names;

  Erasures(Engine engine, Dictionary names) {
    this.engine = engine;
    this.names = names;
  }

  void put(Batch batch, int layer, String id, long position, Erasure erasure) {
    batch.put(Family.ERASED, Keys.erased(layer, id, position), Mark.bytes(names, erasure));
  }

  @Override
  public List<Mark> of(int layer, String id) {
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
        reader.mark(rows.key(), id, Mark.read(names, key.i64(), rows.value()));
      }
      Engine.requireGood(rows, "reading what was erased");
    }
  }
}
