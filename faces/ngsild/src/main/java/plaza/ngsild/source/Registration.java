package plaza.ngsild.source;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// What a context source said of itself, understood (clause 5.2.9).
///
/// @param operations what it offers
/// @param expiresAt from when on it does not count any more
/// @param refreshRate about how often its data change
/// @param document as it is kept: names expanded, without what the system says
/// @param context the `@context` it was registered with
public record Registration(
    String id,
    Source source,
    Mode mode,
    Set<Operation> operations,
    List<Information> information,
    Extent extent,
    @Nullable Instant expiresAt,
    @Nullable Duration refreshRate,
    Value.Struct document,
    Value context) {
  public Registration {
    information = List.copyOf(information);
    if (information.isEmpty())
      throw new Refusal.Invalid("information must be an array with at least one element");
    if (mode == Mode.EXCLUSIVE) information.forEach(Registration::requireExclusive);
    if (mode == Mode.AUXILIARY && !Operation.RETRIEVE.containsAll(operations))
      throw new Refusal.Invalid(
          "an auxiliary registration needs operations, of retrieveOps, retrieveEntity and"
              + " queryEntity only");
  }

  /// Clause 4.3.6.3.
  private static void requireExclusive(Information information) {
    if (information.entities().isEmpty()
        || information.entities().stream().anyMatch(entity -> entity.id() == null))
      throw new Refusal.Invalid(
          "an exclusive registration is about entities by id: each element of information needs"
              + " entities, each with its id and without idPattern");
    if (information.attributes().isEmpty())
      throw new Refusal.Invalid(
          "an exclusive registration is about attributes: each element of information needs"
              + " propertyNames or relationshipNames");
  }

  public boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }
}
