package plaza.graph.query;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Value;

/// Decides whether an entity is an answer to a query. The only code that gives `q`, geo, scope and
/// type predicates their meaning.
public final class Evaluator {
  private Evaluator() {}

  /// For queries without linked-entity paths, which nothing meets here.
  public static boolean matches(Query query, Entity entity) {
    return matches(query, entity, Neighbours.NONE);
  }

  /// @param neighbours where the links of linked-entity paths lead
  public static boolean matches(Query query, Entity entity, Neighbours neighbours) {
    return (query.selectors().isEmpty()
            || query.selectors().stream().anyMatch(selector -> matches(selector, entity)))
        && (query.attributes().isEmpty() || query.attributes().stream().anyMatch(entity::has))
        && (query.scope() == null || query.scope().accepts(entity.scopes()))
        && (query.condition() == null || matches(query.condition(), entity, neighbours))
        && (query.geo() == null || matches(query.geo(), entity));
  }

  public static boolean matches(Selector selector, Entity entity) {
    return (selector.ids().isEmpty() || selector.ids().contains(entity.id()))
        && (selector.types() == null || selector.types().accepts(entity.types()))
        && (selector.idPattern() == null || Search.finds(selector.idPattern(), entity.id()));
  }

  public static boolean matches(GeoFilter geo, Entity entity) {
    for (var attribute : entity.attributes())
      if (attribute.name().equals(geo.property())
          && attribute.content() instanceof Content.GeoProperty(var place)
          && geo.accepts(place.geometry())) return true;
    return false;
  }

  public static boolean matches(Condition condition, Entity entity) {
    return matches(condition, entity, Neighbours.NONE);
  }

  public static boolean matches(Condition condition, Entity entity, Neighbours neighbours) {
    return switch (condition) {
      case Condition.And(var parts) ->
          parts.stream().allMatch(part -> matches(part, entity, neighbours));
      case Condition.Or(var parts) ->
          parts.stream().anyMatch(part -> matches(part, entity, neighbours));
      case Condition.Linked linked -> linked(linked, entity, neighbours);
      case Condition.Exists(var path) -> exists(path, entity);
      case Condition.Test test -> anyTarget(test, entity);
    };
  }

  /// What a plain path (an attribute, nothing below it) leads to in one instance: stores index
  /// these values, so that what they find is never less than what is decided here.
  public static List<Value> values(Content content) {
    return Target.of(content, List.of()).map(Target::plain).map(Target::values).orElse(List.of());
  }

  /// Clause 4.9, examples 13 and 14: a sub-query on the target objects.
  private static boolean linked(Condition.Linked linked, Entity entity, Neighbours neighbours) {
    var path = linked.path();
    return any(
        entity.attributes(),
        path.attribute(),
        path.subAttributes(),
        path,
        target -> {
          if (target.kind() != Target.Kind.LINK) return false;
          for (var id : target.texts()) {
            var neighbour = neighbours.find(id);
            if (neighbour.isPresent()
                && (linked.types().isEmpty()
                    || linked.types().stream().anyMatch(neighbour.get()::is))
                && matches(linked.inner(), neighbour.get(), neighbours)) return true;
          }
          return false;
        });
  }

  private static boolean exists(Path path, Entity entity) {
    return switch (path.attribute()) {
      case "id", "type" -> true;
      case "createdAt" -> entity.createdAt() != null;
      case "modifiedAt" -> entity.modifiedAt() != null;
      case "expiresAt" -> entity.expiresAt() != null;
      default -> any(entity.attributes(), path.attribute(), path.subAttributes(), path, _ -> true);
    };
  }

  /// Clause 4.9: the target value is that of any instance.
  private static boolean anyTarget(Condition.Test test, Entity entity) {
    var path = test.path();
    return switch (path.attribute()) {
      case "id" -> Comparison.holds(test, Target.of(entity.id()));
      case "type" -> Comparison.holds(test, Target.terms(entity.types()));
      case "createdAt" -> holds(test, entity.createdAt());
      case "modifiedAt" -> holds(test, entity.modifiedAt());
      case "expiresAt" -> holds(test, entity.expiresAt());
      default ->
          any(
              entity.attributes(),
              path.attribute(),
              path.subAttributes(),
              path,
              target -> Comparison.holds(test, target));
    };
  }

  private static boolean holds(Condition.Test test, @Nullable Instant at) {
    return at != null && Comparison.holds(test, Target.of(at.toString()));
  }

  /// Whether any instance the path leads to is accepted.
  private static boolean any(
      List<Attribute> attributes,
      String name,
      List<String> subAttributes,
      Path path,
      Predicate<Target> accepts) {
    for (var attribute : attributes) {
      if (!attribute.name().equals(name)) continue;
      if (subAttributes.isEmpty()) {
        var target = Target.of(attribute.content(), path.trail());
        if (target.isPresent() && accepts.test(target.get())) return true;
        continue;
      }
      var next = subAttributes.getFirst();
      // What the system says of an instance has nothing below it.
      boolean last = subAttributes.size() == 1 && path.trail().isEmpty();
      boolean met =
          switch (next) {
            case "observedAt" -> last && accepts(attribute.observedAt(), accepts);
            case "createdAt" -> last && accepts(attribute.createdAt(), accepts);
            case "modifiedAt" -> last && accepts(attribute.modifiedAt(), accepts);
            case "expiresAt" -> last && accepts(attribute.expiresAt(), accepts);
            case "unitCode" -> last && accepts(attribute.unitCode(), accepts);
            case "datasetId" -> last && accepts(attribute.datasetId(), accepts);
            default ->
                any(
                    attribute.subAttributes(),
                    next,
                    subAttributes.subList(1, subAttributes.size()),
                    path,
                    accepts);
          };
      if (met) return true;
    }
    return false;
  }

  private static boolean accepts(@Nullable Instant at, Predicate<Target> accepts) {
    return at != null && accepts.test(Target.of(at.toString()));
  }

  private static boolean accepts(@Nullable String text, Predicate<Target> accepts) {
    return text != null && accepts.test(Target.of(text));
  }
}
