package plaza.ngsild.query;

import java.text.CollationKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import plaza.graph.TypedValue;
import plaza.graph.Value;
import plaza.graph.query.Moments;
import plaza.json.Json;

/// What an entity has under one name of `orderBy`, ready to be compared (clause 4.23.2).
///
/// @param rank by the kind of value; [#NULL] and [#MISSING] come last whichever the direction
/// @param number of a number, metres of a distance, seconds of a moment
/// @param rest of a number what a double cannot hold of it, of a moment its nanoseconds; of a day
///   its count, of a time its nanoseconds since midnight
/// @param text of a text by the collation
/// @param plain of everything else
record SortKey(int rank, double number, long rest, @Nullable CollationKey text, String plain) {
  private static final int DISTANCE = 0;
  private static final int NUMBER = 1;
  private static final int TEXT = 2;
  private static final int OBJECT = 3;
  private static final int ARRAY = 4;
  private static final int FLAG = 5;
  private static final int TIME = 6;
  private static final int DATE = 7;
  private static final int DATE_TIME = 8;
  private static final int NULL = 9;
  static final SortKey MISSING = number(10, 0, 0);

  static SortKey distance(double meters) {
    return number(DISTANCE, meters, 0);
  }

  static SortKey moment(Instant at) {
    return number(DATE_TIME, (double) at.getEpochSecond(), at.getNano());
  }

  private static SortKey number(int rank, double number, long rest) {
    return new SortKey(rank, number, rest, null, "");
  }

  private static SortKey exact(long whole) {
    double nearest = (double) whole;
    return number(NUMBER, nearest, whole - (long) nearest);
  }

  private static SortKey plain(int rank, Value value) {
    return new SortKey(rank, 0, 0, null, Json.text(value));
  }

  static SortKey of(Value value, Collation collation) {
    return switch (value) {
      case Value.Whole(long number) -> exact(number);
      case Value.Decimal(double number) -> number(NUMBER, number, 0);
      case Value.Text(var text) -> new SortKey(TEXT, 0, 0, collation.key(text), "");
      case Value.Flag(boolean set) -> number(FLAG, set ? 1 : 0, 0);
      case Value.Null _ -> number(NULL, 0, 0);
      case Value.Items _ -> plain(ARRAY, value);
      case Value.Struct _ -> {
        var typed = TypedValue.of(value);
        yield typed == null ? plain(OBJECT, value) : of(typed, collation);
      }
    };
  }

  /// Clause 4.23.2: times, dates and date-times each have their place; what is of another type, or
  /// is none of these, is put where its value belongs.
  static SortKey of(TypedValue typed, Collation collation) {
    if (!(typed.value() instanceof Value.Text(var text))) return of(typed.value(), collation);
    try {
      return switch (typed.shortType()) {
        case "Time", "time" -> {
          var bare = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
          var time = LocalTime.parse(bare.replace(',', '.'));
          yield number(TIME, 0, time.toNanoOfDay());
        }
        case "Date", "date" -> number(DATE, 0, LocalDate.parse(text).toEpochDay());
        case "DateTime", "dateTime" -> moment(Moments.parse(text));
        default -> of(typed.value(), collation);
      };
    } catch (DateTimeException none) {
      return of(typed.value(), collation);
    }
  }

  int compareTo(SortKey other, boolean descending) {
    if (rank != other.rank) {
      int sign = Integer.compare(rank, other.rank);
      // A place comes before what is none, near and far alike.
      boolean fixed =
          rank >= NULL || other.rank >= NULL || rank == DISTANCE || other.rank == DISTANCE;
      return descending && !fixed ? -sign : sign;
    }
    int sign =
        text != null && other.text != null
            ? text.compareTo(other.text)
            : number != other.number
                ? Double.compare(number, other.number)
                : rest != other.rest
                    ? Long.compare(rest, other.rest)
                    : plain.compareTo(other.plain);
    return descending ? -sign : sign;
  }
}
