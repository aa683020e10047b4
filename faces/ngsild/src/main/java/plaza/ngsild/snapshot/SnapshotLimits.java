package plaza.ngsild.snapshot;

import java.time.Duration;

/// How many and how large snapshots may be.
///
/// @param perTenant at a time; when there are as many, the least important one of lower priority
///   than a new one gives way, else the new one is refused
/// @param entities of one snapshot
/// @param instances of one attribute of one entity that a temporal query brings in
/// @param usualLifetime of one whose maker asks for nothing else
/// @param longestLifetime from the moment it is asked for
public record SnapshotLimits(
    int perTenant, int entities, int instances, Duration usualLifetime, Duration longestLifetime) {
  public static final SnapshotLimits DEFAULT =
      new SnapshotLimits(50, 200_000, 10_000, Duration.ofDays(1), Duration.ofDays(31));
}
