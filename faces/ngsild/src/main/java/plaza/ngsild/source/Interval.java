package plaza.ngsild.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;

/// A stretch of time (clause 5.2.11), both ends included.
///
/// @param end null when it is open
public record Interval(Instant start, @Nullable Instant end) {
  public Interval {
    if (end != null && end.isBefore(start))
      throw new Refusal.Invalid("endAt must not be before startAt: " + end + ", " + start);
  }

  /// Whether it has a moment in common with another; a null has no bound.
  boolean overlaps(@Nullable Instant from, @Nullable Instant until) {
    return (until == null || !until.isBefore(start))
        && (from == null || end == null || !from.isAfter(end));
  }
}
