package plaza.ngsild.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// Writes what came in the concise or the simplified representation in the normalized one, which
/// alone every context source understands (clause 4.3.6.1).
///
/// It changes nothing but the form: what is wrong with a document, [EntityParser] says.
public final class Normalized {
  private static final Set<String> OF_ENTITIES =
      Set.of(
          "id",
          "@id",
          "type",
          "@type",
          "scope",
          "@context",
          "createdAt",
          "modifiedAt",
          "deletedAt",
          "expiresAt");
  private static final Set<String> OF_ATTRIBUTES =
      Set.of(
          "type",
          "@type",
          "datasetId",
          "observedAt",
          "unitCode",
          "expiresAt",
          "createdAt",
          "modifiedAt",
          "deletedAt",
          "instanceId",
          "lang",
          "objectType",
          "valueType");

  /// How much is known of the attributes that are written.
  public enum Fresh {
    /// They are what the document says: a bare value is that of a Property.
    YES,
    /// A bare value takes the kind that is there already, so it stays as it is.
    NO
  }

  private final Fresh fresh;

  private Normalized(Fresh fresh) {
    this.fresh = fresh;
  }

  /// An entity, or attributes of one.
  public static Value.Struct entity(Value.Struct document, Fresh fresh) {
    var normalized = new Normalized(fresh);
    return each(
        document,
        (name, value) -> OF_ENTITIES.contains(name) ? value : normalized.instances(value));
  }

  /// An entity whose attributes are bare values (clause 4.5.4).
  public static Value.Struct simplified(Value.Struct document) {
    return each(
        document, (name, value) -> OF_ENTITIES.contains(name) ? value : bareInstances(value));
  }

  /// One instance of an attribute.
  public static Value.Struct attribute(Value.Struct document) {
    return new Normalized(Fresh.YES).attribute(document.members());
  }

  @FunctionalInterface
  private interface Member {
    Value of(String name, Value value);
  }

  private static Value.Struct each(Value.Struct document, Member member) {
    var members = new LinkedHashMap<String, Value>();
    document.members().forEach((name, value) -> members.put(name, member.of(name, value)));
    return new Value.Struct(members);
  }

  private Value instances(Value value) {
    if (value instanceof Value.Items(var items)
        && !items.isEmpty()
        && items.stream().allMatch(item -> kind(item) != null))
      return new Value.Items(items.stream().map(this::instance).toList());
    return instance(value);
  }

  private Value instance(Value value) {
    if (value instanceof Value.Struct(var members) && kind(value) != null)
      return attribute(members);
    boolean whole = value instanceof Value.Struct && !Contents.isGeometry(value);
    // A fragment of metadata only, or the null that deletes: neither is a value.
    return fresh == Fresh.NO || Members.isNull(value) || (whole && isMetadata(value))
        ? value
        : bare(value);
  }

  private static boolean isMetadata(Value value) {
    return value instanceof Value.Struct(var members)
        && members.keySet().stream().anyMatch(OF_ATTRIBUTES::contains);
  }

  private Value.Struct attribute(Map<String, Value> members) {
    var normalized = new LinkedHashMap<String, Value>();
    var kind = kind(new Value.Struct(members));
    if (kind != null && !members.containsKey("type") && !members.containsKey("@type"))
      normalized.put("type", Value.of(kind.label));
    members.forEach((name, value) ->
        normalized.put(
            name,
            OF_ATTRIBUTES.contains(name) || Kind.of(name) != null ? value : instances(value)));
    return new Value.Struct(normalized);
  }

  /// Null when the value does not say that it is an attribute.
  private static @Nullable Kind kind(Value value) {
    if (!(value instanceof Value.Struct(var members))) return null;
    var type = members.getOrDefault("type", members.get("@type"));
    if (type != null) return type instanceof Value.Text(var name) ? Kind.named(name) : null;
    for (var kind : Kind.values()) {
      var said = members.get(kind.member);
      if (said != null)
        return kind.member.equals("value") && Contents.isGeometry(said)
            ? Kind.GEO_PROPERTY
            : Kind.of(kind.member);
    }
    return null;
  }

  private static Value bareInstances(Value value) {
    if (!(value instanceof Value.Struct(var members)
        && members.size() == 1
        && members.get("dataset") instanceof Value.Struct(var datasets))) return bare(value);
    var instances = new ArrayList<Value>();
    datasets.forEach((datasetId, each) -> {
      var instance = new LinkedHashMap<>(bare(each).members());
      if (!datasetId.equals("@none")) instance.put("datasetId", Value.of(datasetId));
      instances.add(new Value.Struct(instance));
    });
    return new Value.Items(instances);
  }

  /// A value without a word on its kind (clause 4.5.4).
  private static Value.Struct bare(Value value) {
    if (value instanceof Value.Struct(var members) && members.size() == 1)
      for (var kind : List.of(Kind.LANGUAGE_PROPERTY, Kind.VOCAB_PROPERTY, Kind.JSON_PROPERTY)) {
        var said = members.get(kind.member);
        if (said != null) return attribute(kind, said);
      }
    return attribute(Contents.isGeometry(value) ? Kind.GEO_PROPERTY : Kind.PROPERTY, value);
  }

  private static Value.Struct attribute(Kind kind, Value value) {
    var members = new LinkedHashMap<String, Value>();
    members.put("type", Value.of(kind.label));
    members.put(kind.member, value);
    return new Value.Struct(members);
  }

  /// Options of a request without the word that its document is simplified; null for none left.
  public static @Nullable String optionsOf(@Nullable String options) {
    if (options == null) return null;
    var left =
        List.of(options.split(",", -1)).stream()
            .filter(one -> !one.equals("keyValues") && !one.equals("simplified"))
            .collect(Collectors.joining(","));
    return left.isEmpty() ? null : left;
  }
}
