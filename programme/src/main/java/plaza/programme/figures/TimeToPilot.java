package plaza.programme.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// How long a city takes: from the opening of the call to the running pilot, from the published
/// need to the running pilot, and from the selection to the first successful call of live data.
///
/// In days (86,400 s, with fractions): the median (of an even number, the mean of the middle two)
/// and the 90th percentile by nearest rank.
public final class TimeToPilot {
  private static final double SECONDS_A_DAY = 86_400;

  private TimeToPilot() {}

  /// When a pilot reached its milestones; null for those it has not, or that nobody knows.
  public record Milestones(
      @Nullable Instant needPublishedAt,
      @Nullable Instant challengeOpenedAt,
      @Nullable Instant selectedAt,
      @Nullable Instant activeAt,
      @Nullable Instant firstDataAt) {}

  public static Value.Struct of(List<Milestones> pilots, Window window) {
    return stretch(pilots, Milestones::challengeOpenedAt, Milestones::activeAt)
        .with(
            "fromNeed", stretch(pilots, Milestones::needPublishedAt, Milestones::activeAt).struct())
        .with(
            "toFirstData",
            stretch(pilots, Milestones::selectedAt, Milestones::firstDataAt).struct())
        .with("window", window.toValue())
        .struct();
  }

  private static Answer stretch(
      List<Milestones> pilots,
      Function<Milestones, @Nullable Instant> from,
      Function<Milestones, @Nullable Instant> to) {
    var days = new ArrayList<Double>();
    for (var pilot : pilots) {
      var begin = from.apply(pilot);
      var end = to.apply(pilot);
      if (begin != null && end != null && !end.isBefore(begin))
        days.add(Duration.between(begin, end).toMillis() / 1_000.0 / SECONDS_A_DAY);
    }
    days.sort(null);
    return new Answer()
        .with("median", median(days))
        .with("p90", nearestRank(days, 0.9))
        .with("n", days.size());
  }

  /// @param sorted ascending
  static @Nullable Double median(List<Double> sorted) {
    int n = sorted.size();
    if (n == 0) return null;
    return n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
  }

  /// The smallest value that at least this share of all do not exceed.
  ///
  /// @param sorted ascending
  static @Nullable Double nearestRank(List<Double> sorted, double share) {
    if (sorted.isEmpty()) return null;
    // Rounded first: 0.9 × 10 must be rank 9 although doubles say 9.000000000000002 for some n.
    int rank = (int) Math.ceil(Math.round(share * sorted.size() * 1e9) / 1e9);
    return sorted.get(Math.max(rank, 1) - 1);
  }
}
