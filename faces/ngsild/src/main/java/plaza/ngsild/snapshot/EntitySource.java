package plaza.ngsild.snapshot;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ngsild.distribute.Records;
import plaza.ngsild.temporal.TemporalQuery;

/// Where the entities of a snapshot come from.
@FunctionalInterface
public interface EntitySource {
  /// Every match that the actor may see, one by one, until the visitor says no. Blocks; called by
  /// the thread that makes the snapshot.
  ///
  /// @throws plaza.graph.Refusal when they cannot be had
  void each(Actor actor, Address address, Query query, Predicate<Entity> visitor);

  /// What others recorded of the entities a temporal query is about; null when nobody is asked.
  default @Nullable Records past(Actor actor, Address address, Query query, TemporalQuery when) {
    return null;
  }
}
