package plaza.graph.query;

import java.util.Optional;
import plaza.graph.Entity;

/// Finds the entities that links lead to, as far as whoever asks may see them.
@FunctionalInterface
public interface Neighbours {
  /// For conditions that look at one entity alone.
  Neighbours NONE = _ -> Optional.empty();

  Optional<Entity> find(String entityId);
}
