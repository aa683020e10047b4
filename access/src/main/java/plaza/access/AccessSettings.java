package plaza.access;

import java.time.Duration;
import plaza.access.quota.QuotaLimits;
import plaza.access.secret.HashCost;

/// How this room behaves.
///
/// @param sessionIdle how long a session lives unused
/// @param sessionLongest how long a session lives at all
/// @param namespaces how much a pilot may keep and write of its own in the city
/// @param sandboxes and in each of its sandboxes
public record AccessSettings(
    AnonymousAccess anonymous,
    HashCost passwordCost,
    Duration sessionIdle,
    Duration sessionLongest,
    QuotaLimits namespaces,
    QuotaLimits sandboxes) {
  public static final AccessSettings DEFAULT =
      new AccessSettings(
          AnonymousAccess.NONE, HashCost.DEFAULT, Duration.ofHours(2), Duration.ofHours(24));

  /// With the usual limits for pilots.
  public AccessSettings(
      AnonymousAccess anonymous,
      HashCost passwordCost,
      Duration sessionIdle,
      Duration sessionLongest) {
    this(
        anonymous,
        passwordCost,
        sessionIdle,
        sessionLongest,
        QuotaLimits.DEFAULT,
        QuotaLimits.DEFAULT);
  }

  public AccessSettings {
    if (!sessionIdle.isPositive() || !sessionLongest.isPositive())
      throw new IllegalArgumentException(
          "sessions must live for some time, not " + sessionIdle + " and " + sessionLongest);
  }

  public AccessSettings with(AnonymousAccess newAnonymous) {
    return new AccessSettings(
        newAnonymous, passwordCost, sessionIdle, sessionLongest, namespaces, sandboxes);
  }

  public AccessSettings with(HashCost newCost) {
    return new AccessSettings(
        anonymous, newCost, sessionIdle, sessionLongest, namespaces, sandboxes);
  }
}
