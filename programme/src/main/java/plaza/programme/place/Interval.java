package plaza.programme.place;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.record.Fields;

/// A stretch of time, half open: its first moment belongs to it, its last does not. So two bookings
/// of which one ends when the other begins never overlap.
public record Interval(Instant from, Instant until) {
  public Interval {
    if (!from.isBefore(until))
      throw new Refusal.Invalid("an interval must end after it begins: " + from + " to " + until);
  }

  static Interval of(Value.Struct json) {
    var input = new Fields("an interval", json);
    return new Interval(input.moment("from"), input.moment("until"));
  }

  public boolean overlaps(Interval other) {
    return from.isBefore(other.until) && other.from.isBefore(until);
  }

  public boolean contains(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(until);
  }

  Interval shifted(Duration by) {
    return new Interval(from.plus(by), until.plus(by));
  }

  Duration length() {
    return Duration.between(from, until);
  }

  Value.Struct toValue() {
    return new Value.Struct(
        Map.of("from", Value.of(from.toString()), "until", Value.of(until.toString())));
  }
}
