package plaza.ngsild.http;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import plaza.graph.Entity;
import plaza.graph.Names;

/// Which types and attributes some entities have, counted (clauses 5.2.25, 5.2.26, 5.2.28).
final class Tally {
  private final Map<String, TypeUse> types = new TreeMap<>();
  private final Map<String, AttributeUse> attributes = new TreeMap<>();

  /// @param kinds of each attribute of entities of the type, what kinds it has
  record TypeUse(long[] entities, Map<String, Set<String>> kinds) {
    long count() {
      return entities[0];
    }
  }

  /// @param kinds such as `Property`
  /// @param types of the entities that have it
  record AttributeUse(long[] instances, Set<String> kinds, Set<String> types) {
    long count() {
      return instances[0];
    }
  }

  void add(Entity entity) {
    for (var type : entity.types()) {
      if (Names.isPrivate(type)) continue;
      var use = types.computeIfAbsent(type, _ -> new TypeUse(new long[1], new TreeMap<>()));
      use.entities[0]++;
      for (var attribute : entity.attributes())
        use.kinds
            .computeIfAbsent(attribute.name(), _ -> new TreeSet<>())
            .add(attribute.content().getClass().getSimpleName());
    }
    for (var attribute : entity.attributes()) {
      var use =
          attributes.computeIfAbsent(
              attribute.name(),
              _ -> new AttributeUse(new long[1], new TreeSet<>(), new TreeSet<>()));
      use.instances[0]++;
      use.kinds.add(attribute.content().getClass().getSimpleName());
      use.types.addAll(entity.types());
    }
  }

  Map<String, TypeUse> types() {
    return types;
  }

  Map<String, AttributeUse> attributes() {
    return attributes;
  }
}
