package plaza.graph.query;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Value;

/// Decides whether an entity is an answer to a query. The only code that gives `q`, geo, scope and
/// type predicates their meaning.
public final class Evaluator {
  private Evaluator() {}

  public static boolean matches(Query query, Entity entity) {
    return (query.selectors().isEmpty()
            || query.selectors().stream().anyMatch(selector -> matches(selector, entity)))
        && (query.attributes().isEmpty() || query.attributes().stream().anyMatch(entity::has))
        && (query.scope() == null || query.scope().accepts(entity.scopes()))
        && (query.condition() == null || matches(query.condition(), entity))
        && (query.geo() == null || matches(query.geo(), entity));
  }

  public static boolean matches(Selector selector, Entity entity) {
    return (selector.ids().isEmpty() || selector.ids().contains(entity.id()))
        && (selector.types() == null || selector.types().accepts(entity.types()))
        && (selector.idPattern() == null || selector.idPattern().matcher(entity.id()).find());
  }

  public static boolean matches(GeoFilter geo, Entity entity) {
    for (var attribute : entity.attributes())
      if (attribute.name().equals(geo.property())
          && attribute.content() instanceof Content.GeoProperty(var place)
          && geo.accepts(place.geometry())) return true;
    return false;
  }

  public static boolean matches(Condition condition, Entity entity) {
    return switch (condition) {
      case Condition.And(var parts) -> parts.stream().allMatch(part -> matches(part, entity));
      case Condition.Or(var parts) -> parts.stream().anyMatch(part -> matches(part, entity));
      case Condition.Exists(var path) -> !targets(path, entity).isEmpty();
      case Condition.Test(var path, var operator, var wanted) ->
          test(targets(path, entity), operator, wanted);
    };
  }

  /// Clause 4.9: what does not exist is neither equal nor unequal to anything.
  private static boolean test(
      List<Value> targets, Condition.Operator operator, List<Operand> wanted) {
    if (targets.isEmpty()) return false;
    return switch (operator) {
      case EQUAL, MATCHES -> anyMeets(targets, wanted);
      case UNEQUAL, MATCHES_NOT -> !anyMeets(targets, wanted);
      case GREATER -> anyCompares(targets, wanted, sign -> sign > 0);
      case GREATER_OR_EQUAL -> anyCompares(targets, wanted, sign -> sign >= 0);
      case LESS -> anyCompares(targets, wanted, sign -> sign < 0);
      case LESS_OR_EQUAL -> anyCompares(targets, wanted, sign -> sign <= 0);
    };
  }

  private static boolean anyMeets(List<Value> targets, List<Operand> wanted) {
    for (var target : targets) for (var operand : wanted) if (meets(target, operand)) return true;
    return false;
  }

  private static boolean meets(Value target, Operand operand) {
    if (target instanceof Value.Items(var items)) {
      for (var item : items) if (meets(item, operand)) return true;
      return false;
    }
    return switch (operand) {
      case Operand.Between(var low, var high) -> {
        Integer fromLow = compare(target, low);
        Integer fromHigh = compare(target, high);
        yield fromLow != null && fromHigh != null && fromLow >= 0 && fromHigh <= 0;
      }
      case Operand.Regex(var pattern) ->
          target instanceof Value.Text(var text) && pattern.matcher(text).find();
      case Operand.Exactly _, Operand.Moment _, Operand.Term _ -> {
        Integer sign = compare(target, operand);
        yield sign != null && sign == 0;
      }
    };
  }

  private static boolean anyCompares(
      List<Value> targets, List<Operand> wanted, java.util.function.IntPredicate holds) {
    for (var target : targets)
      for (var operand : wanted) {
        Integer sign = compare(target, operand);
        if (sign != null && holds.test(sign)) return true;
      }
    return false;
  }

  /// Less, equal or greater; null when the two cannot be compared.
  private static @Nullable Integer compare(Value target, Operand operand) {
    return switch (operand) {
      case Operand.Exactly(var value) -> compare(target, value);
      case Operand.Moment(var at, var text) -> {
        if (!(target instanceof Value.Text(var found))) yield null;
        var moment = moment(found);
        yield moment != null ? (Integer) moment.compareTo(at) : (Integer) found.compareTo(text);
      }
      case Operand.Term(var text, var expanded) ->
          target instanceof Value.Text(var found)
              ? (found.equals(expanded) ? (Integer) 0 : (Integer) found.compareTo(text))
              : null;
      case Operand.Between _, Operand.Regex _ -> null;
    };
  }

  private static @Nullable Integer compare(Value target, Value wanted) {
    return switch (wanted) {
      case Value.Whole _, Value.Decimal _ -> {
        double found = target.asNumber();
        yield Double.isNaN(found) ? null : (Integer) compareNumbers(target, wanted);
      }
      case Value.Text(var text) ->
          target instanceof Value.Text(var found) ? (Integer) found.compareTo(text) : null;
      case Value.Flag(boolean set) ->
          target instanceof Value.Flag(boolean found)
              ? (Integer) Boolean.compare(found, set)
              : null;
      case Value.Null _, Value.Items _, Value.Struct _ ->
          target.equals(wanted) ? (Integer) 0 : null;
    };
  }

  private static int compareNumbers(Value one, Value other) {
    return one instanceof Value.Whole(long a) && other instanceof Value.Whole(long b)
        ? Long.compare(a, b)
        : Double.compare(one.asNumber() + 0.0, other.asNumber() + 0.0);
  }

  /// The values a path leads to, over all instances.
  static List<Value> targets(Path path, Entity entity) {
    var found = new ArrayList<Value>(2);
    switch (path.attribute()) {
      case "id" -> found.add(Value.of(entity.id()));
      case "type" -> entity.types().forEach(type -> found.add(Value.of(type)));
      case "createdAt" -> add(found, entity.createdAt());
      case "modifiedAt" -> add(found, entity.modifiedAt());
      default -> collect(entity.attributes(), path.attribute(), path.subAttributes(), path, found);
    }
    return found;
  }

  /// What a plain path (an attribute, nothing below it) leads to in one instance: stores index
  /// these values, so that what they find is never less than what is decided here.
  public static List<Value> values(Content content) {
    var found = new ArrayList<Value>(1);
    addContent(content, List.of(), found);
    return found;
  }

  private static void collect(
      List<Attribute> attributes,
      String name,
      List<String> subAttributes,
      Path path,
      List<Value> found) {
    for (var attribute : attributes) {
      if (!attribute.name().equals(name)) continue;
      if (subAttributes.isEmpty()) {
        addContent(attribute.content(), path.trail(), found);
        continue;
      }
      var next = subAttributes.getFirst();
      switch (next) {
        case "observedAt" -> add(found, attribute.observedAt());
        case "createdAt" -> add(found, attribute.createdAt());
        case "modifiedAt" -> add(found, attribute.modifiedAt());
        case "unitCode" -> add(found, attribute.unitCode());
        case "datasetId" -> add(found, attribute.datasetId());
        default ->
            collect(
                attribute.subAttributes(),
                next,
                subAttributes.subList(1, subAttributes.size()),
                path,
                found);
      }
    }
  }

  private static void addContent(Content content, List<String> trail, List<Value> found) {
    switch (content) {
      case Content.Property(var value) -> addAt(value, trail, found);
      case Content.JsonProperty(var json) -> addAt(json, trail, found);
      case Content.GeoProperty(var place) -> addAt(place.geoJson(), trail, found);
      case Content.LanguageProperty(var texts) -> {
        if (trail.isEmpty() || trail.getFirst().equals("*")) found.addAll(texts.values());
        else {
          var text = texts.get(trail.getFirst());
          if (text != null) found.add(text);
        }
      }
      case Content.Relationship(var objects, _, _) ->
          objects.forEach(object -> found.add(Value.of(object)));
      case Content.ListRelationship(var objects, _) ->
          objects.forEach(object -> found.add(Value.of(object)));
      case Content.VocabProperty(var terms, _) -> terms.forEach(term -> found.add(Value.of(term)));
      case Content.ListProperty(var values) -> values.forEach(value -> addAt(value, trail, found));
    }
  }

  private static void addAt(Value value, List<String> trail, List<Value> found) {
    if (trail.isEmpty()) {
      found.add(value);
      return;
    }
    switch (value) {
      case Value.Struct(var members) -> {
        var next = members.get(trail.getFirst());
        if (next != null) addAt(next, trail.subList(1, trail.size()), found);
      }
      case Value.Items(var items) -> items.forEach(item -> addAt(item, trail, found));
      case Value.Text _, Value.Whole _, Value.Decimal _, Value.Flag _, Value.Null _ -> {}
    }
  }

  private static void add(List<Value> found, @Nullable Instant at) {
    if (at != null) found.add(Value.of(at.toString()));
  }

  private static void add(List<Value> found, @Nullable String text) {
    if (text != null) found.add(Value.of(text));
  }

  private static @Nullable Instant moment(String text) {
    if (text.length() < 10 || text.length() > 40 || text.charAt(4) != '-') return null;
    try {
      return Moments.parse(text);
    } catch (DateTimeParseException notAMoment) {
      return null;
    }
  }
}
