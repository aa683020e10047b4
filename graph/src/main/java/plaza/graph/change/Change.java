package plaza.graph.change;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;

/// What happened to one entity, as the feed tells it.
///
/// @param entity the entity as it is now; when deleted, as it was last
/// @param recorded the instances that entered its history: new, changed, late, and the deleted ones
///   with their deletedAt; changed scopes too, under [Names#SCOPE]
/// @param replaced the instances of its state that were changed or deleted, as they were before
public record Change(Kind kind, Entity entity, List<Attribute> recorded, List<Attribute> replaced) {
  public enum Kind {
    CREATED,
    UPDATED,
    DELETED
  }

  public Change {
    recorded = List.copyOf(recorded);
    replaced = List.copyOf(replaced);
  }

  /// Expanded names of the attributes touched.
  public Set<String> touched() {
    var names = new LinkedHashSet<String>();
    for (var attribute : recorded)
      if (!attribute.name().equals(Names.SCOPE)) names.add(attribute.name());
    return names;
  }
}
