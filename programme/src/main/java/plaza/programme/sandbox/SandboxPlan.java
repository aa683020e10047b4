package plaza.programme.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.record.Fields;

/// What somebody wants of a sandbox.
///
/// @param name null for the next number
/// @param from where the window of history begins (inclusive)
/// @param until where it ends (exclusive)
record SandboxPlan(
    @Nullable String name,
    List<String> types,
    Instant from,
    Instant until,
    Times times,
    Speed speed) {
  private static final Duration LONGEST = Duration.ofDays(3_660);

  SandboxPlan {
    types = List.copyOf(types);
    if (!until.isAfter(from))
      throw new Refusal.Invalid(
          "a sandbox's window must end after it begins: " + until + " is not after " + from);
    if (Duration.between(from, until).compareTo(LONGEST) > 0)
      throw new Refusal.Invalid("a sandbox's window may be " + LONGEST.toDays() + " days long");
    for (var type : types)
      if (!Scene.isCitys(type))
        throw new Refusal.Invalid("a sandbox replays the city's readings, not those of " + type);
  }

  /// `{name, types, from, until, speed, time}`; only from is needed.
  static SandboxPlan of(Value.Struct json) {
    var input = new Fields("a sandbox", json);
    var from = input.moment("from");
    var plan =
        new SandboxPlan(
            input.findText("name", 12).orElse(null),
            input.uris("types"),
            from,
            input.findMoment("until").orElse(from.plus(Duration.ofDays(1))),
            input.findText("time", 20).map(Times::of).orElse(Times.PRESENT),
            input.find("speed").map(Speed::of).orElse(new Speed(1)));
    input.done();
    return plan;
  }
}
