package plaza.ngsild.subscription.delivery;

import java.time.Duration;

/// The bounds of delivery.
///
/// @param retention what could not be delivered for so long is given up
/// @param retainedEntries of the feed, for what waits; what waits for older ones is given up
/// @param refusalsForGood so many times in a row a message may be refused for good before it is
///   given up
/// @param firstPause after a failure; doubled with each further one
/// @param longestPause between two attempts
/// @param atOnce attempts under way, to receivers that worked last time
/// @param atOnceTroubled attempts under way, to receivers that did not
/// @param inMemory dues held in memory over all lanes; the others wait in the store
/// @param inMemoryPerLane the same for one lane
/// @param lag how many must wait in a lane before several go as one message
/// @param perMessage at most so many dues go as one message
public record CourierLimits(
    Duration retention,
    long retainedEntries,
    int refusalsForGood,
    Duration firstPause,
    Duration longestPause,
    int atOnce,
    int atOnceTroubled,
    int inMemory,
    int inMemoryPerLane,
    int lag,
    int perMessage) {
  public static final CourierLimits DEFAULT =
      new CourierLimits(
          Duration.ofHours(24),
          5_000_000,
          8,
          Duration.ofMillis(250),
          Duration.ofSeconds(30),
          4_096,
          256,
          20_000,
          1_000,
          64,
          100);

  public CourierLimits {
    if (refusalsForGood < 1
        || atOnce < 1
        || atOnceTroubled < 1
        || inMemory < 1
        || inMemoryPerLane < 2
        || lag < 1
        || perMessage < 1)
      throw new IllegalArgumentException("the bounds of delivery must be positive");
  }
}
