package plaza.store.rocksdb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;
import plaza.graph.Entity;
import plaza.graph.query.Query;
import plaza.ledger.store.Scan;
import plaza.store.bytes.Corrupt;
import plaza.store.bytes.StoredRows;
import plaza.store.rocksdb.AccessPath.KeyRange;

/// Walks access paths. Each scan sees the store as it was when it began and decodes an entity when
/// it is asked for.
final class Scans implements StoredRows.Scans {
  private static final int FIRST_FETCH = 24;
  private static final int FETCH = 128;
  private static final int READAHEAD = 1 << 20;

  private final Engine engine;
  private final SlotReader slots;
  private final Planner planner;

  Scans(Engine engine, SlotReader slots, Planner planner) {
    this.engine = engine;
    this.slots = slots;
    this.planner = planner;
  }

  @Override
  public Scan open(int layer, Query query, boolean gone) {
    return switch (planner.path(layer, query, gone)) {
      case AccessPath.Ids(var ids) -> slots.scan(layer, ids, gone);
      case AccessPath.Index index ->
          index.ranges().isEmpty()
              ? Scan.of(List.<Entity>of().iterator())
              : new IndexScan(layer, index, engine.view());
      case AccessPath.Everything _ -> new StateScan(layer, gone, engine.view());
    };
  }

  /// One thing after another, found by [#advance].
  private abstract static class Stepping implements Scan {
    final View view;
    private @Nullable Entity next;
    private boolean ended;

    Stepping(View view) {
      this.view = view;
    }

    abstract @Nullable Entity advance();

    @Override
    public boolean hasNext() {
      if (next == null && !ended) {
        next = advance();
        ended = next == null;
      }
      return next != null;
    }

    @Override
    public Entity next() {
      if (!hasNext()) throw new NoSuchElementException();
      var found = java.util.Objects.requireNonNull(next);
      next = null;
      return found;
    }

    @Override
    public void close() {
      ended = true;
      view.close();
    }
  }

  /// All slots of a layer, in the order of ids.
  private final class StateScan extends Stepping {
    private final boolean gone;
    private final RocksIterator rows;

    StateScan(int layer, boolean gone, View view) {
      super(view);
      this.gone = gone;
      var prefix = Keys.layer(layer);
      rows = view.iterator(Family.STATE, Engine.after(prefix), READAHEAD);
      rows.seek(prefix);
    }

    @Override
    @Nullable Entity advance() {
      while (rows.isValid()) {
        var value = rows.value();
        var found = gone || !SlotReader.isGone(value) ? Keys.stateId(rows.key()) : null;
        rows.next();
        if (found != null) return slots.slot(found, value).entity();
      }
      Engine.requireGood(rows, "scanning the entities");
      return null;
    }
  }

  /// Ids from an index, entities a few at a time.
  private final class IndexScan extends Stepping {
    private final int layer;
    private final Family family;
    private final boolean overlapping;
    private final Iterator<KeyRange> ranges;
    private final RocksIterator rows;
    private final Set<String> seen = new HashSet<>();
    private final Deque<String> ids = new ArrayDeque<>();
    private final Deque<byte[]> values = new ArrayDeque<>();
    private @Nullable KeyRange range;
    private byte @Nullable [] soughtFrom;
    private byte @Nullable [] key;
    private int fetch = FIRST_FETCH;

    IndexScan(int layer, AccessPath.Index index, View view) {
      super(view);
      this.layer = layer;
      this.family = index.family();
      this.overlapping = index.overlapping();
      this.ranges = index.ranges().iterator();
      this.rows = view.iterator(family, last(index.ranges()));
    }

    private static byte[] last(List<KeyRange> ranges) {
      var last = ranges.getFirst().until();
      for (var range : ranges)
        if (Arrays.compareUnsigned(range.until(), last) > 0) last = range.until();
      return last;
    }

    @Override
    @Nullable Entity advance() {
      if (ids.isEmpty()) fetch();
      if (ids.isEmpty()) return null;
      return slots.slot(ids.removeFirst(), values.removeFirst()).entity();
    }

    private void fetch() {
      var wanted = new ArrayList<String>(fetch);
      for (var id = nextId(); id != null; id = nextId()) {
        wanted.add(id);
        if (wanted.size() == fetch) break;
      }
      fetch = FETCH;
      var keys = new ArrayList<byte[]>(wanted.size());
      for (var id : wanted) keys.add(Keys.state(layer, id));
      var found = view.getAll(Family.STATE, keys);
      for (int i = 0; i < found.size(); i++) {
        var value = found.get(i);
        if (value == null) throw new Corrupt("the index " + family + " names " + wanted.get(i));
        ids.add(wanted.get(i));
        values.add(value);
      }
    }

    private @Nullable String nextId() {
      while (true) {
        if (range == null) {
          if (!ranges.hasNext()) return null;
          range = ranges.next();
          seek(range);
        }
        var at = key;
        if (at == null || Arrays.compareUnsigned(at, range.until()) >= 0) {
          range = null;
          continue;
        }
        var id = IndexEntries.id(family, at);
        boolean several = overlapping || rows.value()[0] != IndexEntries.ONLY[0];
        rows.next();
        load();
        if (!several || seen.add(id)) return id;
      }
    }

    /// Moves to the beginning of a range, unless the last move already showed what is there.
    private void seek(KeyRange wanted) {
      boolean ahead = soughtFrom != null && Arrays.compareUnsigned(wanted.from(), soughtFrom) >= 0;
      if (ahead && (key == null || Arrays.compareUnsigned(key, wanted.from()) >= 0)) return;
      rows.seek(wanted.from());
      soughtFrom = wanted.from();
      load();
    }

    private void load() {
      if (rows.isValid()) key = rows.key();
      else {
        Engine.requireGood(rows, "scanning the index " + family);
        key = null;
      }
    }
  }
}
