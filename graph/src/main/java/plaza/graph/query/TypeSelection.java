package plaza.graph.query;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Clause 4.17: which entity types are wanted, by expanded name.
public sealed interface TypeSelection {
  record Is(String type) implements TypeSelection {}

  record AllOf(List<TypeSelection> parts) implements TypeSelection {
    public AllOf {
      parts = List.copyOf(parts);
    }
  }

  record AnyOf(List<TypeSelection> parts) implements TypeSelection {
    public AnyOf {
      parts = List.copyOf(parts);
    }
  }

  static TypeSelection anyOf(List<String> types) {
    return types.size() == 1
        ? new Is(types.getFirst())
        : new AnyOf(types.stream().<TypeSelection>map(Is::new).toList());
  }

  default boolean accepts(List<String> types) {
    return switch (this) {
      case Is(var type) -> types.contains(type);
      case AllOf(var parts) -> parts.stream().allMatch(part -> part.accepts(types));
      case AnyOf(var parts) -> parts.stream().anyMatch(part -> part.accepts(types));
    };
  }

  /// Every type named; an accepted entity has at least one of them.
  default Set<String> named() {
    var names = new TreeSet<String>();
    switch (this) {
      case Is(var type) -> names.add(type);
      case AllOf(var parts) -> parts.forEach(part -> names.addAll(part.named()));
      case AnyOf(var parts) -> parts.forEach(part -> names.addAll(part.named()));
    }
    return names;
  }
}
