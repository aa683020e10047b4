package plaza.ngsild.temporal;

import static java.time.temporal.ChronoUnit.MICROS;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// What the values of one period come to, by their types (tables 4.5.19.1-1 and -3).
final class Tally {
  private static final Pattern DATES = Pattern.compile("(?:^|[/#:])(?:DateTime|Date|Time)$");
  private static final Pattern TIME =
      Pattern.compile("(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:[.,]\\d{1,6})?Z");
  private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ISO_LOCAL_TIME;

  private final boolean distinguishes;
  private final Set<Object> distinct = new HashSet<>();
  private long total;
  private long numbers;
  private double sum;
  private double squares;
  private double mean;
  private double spread;
  private double min;
  private double max;
  private boolean sizes;
  private long texts;
  private long times;
  private double nanos;
  private @Nullable String first;
  private @Nullable String last;

  Tally(boolean distinguishes) {
    this.distinguishes = distinguishes;
    clear();
  }

  void clear() {
    distinct.clear();
    total = 0;
    numbers = 0;
    sum = 0;
    squares = 0;
    mean = 0;
    spread = 0;
    min = Double.POSITIVE_INFINITY;
    max = Double.NEGATIVE_INFINITY;
    sizes = false;
    texts = 0;
    times = 0;
    nanos = 0;
    first = null;
    last = null;
  }

  void add(double number) {
    if (distinguishes) distinct.add(number);
    total++;
    measure(number);
  }

  void add(Value value) {
    switch (value) {
      case Value.Whole _, Value.Decimal _ -> add(value.asNumber());
      case Value.Flag(boolean set) -> {
        if (distinguishes) distinct.add(set);
        total++;
        measure(set ? 1 : 0);
      }
      case Value.Items(var items) -> {
        count(value);
        sizes = true;
        measure(items.size());
      }
      case Value.Text(var text) -> {
        count(text);
        range(text);
      }
      case Value.Struct(var members) -> {
        count(value);
        // Clause 4.6.3: dates and times that say what they are. Others, such as URIs, have no
        // order.
        if (members.get("@value") instanceof Value.Text(var text)
            && members.get("@type") instanceof Value.Text(var type)
            && DATES.matcher(type).find()) range(text);
      }
      case Value.Null _ -> count(value);
    }
  }

  private void range(String text) {
    if (first == null || text.compareTo(first) < 0) first = text;
    if (last == null || text.compareTo(last) > 0) last = text;
    texts++;
    if (!TIME.matcher(text).matches()) return;
    times++;
    nanos += LocalTime.parse(text.substring(0, text.length() - 1).replace(',', '.')).toNanoOfDay();
  }

  /// Something that is no value, such as a relationship's object.
  void count(Object what) {
    if (distinguishes) distinct.add(what);
    total++;
  }

  private void measure(double number) {
    numbers++;
    sum += number;
    squares += number * number;
    min = Math.min(min, number);
    max = Math.max(max, number);
    // Welford: the squares' difference would lose what matters when values are large.
    double delta = number - mean;
    mean += delta / numbers;
    spread += delta * (number - mean);
  }

  /// NaN where the method has no meaning for what was seen.
  double number(Method method) {
    return switch (method) {
      case TOTAL_COUNT -> total;
      case DISTINCT_COUNT -> distinct.size();
      case SUM -> numbers == 0 ? Double.NaN : sum;
      case AVG -> numbers == 0 ? Double.NaN : sum / numbers;
      case MIN -> numbers == 0 ? Double.NaN : min;
      case MAX -> numbers == 0 ? Double.NaN : max;
      case STDDEV -> numbers == 0 || sizes ? Double.NaN : Math.sqrt(spread / numbers);
      case SUMSQ -> numbers == 0 || sizes ? Double.NaN : squares;
    };
  }

  /// The least or greatest text, or the average of times of day, when texts were seen and no
  /// numbers.
  @Nullable String text(Method method) {
    if (numbers > 0) return null;
    return switch (method) {
      case MIN -> first;
      case MAX -> last;
      case AVG ->
          times == 0 || times < texts
              ? null
              : TIME_OF_DAY.format(
                      LocalTime.ofNanoOfDay(Math.round(nanos / times)).truncatedTo(MICROS))
                  + "Z";
      case TOTAL_COUNT, DISTINCT_COUNT, SUM, STDDEV, SUMSQ -> null;
    };
  }
}
