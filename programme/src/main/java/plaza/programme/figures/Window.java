package plaza.programme.figures;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// The time a figure speaks of, in UTC.
///
/// @param from inclusive; null for "since the beginning"
/// @param until exclusive
public record Window(@Nullable Instant from, Instant until) {
  public Window {
    if (from != null && !from.isBefore(until))
      throw new Refusal.Invalid("the window must begin before it ends: " + from + " … " + until);
  }

  public boolean contains(Instant at) {
    return at.isBefore(until) && (from == null || !at.isBefore(from));
  }

  Value.Struct toValue() {
    return new Answer()
        .with("from", from == null ? null : Value.of(from.toString()))
        .with("until", until.toString())
        .struct();
  }
}
