package plaza.graph.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Value;

/// What a path leads to, for putting entities in order: of several instances the default one counts
/// at every step, else the first; of several languages the first.
///
/// @param instance the attribute at the end of the path, or the one that its last name describes,
///   such as `observedAt`
/// @param value one object or term is itself, several are an array
public record Reached(Attribute instance, Value value) {
  public static Optional<Reached> by(Path path, Entity entity) {
    var instance = instance(path.attribute(), entity.attributes());
    var names = path.subAttributes();
    for (int i = 0; i < names.size(); i++) {
      if (instance == null) return Optional.empty();
      var name = names.get(i);
      if (isDescription(name)) {
        var said = said(name, instance);
        boolean last = i == names.size() - 1 && path.trail().isEmpty();
        return last && said != null
            ? Optional.of(new Reached(instance, Value.of(said)))
            : Optional.empty();
      }
      instance = instance(name, instance.subAttributes());
    }
    if (instance == null) return Optional.empty();
    var found = instance;
    return Target.of(found.content(), path.trail())
        .filter(target -> !target.values().isEmpty())
        .map(target -> new Reached(found, value(target)));
  }

  private static @Nullable Attribute instance(String name, List<Attribute> attributes) {
    Attribute first = null;
    for (var attribute : attributes)
      if (attribute.name().equals(name)) {
        if (attribute.datasetId() == null) return attribute;
        if (first == null) first = attribute;
      }
    return first;
  }

  /// Full names of sub-attributes have a colon.
  private static boolean isDescription(String name) {
    return switch (name) {
      case "observedAt", "createdAt", "modifiedAt", "expiresAt", "unitCode", "datasetId" -> true;
      default -> false;
    };
  }

  private static @Nullable String said(String name, Attribute instance) {
    return switch (name) {
      case "observedAt" -> text(instance.observedAt());
      case "createdAt" -> text(instance.createdAt());
      case "modifiedAt" -> text(instance.modifiedAt());
      case "expiresAt" -> text(instance.expiresAt());
      case "unitCode" -> instance.unitCode();
      default -> instance.datasetId();
    };
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  private static Value value(Target target) {
    var value = target.values().getFirst();
    return target.kind() != Target.Kind.VALUE
            && value instanceof Value.Items(var items)
            && items.size() == 1
        ? items.getFirst()
        : value;
  }
}
