package plaza.ngsild.http;

import java.text.CollationKey;
import org.jspecify.annotations.Nullable;
import plaza.graph.TypedValue;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ngsild.query.Collation;

/// What an entity has under one name of `orderBy`, ready to be compared (clause 4.23.2).
///
/// @param rank by the kind of value; [#NULL] and [#MISSING] come last whichever the direction
/// @param number of a number, and metres of a distance
/// @param text of a text by the collation
/// @param plain of everything else
record SortKey(int rank, double number, @Nullable CollationKey text, String plain) {
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
  static final SortKey MISSING = new SortKey(10, 0, null, "");

  static SortKey distance(double meters) {
    return new SortKey(DISTANCE, meters, null, "");
  }

  static SortKey of(Value value, Collation collation) {
    return switch (value) {
      case Value.Whole _, Value.Decimal _ -> new SortKey(NUMBER, value.asNumber(), null, "");
      case Value.Text(var text) -> new SortKey(TEXT, 0, collation.key(text), text);
      case Value.Flag(boolean set) -> new SortKey(FLAG, set ? 1 : 0, null, "");
      case Value.Null _ -> new SortKey(NULL, 0, null, "");
      case Value.Items _ -> new SortKey(ARRAY, 0, null, Json.text(value));
      case Value.Struct _ -> {
        var typed = TypedValue.of(value);
        yield typed == null ? new SortKey(OBJECT, 0, null, Json.text(value)) : of(typed, collation);
      }
    };
  }

  /// Clause 4.23.2: times, dates and date-times each have their place; what is of another type is
  /// put where its value belongs.
  static SortKey of(TypedValue typed, Collation collation) {
    if (!(typed.value() instanceof Value.Text(var text))) return of(typed.value(), collation);
    return switch (typed.shortType()) {
      case "Time", "time" -> new SortKey(TIME, 0, null, moment(text));
      case "Date", "date" -> new SortKey(DATE, 0, null, text);
      case "DateTime", "dateTime" -> new SortKey(DATE_TIME, 0, null, moment(text));
      default -> of(typed.value(), collation);
    };
  }

  /// A fraction of a second makes a text longer, not later than the second.
  private static String moment(String text) {
    return text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
  }

  int compareTo(SortKey other, boolean descending) {
    if (rank >= NULL || other.rank >= NULL) return Integer.compare(rank, other.rank);
    // A place comes before what is none, near and far alike.
    if (rank != other.rank && (rank == DISTANCE || other.rank == DISTANCE))
      return Integer.compare(rank, other.rank);
    int ranks = Integer.compare(rank, other.rank);
    int sign =
        ranks != 0
            ? ranks
            : text != null && other.text != null
                ? text.compareTo(other.text)
                : number != other.number
                    ? Double.compare(number, other.number)
                    : plain.compareTo(other.plain);
    return descending ? -sign : sign;
  }
}
