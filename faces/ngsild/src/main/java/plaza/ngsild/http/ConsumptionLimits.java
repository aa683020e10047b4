package plaza.ngsild.http;

import java.time.Duration;

/// How much one question may cost beyond the [plaza.ledger.Limits] of every query.
///
/// @param linkedEntities most linked entities in one answer (`join`)
/// @param orderedEntities most entities one query puts in order (`orderBy`)
/// @param entityMaps most entity maps at a time, of all callers together
/// @param entitiesPerMap most entities in one of them
/// @param usualEntityMapLifetime of one whose maker asks for nothing else
/// @param entityMapLifetime the longest
public record ConsumptionLimits(
    int linkedEntities,
    int orderedEntities,
    int entityMaps,
    int entitiesPerMap,
    Duration usualEntityMapLifetime,
    Duration entityMapLifetime) {
  public static final ConsumptionLimits DEFAULT =
      new ConsumptionLimits(
          10_000, 50_000, 1_000, 100_000, Duration.ofMinutes(5), Duration.ofHours(1));

  ConsumptionLimits(int linkedEntities, int orderedEntities) {
    this(
        linkedEntities,
        orderedEntities,
        DEFAULT.entityMaps,
        DEFAULT.entitiesPerMap,
        DEFAULT.usualEntityMapLifetime,
        DEFAULT.entityMapLifetime);
  }
}
