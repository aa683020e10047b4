package plaza.ngsild.snapshot;

import java.util.function.Predicate;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.query.Query;
import plaza.ledger.Actor;

/// Where the entities of a snapshot come from.
@FunctionalInterface
public interface EntitySource {
  /// Every match that the actor may see, one by one, until the visitor says no. Blocks; called by
  /// the thread that makes the snapshot.
  ///
  /// @throws plaza.graph.Refusal when they cannot be had
  void each(Actor actor, Address address, Query query, Predicate<Entity> visitor);
}
