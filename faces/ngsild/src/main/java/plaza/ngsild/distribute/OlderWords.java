package plaza.ngsild.distribute;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.ngsild.parse.Kind;
import plaza.ngsild.parse.Rewriting;
import plaza.ngsild.represent.Conformance;

/// Says what is written in the terms of an older version of the standard, for sources that know no
/// newer (clauses 4.3.6.6, 4.3.6.8). On documents, as they may be parts of entities with nulls in
/// them; what comes without a word on its kind is old enough.
final class OlderWords extends Rewriting {
  private final int minor;

  private OlderWords(int minor) {
    this.minor = minor;
  }

  /// @param body an entity, a part of one, an attribute, or an array of entities
  static Value of(Value body, String version) {
    var conformance = Conformance.parse(version, "ngsildConformance");
    return conformance.isNow() ? body : new OlderWords(conformance.minor()).body(body);
  }

  @Override
  protected void ofEntity(String member, Value value, Map<String, Value> entity) {
    switch (member) {
      case "expiresAt" -> {
        if (minor >= 9) entity.put(member, value);
      }
      case "scope" -> {
        if (minor >= 4) entity.put(member, value);
      }
      case "type", "@type" -> entity.put(member, minor < 3 ? first(value) : value);
      default -> entity.put(member, value);
    }
  }

  private static Value first(Value value) {
    return value instanceof Value.Items(var items) && !items.isEmpty() ? items.getFirst() : value;
  }

  @Override
  protected @Nullable Value instances(String name, Value value) {
    return super.instances(name, minor < 3 ? defaultOf(value) : value);
  }

  private static Value defaultOf(Value value) {
    if (!(value instanceof Value.Items(var instances)) || !Kind.areAll(instances)) return value;
    for (var one : instances)
      if (one instanceof Value.Struct(var members) && !members.containsKey("datasetId")) return one;
    return instances.getFirst();
  }

  @Override
  protected void ofInstance(String member, Value value, Map<String, Value> instance) {
    switch (member) {
      case "type", "@type" ->
          instance.put(
              member, value instanceof Value.Text(var type) ? Value.of(kind(type)) : value);
      case "expiresAt", "valueType" -> {
        if (minor >= 9) instance.put(member, value);
      }
      case "objectType" -> {
        if (minor >= 8) instance.put(member, value);
      }
      case "datasetId", "observedAt", "unitCode" -> {
        if (minor >= 3) instance.put(member, value);
      }
      case "json", "vocab", "valueList" -> instance.put(minor < 8 ? "value" : member, value);
      case "objectList" -> instance.put(minor < 8 ? "object" : member, value);
      case "languageMap" -> instance.put(minor < 4 ? "value" : member, value);
      default -> instance.put(member, value);
    }
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
