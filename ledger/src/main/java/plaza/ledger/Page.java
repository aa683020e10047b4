package plaza.ledger;

import java.util.List;
import plaza.graph.Entity;

/// Some of the entities that match a query.
///
/// @param total how many match in all; -1 when not asked
/// @param more whether others follow
public record Page(List<Entity> entities, long total, boolean more) {
  public Page {
    entities = List.copyOf(entities);
  }
}
