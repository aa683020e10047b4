package plaza.ngsild.distribute;

import java.util.ArrayList;
import java.util.List;
import plaza.graph.Entity;

/// One page of what a query found here and at sources.
///
/// @param total how many there are; -1 when it was not asked. Exact unless a source has more than
///   it was asked for.
/// @param more whether there may be a next page
public record Found(List<Entity> entities, long total, boolean more, List<Warning> warnings) {
  public Found {
    entities = List.copyOf(entities);
    warnings = List.copyOf(warnings);
  }

  Found with(List<Warning> more) {
    if (more.isEmpty()) return this;
    var all = new ArrayList<>(warnings);
    all.addAll(more);
    return new Found(entities, total, this.more, all);
  }
}
