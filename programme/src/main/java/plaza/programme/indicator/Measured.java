package plaza.programme.indicator;

import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// What the readings of one population say over one period.
///
/// @param days one tally per window, in order
/// @param entities how many belong to the population, silent ones too
/// @param reporting how many of them have covered time
/// @param hash SHA-256 over the definition, the population and every reading used
public record Measured(
    Period period, List<Tally> days, long windowMicros, int entities, int reporting, String hash) {
  public Measured {
    days = List.copyOf(days);
  }

  /// Sums of one day, which add up to sums of many.
  ///
  /// @param weighed the weight of each reading times the microseconds it holds
  /// @param covered microseconds for which some reading holds
  public record Tally(double weighed, double covered) {
    static final Tally NOTHING = new Tally(0, 0);

    Tally plus(Tally other) {
      return new Tally(weighed + other.weighed, covered + other.covered);
    }

    /// NaN when nothing is covered.
    double value() {
      return covered == 0 ? Double.NaN : weighed / covered;
    }
  }

  public Tally total() {
    return days.stream().reduce(Tally.NOTHING, Tally::plus);
  }

  /// Null when no time is covered at all.
  public @Nullable Double value() {
    var total = total();
    return total.covered() == 0 ? null : total.value();
  }

  /// Covered time over the time that all entities together could cover; 0 without entities.
  public double coverage() {
    double possible = (double) entities * windowMicros;
    return possible == 0 ? 0 : total().covered() / possible;
  }

  public Value.Struct toValue() {
    var members = new LinkedHashMap<String, Value>();
    members.put("from", Value.of(period.from().toString()));
    members.put("to", Value.of(period.to().toString()));
    var value = value();
    members.put("value", value == null ? Value.Null.VALUE : Value.of(value.doubleValue()));
    members.put("coverage", Value.of(coverage()));
    members.put("n", Value.of(reporting));
    members.put("entities", Value.of(entities));
    members.put("windows", Value.of(days.size()));
    members.put("hash", Value.of(hash));
    return new Value.Struct(members);
  }
}
