package plaza.ngsild.http;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import plaza.graph.Entity;
import plaza.graph.Names;

/// Which types and attributes some entities have, counted (clauses 5.2.25, 5.2.26, 5.2.28).
final class Tally {
  private final Map<String, TypeUse> types = new TreeMap<>();
  private final Map<String, AttributeUse> attributes = new TreeMap<>();

  /// @param kinds of each attribute of entities of the type, what kinds it has
  record TypeUse(AtomicLong entities, Map<String, Set<String>> kinds) {
    long count() {
      return entities.get();
    }
  }

  /// @param kinds such as `Property`
  /// @param types of the entities that have it
  record AttributeUse(AtomicLong instances, Set<String> kinds, Set<String> types) {
    long count() {
      return instances.get();
    }
  }

  void add(Entity entity) {
    for (var type : entity.types()) {
      if (Names.isPrivate(type)) continue;
      var use = types.computeIfAbsent(type, _ -> new TypeUse(new AtomicLong(), new TreeMap<>()));
      use.entities.incrementAndGet();
      for (var attribute : entity.attributes())
        use.kinds
            .computeIfAbsent(attribute.name(), _ -> new TreeSet<>())
            .add(attribute.content().getClass().getSimpleName());
    }
    for (var attribute : entity.attributes()) {
      var use =
          attributes.computeIfAbsent(
              attribute.name(),
              _ -> new AttributeUse(new AtomicLong(), new TreeSet<>(), new TreeSet<>()));
      use.instances.incrementAndGet();
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
