package plaza.ledger.store;

import plaza.graph.Entity;

/// What a layer holds under an entity id, when it holds anything.
public sealed interface Slot {
  /// The entity as it is; for [Gone], as it was last.
  Entity entity();

  record Present(Entity entity) implements Slot {}

  /// Deleted. In a branch it hides what the parent has.
  record Gone(Entity entity) implements Slot {}
}
