package plaza.ngsild.http;

/// How much one question may cost beyond the [plaza.ledger.Limits] of every query.
///
/// @param linkedEntities most linked entities in one answer (`join`)
/// @param orderedEntities most entities one query puts in order (`orderBy`)
public record ConsumptionLimits(int linkedEntities, int orderedEntities) {
  public static final ConsumptionLimits DEFAULT = new ConsumptionLimits(10_000, 50_000);
}
