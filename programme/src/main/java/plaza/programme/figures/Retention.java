package plaza.programme.figures;

import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// Whether people stay: of those who first used a service in a cohort, the share active in days 90
/// to 96 after (both included). Cohorts of fewer than 10 people are not shown.
public final class Retention {
  /// Smaller groups could give away a person (invariant I14).
  public static final long SMALLEST_COHORT = 10;

  public static final int FIRST_DAY = 90;
  public static final int LAST_DAY = 96;

  private Retention() {}

  /// @param name such as the month of first use
  /// @param members how many first used the service then
  /// @param active how many of them in days 90 to 96
  public record Cohort(String name, long members, long active) {
    public boolean isShown() {
      return members >= SMALLEST_COHORT;
    }

    /// Null when suppressed.
    public @Nullable Double value() {
      return isShown() ? Answer.share(active, members) : null;
    }
  }

  /// The value over all cohorts that are shown, by their people.
  public static Value.Struct of(List<Cohort> cohorts, Window window) {
    var shown = cohorts.stream().filter(Cohort::isShown).toList();
    long members = shown.stream().mapToLong(Cohort::members).sum();
    long active = shown.stream().mapToLong(Cohort::active).sum();
    return new Answer()
        .with("value", Answer.share(active, members))
        .with("n", members)
        .with("suppressed", cohorts.size() - shown.size())
        .with("cohorts", new Value.Items(cohorts.stream().<Value>map(Retention::answer).toList()))
        .with("window", window.toValue())
        .struct();
  }

  private static Value.Struct answer(Cohort cohort) {
    var answer = new Answer().with("cohort", cohort.name()).with("value", cohort.value());
    return cohort.isShown()
        ? answer
            .with("n", cohort.members())
            .with("active", cohort.active())
            .with("suppressed", false)
            .struct()
        : answer.with("n", (Value) null).with("suppressed", true).struct();
  }
}
