package plaza.ngsild.subscription;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import plaza.ngsild.source.Ask;

/// What a subscriber asked for, understood.
///
/// @param sources the registrations asked for; null for a subscription to entities
/// @param throttling the least time between two notifications
/// @param interval the time between periodic notifications; null for notifications on change
record Definition(
    Watch watch,
    @Nullable Ask sources,
    Manner manner,
    Reach reach,
    boolean active,
    @Nullable Instant expiresAt,
    @Nullable Duration throttling,
    @Nullable Duration interval) {

  boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /// Clause 5.8.1.4.
  String status(Instant now) {
    if (isExpired(now)) return "expired";
    return active ? "active" : "paused";
  }
}
