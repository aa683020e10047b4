package plaza.store.bytes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Value;
import plaza.ledger.store.Position;
import plaza.ledger.store.Recorded;

/// Rows of histories as bytes.
///
/// A single row begins with its number when it is a plain reading, so that a series reads no more
/// than that. A run holds what its readings share once, then columns: seconds of waiting, indexes,
/// values.
public final class HistoryCodec {
  public static final int NO_NUMBER = 0;
  public static final int WHOLE = 1;
  public static final int DECIMAL = 2;

  private static final Content NOTHING = new Content.Property(new Value.Flag(true));

  private final EntityCodec entities;

  public HistoryCodec(EntityCodec entities) {
    this.entities = entities;
  }

  /// One reading of a run.
  public record Reading(Attribute attribute, int index, long eventMicros) {}

  /// Whether an instance counts in a series: a number, of the default dataset, not deleted.
  public static boolean isPlainNumber(Attribute instance) {
    return instance.datasetId() == null
        && instance.deletedAt() == null
        && instance.content() instanceof Content.Property(var value)
        && (value instanceof Value.Whole || value instanceof Value.Decimal);
  }

  public byte[] single(Attribute instance) {
    var out = new ByteWriter(64);
    var event = instance.eventTime();
    if (isPlainNumber(instance) && instance.content() instanceof Content.Property(var value)) {
      number(out, value);
      entities.write(out, with(instance, NOTHING), event);
    } else {
      out.u8(NO_NUMBER);
      entities.write(out, instance, event);
    }
    return out.toBytes();
  }

  public Recorded single(byte[] value, String name, long eventMicros, long position, int index) {
    var in = new ByteReader(value);
    var event = Times.instant(eventMicros);
    int kind = in.u8();
    if (kind == NO_NUMBER)
      return new Recorded(entities.read(in, name, event), new Position(position), index);
    var number = number(in, kind);
    var rest = entities.read(in, name, event);
    return new Recorded(with(rest, new Content.Property(number)), new Position(position), index);
  }

  private static void number(ByteWriter out, Value value) {
    switch (value) {
      case Value.Whole(long number) -> out.u8(WHOLE).zigzag(number);
      case Value.Decimal(double number) -> out.u8(DECIMAL).f64(number);
      case Value.Text _, Value.Flag _, Value.Null _, Value.Items _, Value.Struct _ ->
          throw new IllegalArgumentException("no number: " + value);
    }
  }

  private static Value number(ByteReader in, int kind) {
    return switch (kind) {
      case WHOLE -> new Value.Whole(in.zigzag());
      case DECIMAL -> new Value.Decimal(in.f64());
      default -> throw new Corrupt("a reading cannot be of the kind " + kind);
    };
  }

  private static Attribute with(Attribute one, Content content) {
    return new Attribute(
        one.name(),
        one.datasetId(),
        content,
        one.observedAt(),
        one.unitCode(),
        one.subAttributes(),
        one.createdAt(),
        one.modifiedAt(),
        one.deletedAt(),
        one.expiresAt());
  }

  /// @param readings of one day, by event time then index, alike but for time and value
  public byte[] run(List<Reading> readings, Instant at) {
    var first = readings.getFirst();
    boolean whole =
        readings.stream()
            .allMatch(r -> r.attribute.content() instanceof Content.Property(Value.Whole _));
    var out = new ByteWriter(64 + readings.size() * 8);
    out.u8(whole ? WHOLE : DECIMAL).varint(readings.size());
    long time = Times.day(first.eventMicros) * Times.MICROS_PER_DAY;
    for (var reading : readings) {
      out.varint(reading.eventMicros - time);
      time = reading.eventMicros;
    }
    for (var reading : readings)
      if (reading.attribute.content() instanceof Content.Property(var value)) {
        if (whole) out.zigzag(value instanceof Value.Whole(long n) ? n : 0);
        else number(out, value);
      }
    int index = 0;
    for (var reading : readings) {
      out.zigzag((long) reading.index - index);
      index = reading.index;
    }
    out.i64(Times.micros(at));
    entities.write(out, with(first.attribute, NOTHING).observed(null), at);
    return out.toBytes();
  }

  public List<Recorded> run(byte[] value, String name, int day, long position) {
    var columns = columns(value, day);
    int count = columns.size();
    var indexes = indexes(columns);
    var in = columns.rest();
    var at = Times.instant(in.i64());
    var shared = entities.read(in, name, at);
    var found = new ArrayList<Recorded>(count);
    var in2 = new ByteReader(value, columns.valuesAt());
    for (int i = 0; i < count; i++) {
      var number = columns.whole() ? new Value.Whole(in2.zigzag()) : number(in2, in2.u8());
      found.add(
          new Recorded(
              with(shared, new Content.Property(number))
                  .observed(Times.instant(columns.times()[i])),
              new Position(position),
              indexes[i]));
    }
    return found;
  }

  /// Times and numbers of a run.
  ///
  /// @param rest stands after the values
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Columns(
      boolean whole, int size, long[] times, double[] values, int valuesAt, ByteReader rest) {}

  /// The third column. Asked once: it reads on.
  public static int[] indexes(Columns columns) {
    var indexes = new int[columns.size()];
    int index = 0;
    for (int i = 0; i < indexes.length; i++) {
      index += (int) columns.rest().zigzag();
      indexes[i] = index;
    }
    return indexes;
  }

  public static Columns columns(byte[] value, int day) {
    var in = new ByteReader(value);
    boolean whole = in.u8() == WHOLE;
    int count = in.count();
    var times = new long[count];
    long time = day * Times.MICROS_PER_DAY;
    for (int i = 0; i < count; i++) times[i] = time += in.varint();
    int valuesAt = in.at();
    var values = new double[count];
    for (int i = 0; i < count; i++) values[i] = whole || in.u8() == WHOLE ? in.zigzag() : in.f64();
    return new Columns(whole, count, times, values, valuesAt, in);
  }
}
