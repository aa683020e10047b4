package plaza.access;

import java.time.Duration;
import plaza.access.secret.HashCost;

/// How this room behaves.
///
/// @param sessionIdle how long a session lives unused
/// @param sessionLongest how long a session lives at all
public record AccessSettings(
    AnonymousAccess anonymous,
    HashCost passwordCost,
    Duration sessionIdle,
    Duration sessionLongest) {
  public static final AccessSettings DEFAULT =
      new AccessSettings(
          AnonymousAccess.NONE, HashCost.DEFAULT, Duration.ofHours(2), Duration.ofHours(24));

  public AccessSettings {
    if (!sessionIdle.isPositive() || !sessionLongest.isPositive())
      throw new IllegalArgumentException(
          "sessions must live for some time, not " + sessionIdle + " and " + sessionLongest);
  }

  public AccessSettings with(AnonymousAccess newAnonymous) {
    return new AccessSettings(newAnonymous, passwordCost, sessionIdle, sessionLongest);
  }

  public AccessSettings with(HashCost newCost) {
    return new AccessSettings(anonymous, newCost, sessionIdle, sessionLongest);
  }
}
