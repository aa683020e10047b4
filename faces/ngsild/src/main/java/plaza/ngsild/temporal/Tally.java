package plaza.ngsild.temporal;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// What the values of one period come to, by their types (tables 4.5.19.1-1 and -3).
final class Tally {
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
        if (first == null || text.compareTo(first) < 0) first = text;
        if (last == null || text.compareTo(last) > 0) last = text;
      }
      case Value.Struct _, Value.Null _ -> count(value);
    }
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

  /// The least or greatest text, when texts were seen and no numbers.
  @Nullable String text(Method method) {
    if (numbers > 0) return null;
    return method == Method.MIN ? first : method == Method.MAX ? last : null;
  }
}
