package plaza.ledger;

/// How large a write and a read may be.
///
/// @param editsPerWrite at most so many entities in a batch
/// @param attributesPerEntity instances of one entity
/// @param pendingWrites waiting for the commit; more are refused as too many
/// @param entitiesPerPage the largest `limit`
/// @param candidatesPerQuery how many entities a query may look at before it is refused
public record Limits(
    int editsPerWrite,
    int attributesPerEntity,
    int pendingWrites,
    int entitiesPerPage,
    int candidatesPerQuery) {
  public static final Limits DEFAULT = new Limits(10_000, 10_000, 10_000, 1_000, 5_000_000);
}
