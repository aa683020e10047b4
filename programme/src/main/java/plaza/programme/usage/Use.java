package plaza.programme.usage;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.programme.figures.Retention;

/// How a service is used, at a moment. Exact numbers stay inside; [#toValue] shows none below 10.
///
/// @param monthly distinct users of the last 28 days (MAU28)
/// @param cohort users whose days 90 to 96 after their first use are over
/// @param stayed how many of them were active in those days
public record Use(long monthly, long cohort, long stayed) {
  /// R₉₀; null when the cohort is below 10.
  public @Nullable Double retention() {
    return cohort < Retention.SMALLEST_COHORT ? null : (double) stayed / cohort;
  }

  static Value shown(long people) {
    return people < Retention.SMALLEST_COHORT ? Value.Null.VALUE : Value.of(people);
  }

  /// `{retention, cohort, monthlyActiveUsers, suppressed}`; null for what is unknown or below 10.
  public Value.Struct toValue() {
    var members = new LinkedHashMap<String, Value>();
    var retention = retention();
    members.put(
        "retention", retention == null ? Value.Null.VALUE : Value.of(retention.doubleValue()));
    members.put("cohort", shown(cohort));
    members.put("monthlyActiveUsers", shown(monthly));
    members.put(
        "suppressed",
        Value.of(cohort < Retention.SMALLEST_COHORT || monthly < Retention.SMALLEST_COHORT));
    return new Value.Struct(members);
  }
}
