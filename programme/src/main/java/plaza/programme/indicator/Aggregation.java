package plaza.programme.indicator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import plaza.graph.Refusal;

/// What an indicator makes of readings: the mean, over covered time, of what each reading weighs.
///
/// The extension point for indicators: register an implementation as a service of this type; a
/// definition then names it as its `aggregation`. [#weight] is called once per reading and window,
/// by several threads, and must depend on its arguments alone; it must not throw and must be
/// finite. `IndicatorContract` in the testkit tests an implementation.
public interface Aggregation {
  /// In capitals, such as `SHARE_OF_TIME`.
  String name();

  /// What a reading adds for each microsecond it holds.
  double weight(double reading, Test condition);

  /// The condition of a definition, when the aggregation looks at one.
  @FunctionalInterface
  interface Test {
    boolean holds(double reading);
  }

  /// Of the covered time, the part in which the condition holds.
  record ShareOfTime() implements Aggregation {
    @Override
    public String name() {
      return "SHARE_OF_TIME";
    }

    @Override
    public double weight(double reading, Test condition) {
      return condition.holds(reading) ? 1 : 0;
    }
  }

  /// The mean reading, each weighing as long as it holds.
  record MeanOverTime() implements Aggregation {
    @Override
    public String name() {
      return "MEAN_OVER_TIME";
    }

    @Override
    public double weight(double reading, Test condition) {
      return reading;
    }
  }

  static Aggregation named(String name) {
    var found = Known.BY_NAME.get(name);
    if (found == null)
      throw new Refusal.Invalid(
          "aggregation of an indicator must be one of "
              + String.join(", ", Known.BY_NAME.keySet())
              + ", not '"
              + name
              + "'");
    return found;
  }

  /// Those of this package and of whoever plugged in.
  final class Known {
    private static final Map<String, Aggregation> BY_NAME = load();

    private Known() {}

    private static Map<String, Aggregation> load() {
      var byName = new LinkedHashMap<String, Aggregation>();
      for (var own : new Aggregation[] {new ShareOfTime(), new MeanOverTime()})
        byName.put(own.name(), own);
      for (var other : ServiceLoader.load(Aggregation.class)) byName.put(other.name(), other);
      return byName;
    }
  }
}
