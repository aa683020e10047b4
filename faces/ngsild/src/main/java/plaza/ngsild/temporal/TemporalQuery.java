package plaza.ngsild.temporal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Refusal;
import plaza.ledger.store.Span;
import plaza.ngsild.parse.DateTimes;
import plaza.ngsild.query.QueryParser;

/// Which instances of an evolution are wanted (clause 4.11).
///
/// @param timerel `before`, `after` or `between`; null when any time will do
/// @param lastN at most so many of each attribute, the newest; 0 for all
public record TemporalQuery(@Nullable String timerel, Span span, int lastN) {
  public static TemporalQuery parse(QueryParser.Parameters parameters) {
    var timerel = parameters.get("timerel");
    var timeAt = moment(parameters, "timeAt");
    var endTimeAt = moment(parameters, "endTimeAt");
    if (timerel == null) {
      if (timeAt != null || endTimeAt != null)
        throw new Refusal.Invalid("timeAt and endTimeAt need a timerel beside them");
      return new TemporalQuery(
          null, new Span(clock(parameters, true), null, null), lastN(parameters));
    }
    if (timeAt == null) throw new Refusal.Invalid("timerel=" + timerel + " needs timeAt");
    var clock = clock(parameters, false);
    var span =
        switch (timerel) {
          case "before" -> new Span(clock, null, timeAt);
          case "after" -> new Span(clock, timeAt, null);
          case "between" -> {
            if (endTimeAt == null)
              throw new Refusal.Invalid("timerel=between needs endTimeAt beside timeAt");
            if (!timeAt.isBefore(endTimeAt))
              throw new Refusal.Invalid("timeAt must be before endTimeAt: " + timeAt);
            yield new Span(clock, timeAt, endTimeAt);
          }
          default ->
              throw new Refusal.Invalid(
                  "timerel must be before, after or between, not '" + timerel + "'");
        };
    return new TemporalQuery(timerel, span, lastN(parameters));
  }

  private static @Nullable Instant moment(QueryParser.Parameters parameters, String name) {
    var text = parameters.get(name);
    return text == null ? null : DateTimes.parse(text, name);
  }

  private static Span.Clock clock(QueryParser.Parameters parameters, boolean anyTime) {
    return switch (parameters.get("timeproperty")) {
      // Without a stretch of time, what was never observed belongs to the evolution too.
      case null -> anyTime ? Span.Clock.EVENT : Span.Clock.OBSERVED;
      case "observedAt" -> Span.Clock.OBSERVED;
      case "createdAt" -> Span.Clock.CREATED;
      case "modifiedAt" -> Span.Clock.MODIFIED;
      case "deletedAt" -> Span.Clock.DELETED;
      case String other ->
          throw new Refusal.Invalid(
              "timeproperty must be observedAt, createdAt, modifiedAt or deletedAt, not '"
                  + other
                  + "'");
    };
  }

  private static int lastN(QueryParser.Parameters parameters) {
    var text = parameters.get("lastN");
    if (text == null) return 0;
    try {
      int lastN = Integer.parseInt(text);
      if (lastN > 0) return lastN;
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new Refusal.Invalid("lastN must be a whole number above 0, not '" + text + "'");
  }

  /// Whether instances are placed as histories lie.
  public boolean isByEventTime() {
    return span.clock() == Span.Clock.EVENT || span.clock() == Span.Clock.OBSERVED;
  }

  /// Of two moments the one that comes first on the way of the answer: forwards in time, with lastN
  /// backwards (clause 6.3.10).
  public Instant sooner(@Nullable Instant one, Instant other) {
    if (one == null) return other;
    return one.isBefore(other) == (lastN == 0) ? one : other;
  }

  /// The time by which an instance is placed.
  public @Nullable Instant time(Attribute instance) {
    return span.time(instance);
  }
}
