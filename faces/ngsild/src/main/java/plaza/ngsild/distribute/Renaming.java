package plaza.ngsild.distribute;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import plaza.graph.Value;
import plaza.ngsild.context.Context;
import plaza.ngsild.parse.Kind;

/// Writes a document of one context with the names of another (clause 4.3.6.6): names of types,
/// attributes, sub-attributes and vocabulary terms. What is inside of values stays.
final class Renaming {
  private static final Set<String> OF_ENTITIES =
      Set.of("id", "@id", "scope", "createdAt", "modifiedAt", "deletedAt", "expiresAt");

  /// Members of an attribute that are no sub-attributes and hold no names.
  private static final Set<String> OF_ATTRIBUTES =
      Set.of(
          "type",
          "@type",
          "value",
          "object",
          "languageMap",
          "json",
          "valueList",
          "objectList",
          "datasetId",
          "observedAt",
          "unitCode",
          "expiresAt",
          "createdAt",
          "modifiedAt",
          "deletedAt",
          "instanceId",
          "lang");

  private final Context from;
  private final Dialect to;

  private Renaming(Context from, Dialect to) {
    this.from = from;
    this.to = to;
  }

  /// @param body an entity, a fragment of one, an array of them, or of ids
  static Value of(Value body, Context from, Dialect to) {
    var renaming = new Renaming(from, to);
    return switch (body) {
      case Value.Items(var items) ->
          new Value.Items(items.stream().map(item -> of(item, from, to)).toList());
      case Value.Struct(var members) -> renaming.entity(members);
      default -> body;
    };
  }

  private Value entity(Map<String, Value> members) {
    // An attribute by itself: the body of an update of one.
    if (isAttribute(members)) return attribute(new Value.Struct(members));
    var renamed = new LinkedHashMap<String, Value>();
    members.forEach((name, value) -> {
      if (name.equals("@context")) return;
      if (OF_ENTITIES.contains(name)) renamed.put(name, value);
      else if (name.equals("type") || name.equals("@type")) renamed.put("type", names(value));
      else renamed.put(name(name), attribute(value));
    });
    return new Value.Struct(renamed);
  }

  private static boolean isAttribute(Map<String, Value> members) {
    return !members.containsKey("id")
        && ((members.get("type") instanceof Value.Text(var type) && Kind.named(type) != null)
            || members.keySet().stream().anyMatch(name -> Kind.of(name) != null));
  }

  private Value attribute(Value value) {
    if (value instanceof Value.Items(var items)
        && items.stream()
            .allMatch(item -> item instanceof Value.Struct(var each) && isAttribute(each)))
      return new Value.Items(items.stream().map(this::attribute).toList());
    if (!(value instanceof Value.Struct(var members)) || !isAttribute(members)) return value;
    var renamed = new LinkedHashMap<String, Value>();
    members.forEach((name, member) -> {
      switch (name) {
        case "vocab", "valueType", "objectType" -> renamed.put(name, names(member));
        default -> {
          if (OF_ATTRIBUTES.contains(name)) renamed.put(name, member);
          else if (!name.equals("@context")) renamed.put(name(name), attribute(member));
        }
      }
    });
    return new Value.Struct(renamed);
  }

  private Value names(Value value) {
    return switch (value) {
      case Value.Text(var text) when !text.startsWith("urn:ngsi-ld:null") -> Value.of(name(text));
      case Value.Items(var items) -> new Value.Items(items.stream().map(this::names).toList());
      default -> value;
    };
  }

  private String name(String written) {
    return to.name(from.expand(written));
  }
}
