package plaza.ngsild.distribute;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import plaza.graph.Value;
import plaza.ngsild.parse.Kind;
import plaza.ngsild.represent.Conformance;

/// Says what is written in the terms of an older version of the standard, for sources that know no
/// newer (clauses 4.3.6.6, 4.3.6.8). On documents, as they may be parts of entities with nulls in
/// them; what comes without a word on its kind is old enough.
final class OlderWords {
  private static final Set<String> OF_ENTITIES =
      Set.of("id", "@id", "type", "@type", "scope", "expiresAt", "@context");

  private final int minor;

  private OlderWords(int minor) {
    this.minor = minor;
  }

  /// @param body an entity, a part of one, an attribute, or an array of entities
  static Value of(Value body, String version) {
    var conformance = Conformance.parse(version, "ngsildConformance");
    return conformance.isNow() ? body : new OlderWords(conformance.minor()).said(body);
  }

  private Value said(Value body) {
    return switch (body) {
      case Value.Items(var items) -> new Value.Items(items.stream().map(this::said).toList());
      case Value.Struct one when isAttribute(one) -> attribute(one);
      case Value.Struct(var members) -> entity(members);
      default -> body;
    };
  }

  private Value entity(Map<String, Value> members) {
    var said = new LinkedHashMap<String, Value>();
    members.forEach((name, value) -> {
      switch (name) {
        case "expiresAt" -> {
          if (minor >= 9) said.put(name, value);
        }
        case "scope" -> {
          if (minor >= 4) said.put(name, value);
        }
        case "type", "@type" -> said.put(name, minor < 3 ? first(value) : value);
        default -> said.put(name, OF_ENTITIES.contains(name) ? value : instances(value));
      }
    });
    return new Value.Struct(said);
  }

  private static Value first(Value value) {
    return value instanceof Value.Items(var items) && !items.isEmpty() ? items.getFirst() : value;
  }

  private Value instances(Value value) {
    if (value instanceof Value.Items(var items)
        && !items.isEmpty()
        && items.stream().allMatch(OlderWords::isAttribute))
      return minor < 3
          ? attribute(defaultOf(items))
          : new Value.Items(items.stream().map(this::attribute).toList());
    return isAttribute(value) ? attribute(value) : value;
  }

  private static Value defaultOf(List<Value> instances) {
    for (var one : instances)
      if (one instanceof Value.Struct(var members) && !members.containsKey("datasetId")) return one;
    return instances.getFirst();
  }

  private static boolean isAttribute(Value value) {
    return value instanceof Value.Struct(var members)
        && members.get("type") instanceof Value.Text(var type)
        && Kind.named(type) != null;
  }

  private Value attribute(Value value) {
    if (!(value instanceof Value.Struct(var members))) return value;
    var kind = members.get("type") instanceof Value.Text(var type) ? type : "";
    var said = new LinkedHashMap<String, Value>();
    members.forEach((name, member) -> {
      switch (name) {
        case "type" -> said.put(name, Value.of(kind(kind)));
        case "expiresAt", "valueType" -> {
          if (minor >= 9) said.put(name, member);
        }
        case "objectType" -> {
          if (minor >= 8) said.put(name, member);
        }
        case "datasetId", "observedAt", "unitCode" -> {
          if (minor >= 3) said.put(name, member);
        }
        case "json", "vocab", "valueList" -> said.put(minor < 8 ? "value" : name, member);
        case "objectList" -> said.put(minor < 8 ? "object" : name, member);
        case "languageMap" -> said.put(minor < 4 ? "value" : name, member);
        default -> said.put(name, instances(member));
      }
    });
    return new Value.Struct(said);
  }

  private String kind(String kind) {
    return switch (kind) {
      case "JsonProperty", "VocabProperty", "ListProperty" -> minor < 8 ? "Property" : kind;
      case "ListRelationship" -> minor < 8 ? "Relationship" : kind;
      case "LanguageProperty" -> minor < 4 ? "Property" : kind;
      default -> kind;
    };
  }
}
