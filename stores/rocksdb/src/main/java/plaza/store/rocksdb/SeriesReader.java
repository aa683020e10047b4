package plaza.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;
import plaza.ledger.store.SeriesVisitor;
import plaza.ledger.store.Span;
import plaza.store.bytes.ByteReader;
import plaza.store.bytes.ByteWriter;
import plaza.store.bytes.EntityCodec;
import plaza.store.bytes.HistoryCodec;
import plaza.store.bytes.StoredRows;
import plaza.store.bytes.Times;

/// Reads the numbers of one attribute over all entities: two scans, merged, that decode times and
/// numbers only.
final class SeriesReader implements StoredRows.Series {
  private static final int READAHEAD = 1 << 20;
  private static final int HEAD = 8; // layer, attribute

  private final Engine engine;

  SeriesReader(Engine engine) {
    this.engine = engine;
  }

  @Override
  public boolean read(
      int layer, int attribute, @Nullable String id, Span span, SeriesVisitor visitor) {
    long from = span.from() == null ? Long.MIN_VALUE : ceiling(span.from());
    long until = span.until() == null ? Long.MAX_VALUE : ceiling(span.until());
    if (from >= until) return true;
    var prefix =
        id == null ? Keys.attribute(layer, attribute) : Keys.entity(layer, attribute, id).toBytes();
    // The rows of one entity are few, and worth keeping at hand.
    int readahead = id == null ? READAHEAD : 0;
    var end = Engine.after(prefix);
    try (var view = engine.view()) {
      var singles = new Singles(view.iterator(Family.HISTORY, end, readahead), prefix, from, until);
      var runs = new Runs(view.iterator(Family.RUNS, end, readahead), prefix, from, until);
      while (singles.id != null || runs.id != null) {
        var next = smaller(singles.id, runs.id);
        var text = new String(next, UTF_8);
        while (runs.isAt(next)) emitDay(runs, singles, next, text, visitor);
        while (singles.isAt(next)) singles.emit(text, visitor);
      }
      return singles.complete;
    }
  }

  private static long ceiling(java.time.Instant at) {
    return Times.micros(at) + (at.getNano() % 1_000 == 0 ? 0 : 1);
  }

  private static byte[] smaller(byte @Nullable [] one, byte @Nullable [] other) {
    if (one == null) return java.util.Objects.requireNonNull(other);
    return other == null || Arrays.compareUnsigned(one, other) <= 0 ? one : other;
  }

  private void emitDay(Runs runs, Singles singles, byte[] id, String text, SeriesVisitor visitor) {
    var day = runs.takeDay(id);
    while (!day.isEmpty()) {
      var first = day.getFirst();
      for (int i = 1; i < day.size(); i++) if (day.get(i).isBefore(first)) first = day.get(i);
      while (singles.isAt(id) && singles.isBefore(first)) singles.emit(text, visitor);
      first.emit(text, visitor);
      if (first.isDone()) day.remove(first);
    }
  }

  /// One run on its way.
  private static final class Run {
    private final HistoryCodec.Columns columns;
    private final long position;
    private final long until;
    private int @Nullable [] indexes;
    private int at;

    Run(HistoryCodec.Columns columns, long position, long from, long until) {
      this.columns = columns;
      this.position = position;
      this.until = until;
      while (!isDone() && columns.times()[at] < from) at++;
    }

    boolean isDone() {
      return at >= columns.size() || columns.times()[at] >= until;
    }

    boolean isBefore(Run other) {
      int sign = Long.compare(columns.times()[at], other.columns.times()[other.at]);
      if (sign == 0) sign = Long.compare(position, other.position);
      return sign < 0 || (sign == 0 && index() < other.index());
    }

    int index() {
      var known = indexes;
      if (known == null) {
        known = HistoryCodec.indexes(columns);
        indexes = known;
      }
      return known[at];
    }

    void emit(String id, SeriesVisitor visitor) {
      visitor.reading(id, columns.times()[at], columns.values()[at]);
      at++;
    }
  }

  /// A scan over rows of one attribute, entity after entity.
  private abstract static class Rows {
    final RocksIterator rows;
    final int tail;
    byte[] key = new byte[128];
    int length;
    byte @Nullable [] id;

    Rows(RocksIterator rows, byte[] prefix, int tail) {
      this.rows = rows;
      this.tail = tail;
      rows.seek(prefix);
    }

    boolean isAt(byte[] wanted) {
      return Arrays.equals(id, wanted);
    }

    /// Reads the key under the iterator; the id stays the same object while it is the same.
    boolean load() {
      if (!rows.isValid()) {
        Engine.requireGood(rows, "reading a series");
        id = null;
        return false;
      }
      length = rows.key(key);
      if (length > key.length) {
        key = new byte[length * 2];
        length = rows.key(key);
      }
      int end = length - tail - 1;
      if (id == null || !Arrays.equals(id, 0, id.length, key, HEAD, end))
        id = Arrays.copyOfRange(key, HEAD, end);
      return true;
    }

    /// Goes on within the entity, at a time or day.
    void seek(long sorted, int width) {
      var target = new ByteWriter(length).raw(key, 0, length - tail);
      if (width == 8) target.sorted(sorted);
      else target.i32((int) sorted ^ Integer.MIN_VALUE);
      rows.seek(target.toBytes());
    }

    void seekNextEntity() {
      rows.seek(new ByteWriter(length).raw(key, 0, length - tail - 1).u8(1).toBytes());
    }
  }

  private static final class Singles extends Rows {
    private final long from;
    private final long until;
    // The number stands at the beginning of a row.
    private final byte[] head = new byte[16];
    private long time;
    private double number;
    private boolean complete = true;

    Singles(RocksIterator rows, byte[] prefix, long from, long until) {
      super(rows, prefix, Keys.HISTORY_TAIL);
      this.from = from;
      this.until = until;
      advance();
    }

    /// Finds the next number within the span.
    private void advance() {
      while (load()) {
        time = new ByteReader(key, length - tail).sorted();
        if (time < from) seek(from, 8);
        else if (time >= until) seekNextEntity();
        else if (isNumber()) return;
        else rows.next();
      }
    }

    private boolean isNumber() {
      rows.value(head); // as much as fits
      var in = new ByteReader(head);
      switch (in.u8()) {
        case HistoryCodec.WHOLE -> number = in.zigzag();
        case HistoryCodec.DECIMAL -> number = in.f64();
        default -> {
          complete &= EntityCodec.isDeleted(in);
          return false;
        }
      }
      complete &= EntityCodec.isObserved(in);
      return true;
    }

    boolean isBefore(Run run) {
      if (time != run.columns.times()[run.at]) return time < run.columns.times()[run.at];
      var in = new ByteReader(key, length - tail + 8);
      long position = in.i64();
      return position != run.position ? position < run.position : in.i32() < run.index();
    }

    void emit(String text, SeriesVisitor visitor) {
      visitor.reading(text, time, number);
      rows.next();
      advance();
    }
  }

  private static final class Runs extends Rows {
    private final long from;
    private final long until;
    private int day;

    Runs(RocksIterator rows, byte[] prefix, long from, long until) {
      super(rows, prefix, Keys.RUN_TAIL);
      this.from = from;
      this.until = until;
      advance();
    }

    private void advance() {
      while (load()) {
        day = new ByteReader(key, length - tail).i32() ^ Integer.MIN_VALUE;
        if (from != Long.MIN_VALUE && day < Times.day(from)) seek(Times.day(from), 4);
        else if (until != Long.MAX_VALUE && day > Times.day(until)) seekNextEntity();
        else return;
      }
    }

    /// All runs of the entity's next day.
    List<Run> takeDay(byte[] wanted) {
      var taken = new ArrayList<Run>(2);
      int current = day;
      while (isAt(wanted) && day == current) {
        long position = new ByteReader(key, length - tail + 4).i64();
        var run = new Run(HistoryCodec.columns(rows.value(), day), position, from, until);
        if (!run.isDone()) taken.add(run);
        rows.next();
        advance();
      }
      return taken;
    }
  }
}
