package plaza.programme.sandbox;

import java.time.Duration;
import plaza.graph.Refusal;

/// How many sandboxes there may be and how much may happen in them. What a pilot's own keys write
/// there is limited by the access room.
///
/// @param perPilot living at the same time
/// @param inAll of all pilots of all cities
/// @param lifetime after which one is removed
/// @param entities replayed in one
/// @param readingsPerSecond replayed at most, by each
/// @param readings replayed in one over its life; then it pauses
public record SandboxLimits(
    int perPilot,
    int inAll,
    Duration lifetime,
    int entities,
    int readingsPerSecond,
    long readings) {
  public static final SandboxLimits DEFAULT =
      new SandboxLimits(3, 50, Duration.ofDays(14), 20_000, 5_000, 50_000_000);

  public SandboxLimits {
    if (perPilot < 1 || inAll < 1 || entities < 1 || readingsPerSecond < 1 || readings < 1)
      throw new Refusal.Invalid("the limits of sandboxes must be at least 1");
    if (!lifetime.isPositive())
      throw new Refusal.Invalid("a sandbox must live for some time, not " + lifetime);
  }
}
