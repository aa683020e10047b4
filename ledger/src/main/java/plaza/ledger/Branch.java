package plaza.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import plaza.graph.Entity;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;

/// A what-if of a tenant: reads through to its parent as it was at the fork, keeps its own changes.
///
/// @param parent the branch forked from; null for one that began empty, such as a snapshot
/// @param forkedAt position of the fork; the parent's later commits do not show
/// @param asOf the moment of the city it began with; null for the state at the fork
/// @param createdAt when it was forked
public record Branch(
    Layer layer,
    @Nullable Layer parent,
    Position forkedAt,
    @Nullable Instant asOf,
    Instant createdAt) {

  /// Whether what the parent holds was there at the fork. What changed since is kept in the
  /// branch's own layer as it was (copy on write), so a later version found in the parent is of an
  /// entity that did not exist.
  boolean inherits(Entity ofParent) {
    return ofParent.version() <= forkedAt.number();
  }
}
