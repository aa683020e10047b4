package plaza.ledger.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;

/// A stretch of time, by one of an instance's clocks.
///
/// @param from inclusive; null for the beginning
/// @param until exclusive; null for the end
public record Span(Clock clock, @Nullable Instant from, @Nullable Instant until) {
  public static final Span ALWAYS = new Span(Clock.EVENT, null, null);

  /// Which time of an instance counts.
  public enum Clock {
    /// observedAt, else modifiedAt: the order in which histories are kept.
    EVENT,
    OBSERVED,
    CREATED,
    MODIFIED,
    DELETED
  }

  public static Span between(@Nullable Instant from, @Nullable Instant until) {
    return new Span(Clock.EVENT, from, until);
  }

  public boolean contains(Attribute instance) {
    var at = time(instance);
    return at != null
        && (from == null || !at.isBefore(from))
        && (until == null || at.isBefore(until));
  }

  /// The instance's time by this clock, null when it has none.
  public @Nullable Instant time(Attribute instance) {
    return switch (clock) {
      case EVENT -> instance.eventTime();
      case OBSERVED -> instance.observedAt();
      case CREATED -> instance.createdAt();
      case MODIFIED -> instance.modifiedAt();
      case DELETED -> instance.deletedAt();
    };
  }
}
