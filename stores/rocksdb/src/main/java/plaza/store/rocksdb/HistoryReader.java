package plaza.store.rocksdb;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Span;
import plaza.store.bytes.ByteReader;
import plaza.store.bytes.ByteWriter;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.HistoryCodec;
import plaza.store.bytes.StoredRows;
import plaza.store.bytes.Times;

/// Reads the history of one attribute of one entity: single rows and runs, merged by time.
final class HistoryReader implements StoredRows.Histories {
  static final Comparator<Recorded> BY_TIME =
      Comparator.comparing((Recorded one) -> one.attribute().eventTime())
          .thenComparing(Recorded::position)
          .thenComparingInt(Recorded::index);

  private final Engine engine;
  private final Dictionary names;
  private final HistoryCodec codec;

  HistoryReader(Engine engine, Dictionary names, HistoryCodec codec) {
    this.engine = engine;
    this.names = names;
    this.codec = codec;
  }

  @Override
  public List<Recorded> read(
      int layer, String id, String attribute, Span span, boolean newestFirst, int limit) {
    int number = names.find(attribute);
    if (number == Dictionary.UNKNOWN || limit <= 0) return List.of();
    try (var view = engine.view()) {
      var rows = new Rows(view, layer, number, id, attribute, span, newestFirst);
      var found = new ArrayList<Recorded>(Math.min(limit, 128));
      while (found.size() < limit) {
        var next = rows.next();
        if (next == null) break;
        found.add(next);
      }
      return found;
    }
  }

  /// Looks at keys only, and at the runs of that commit.
  @Override
  public Optional<Recorded> find(int layer, String id, String attribute, Recorded.Place place) {
    int number = names.find(attribute);
    if (number == Dictionary.UNKNOWN) return Optional.empty();
    var prefix = Keys.entity(layer, number, id).toBytes();
    long position = place.position().number();
    try (var view = engine.view()) {
      var singles = view.iterator(Family.HISTORY, Engine.after(prefix));
      for (singles.seek(prefix); singles.isValid(); singles.next()) {
        var in = new ByteReader(singles.key(), prefix.length);
        long event = in.sorted();
        if (in.i64() == position && in.i32() == place.index())
          return Optional.of(
              codec.single(singles.value(), attribute, event, position, place.index()));
      }
      Engine.requireGood(singles, "looking for an instance of " + attribute);
      var runs = view.iterator(Family.RUNS, Engine.after(prefix));
      for (runs.seek(prefix); runs.isValid(); runs.next()) {
        var in = new ByteReader(runs.key(), prefix.length);
        int day = in.i32() ^ Integer.MIN_VALUE;
        if (in.i64() != position) continue;
        for (var one : codec.run(runs.value(), attribute, day, position))
          if (one.index() == place.index()) return Optional.of(one);
      }
      Engine.requireGood(runs, "looking for an instance of " + attribute);
      return Optional.empty();
    }
  }

  @Override
  public Set<String> attributes(int layer, String id) {
    var found = new HashSet<String>();
    var prefix = Keys.knownPrefix(layer, id).toBytes();
    try (var view = engine.view()) {
      var rows = view.iterator(Family.KNOWN, Engine.after(prefix));
      for (rows.seek(prefix); rows.isValid(); rows.next())
        for (var in = new ByteReader(rows.value()); !in.atEnd(); )
          found.add(names.name(in.count()));
      Engine.requireGood(rows, "reading what " + id + " ever had");
    }
    return found;
  }

  /// The two kinds of rows of one attribute of one entity, going one way in time.
  private final class Rows {
    private final String attribute;
    private final Span span;
    private final boolean newestFirst;
    private final Comparator<Recorded> order;
    private final int tail;
    private final RocksIterator singles;
    private final RocksIterator runs;
    private final byte[] singlesFrom;
    private final byte[] runsFrom;
    private @Nullable Recorded single;
    private final Deque<Recorded> day = new ArrayDeque<>();

    Rows(
        View view,
        int layer,
        int number,
        String id,
        String attribute,
        Span span,
        boolean newestFirst) {
      this.attribute = attribute;
      this.span = span;
      this.newestFirst = newestFirst;
      this.order = newestFirst ? BY_TIME.reversed() : BY_TIME;
      var prefix = Keys.entity(layer, number, id).toBytes();
      this.tail = prefix.length;
      // Who asks by another clock looks at everything: histories lie by event time.
      boolean bounded = span.clock() == Span.Clock.EVENT || span.clock() == Span.Clock.OBSERVED;
      var from = bounded ? span.from() : null;
      var until = bounded ? span.until() : null;
      this.singlesFrom = from == null ? prefix : at(prefix, from);
      this.runsFrom = from == null ? prefix : onDay(prefix, Times.day(Times.micros(from)));
      var end = Engine.after(prefix);
      this.singles =
          start(
              view.iterator(Family.HISTORY, until == null ? end : at(prefix, until)), singlesFrom);
      this.runs =
          start(
              view.iterator(
                  Family.RUNS,
                  until == null ? end : onDay(prefix, Times.day(Times.micros(until)) + 1)),
              runsFrom);
    }

    private static byte[] at(byte[] prefix, Instant time) {
      // Between two microseconds: what is earlier than this lies before the next one.
      long micros = Times.micros(time) + (time.getNano() % 1_000 == 0 ? 0 : 1);
      return new ByteWriter(prefix.length + 8).raw(prefix).sorted(micros).toBytes();
    }

    private static byte[] onDay(byte[] prefix, int day) {
      return new ByteWriter(prefix.length + 4).raw(prefix).i32(day ^ Integer.MIN_VALUE).toBytes();
    }

    private RocksIterator start(RocksIterator rows, byte[] from) {
      if (newestFirst) rows.seekToLast();
      else rows.seek(from);
      return rows;
    }

    @Nullable Recorded next() {
      if (single == null) single = nextSingle();
      if (day.isEmpty()) loadDay();
      var ofRun = day.peek();
      if (single == null || (ofRun != null && order.compare(ofRun, single) < 0)) return day.poll();
      var found = single;
      single = null;
      return found;
    }

    private @Nullable Recorded nextSingle() {
      while (isInside(singles, singlesFrom)) {
        var in = new ByteReader(singles.key(), tail);
        var found = codec.single(singles.value(), attribute, in.sorted(), in.i64(), in.i32());
        step(singles);
        if (span.contains(found.attribute())) return found;
      }
      return null;
    }

    /// Runs lie within a day each, and may overlap within it.
    private void loadDay() {
      while (day.isEmpty() && isInside(runs, runsFrom)) {
        var together = new ArrayList<Recorded>();
        int number = dayOf(runs.key());
        int current = number;
        while (current == number) {
          var in = new ByteReader(runs.key(), tail + 4);
          for (var one : codec.run(runs.value(), attribute, number, in.i64()))
            if (span.contains(one.attribute())) together.add(one);
          step(runs);
          if (!isInside(runs, runsFrom)) break;
          current = dayOf(runs.key());
        }
        together.sort(order);
        day.addAll(together);
      }
    }

    private int dayOf(byte[] key) {
      return new ByteReader(key, tail).i32() ^ Integer.MIN_VALUE;
    }

    private boolean isInside(RocksIterator rows, byte[] from) {
      if (!rows.isValid()) {
        Engine.requireGood(rows, "reading the history of " + attribute);
        return false;
      }
      return !newestFirst || Arrays.compareUnsigned(rows.key(), from) >= 0;
    }

    private void step(RocksIterator rows) {
      if (newestFirst) rows.prev();
      else rows.next();
    }
  }
}
