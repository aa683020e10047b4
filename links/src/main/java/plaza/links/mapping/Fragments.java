package plaza.links.mapping;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Moments;

/// Reads what a mapping puts out: entity fragments in NGSI-LD's normalized or concise form (clauses
/// 4.5.1 and 4.5.17), or in between, with short names.
///
/// A member that holds a GeoJSON geometry is a GeoProperty, one with `object` a Relationship, one
/// with `languageMap` a LanguageProperty; whatever has a `value` or is one is a Property. An array
/// whose items all look like attributes holds instances: several readings, or several datasetIds.
final class Fragments {
  private static final Set<String> GEOMETRIES =
      Set.of(
          "Point",
          "MultiPoint",
          "LineString",
          "MultiLineString",
          "Polygon",
          "MultiPolygon",
          "GeometryCollection");

  /// Members that say what an attribute is; their presence tells an attribute from a plain object.
  private static final Set<String> CONTENTS =
      Set.of("value", "object", "languageMap", "vocab", "json", "valueList", "objectList");

  private static final Set<String> ABOUT =
      Set.of("type", "observedAt", "unitCode", "datasetId", "objectType");

  private final Vocabulary vocabulary;

  Fragments(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /// @throws Refusal when the output is no fragment or breaks a rule of the model
  List<Entity> read(Value output) {
    return switch (output) {
      case Value.Null _ -> List.of();
      case Value.Struct fragment -> List.of(entity(fragment));
      case Value.Items(var items) -> items.stream().flatMap(item -> read(item).stream()).toList();
      case Value.Text _, Value.Whole _, Value.Decimal _, Value.Flag _ ->
          throw new Refusal.Invalid(
              "the mapping must give an entity or a list of entities, not " + show(output));
    };
  }

  private Entity entity(Value.Struct fragment) {
    var members = fragment.members();
    if (!(members.get("id") instanceof Value.Text(var id)))
      throw new Refusal.Invalid(
          "the mapping's output needs an id that is a text; it has " + members.keySet());
    var types = texts(members.get("type"), id + ": type").stream().map(vocabulary::expand).toList();
    if (types.isEmpty()) throw new Refusal.Invalid(id + ": the mapping's output needs a type");
    var attributes = new ArrayList<Attribute>();
    members.forEach((name, value) -> {
      if (!name.equals("id") && !name.equals("type") && !name.equals("scope"))
        attributes.addAll(instances(id, name, value));
    });
    requireDistinct(id, attributes);
    return new Entity(
        id, types, texts(members.get("scope"), id + ": scope"), attributes, null, null, null, 0);
  }

  private List<Attribute> instances(String id, String name, Value value) {
    if (value instanceof Value.Null) return List.of();
    if (value instanceof Value.Items(var items)
        && !items.isEmpty()
        && items.stream().allMatch(Fragments::looksLikeAttribute))
      return items.stream().map(item -> attribute(id, name, item)).toList();
    return List.of(attribute(id, name, value));
  }

  private static boolean looksLikeAttribute(Value value) {
    return value instanceof Value.Struct(var members)
        && !isGeometry(value)
        && members.keySet().stream().anyMatch(CONTENTS::contains);
  }

  private Attribute attribute(String id, String name, Value value) {
    var full = vocabulary.expand(name);
    var what = id + ": " + name;
    if (isGeometry(value)) return Attribute.of(full, place(what, value));
    if (!looksLikeAttribute(value)) return Attribute.of(full, property(what, value));
    var members = ((Value.Struct) value).members();
    var subAttributes = new ArrayList<Attribute>();
    members.forEach((member, sub) -> {
      if (!ABOUT.contains(member) && !CONTENTS.contains(member))
        subAttributes.addAll(instances(id, member, sub));
    });
    return new Attribute(
        full,
        uri(members.get("datasetId"), what + ".datasetId"),
        content(what, members),
        moment(members.get("observedAt"), what + ".observedAt"),
        text(members.get("unitCode"), what + ".unitCode"),
        subAttributes,
        null,
        null,
        null,
        null);
  }

  private Content content(String what, java.util.Map<String, Value> members) {
    var kinds = members.keySet().stream().filter(CONTENTS::contains).toList();
    if (kinds.size() > 1)
      throw new Refusal.Invalid(what + " must say one thing, not " + kinds + " at once");
    var kind = kinds.getFirst();
    var said = members.get(kind);
    if (said == null) throw new IllegalStateException(kind + " is there but holds nothing");
    requireType(what, kind, members.get("type"));
    return switch (kind) {
      case "object" ->
          said instanceof Value.Items
              ? new Content.Relationship(uris(said, what), types(members, what), true)
              : new Content.Relationship(uris(said, what), types(members, what), false);
      case "languageMap" -> {
        if (!(said instanceof Value.Struct(var texts)))
          throw new Refusal.Invalid(what + ": a languageMap must be an object, not " + show(said));
        yield new Content.LanguageProperty(new LinkedHashMap<>(texts));
      }
      case "vocab" ->
          new Content.VocabProperty(
              texts(said, what).stream().map(vocabulary::expand).toList(),
              said instanceof Value.Items);
      case "json" -> new Content.JsonProperty(said);
      case "valueList" -> new Content.ListProperty(items(said, what));
      case "objectList" -> new Content.ListRelationship(uris(said, what), types(members, what));
      default ->
          isGeometry(said) || "GeoProperty".equals(text(members.get("type"), what))
              ? place(what, said)
              : property(what, said);
    };
  }

  private static void requireType(String what, String kind, @Nullable Value type) {
    if (type == null) return;
    var given = text(type, what + ".type");
    var allowed =
        switch (kind) {
          case "object" -> Set.of("Relationship");
          case "languageMap" -> Set.of("LanguageProperty");
          case "vocab" -> Set.of("VocabProperty");
          case "json" -> Set.of("JsonProperty");
          case "valueList" -> Set.of("ListProperty");
          case "objectList" -> Set.of("ListRelationship");
          default -> Set.of("Property", "GeoProperty");
        };
    if (!allowed.contains(given))
      throw new Refusal.Invalid(
          what + " has " + kind + " and so is of type " + allowed + ", not " + given);
  }

  private static Content.Property property(String what, Value value) {
    if (value instanceof Value.Null)
      throw new Refusal.Invalid(what + " must have a value other than null");
    return new Content.Property(value);
  }

  private static Content.GeoProperty place(String what, Value value) {
    if (!(value instanceof Value.Struct geoJson))
      throw new Refusal.Invalid(what + " must be a GeoJSON geometry, not " + show(value));
    try {
      return new Content.GeoProperty(GeoValue.of(geoJson));
    } catch (Refusal.Invalid e) {
      throw new Refusal.Invalid(what + ": " + e.getMessage());
    }
  }

  private static boolean isGeometry(Value value) {
    return value instanceof Value.Struct(var members)
        && members.get("type") instanceof Value.Text(var type)
        && GEOMETRIES.contains(type)
        && (members.containsKey("coordinates") || members.containsKey("geometries"));
  }

  /// Two instances may share name and datasetId only as readings of different moments.
  private static void requireDistinct(String id, List<Attribute> attributes) {
    record Key(String name, @Nullable String datasetId, @Nullable Instant observedAt) {}
    var seen = new HashSet<Key>();
    for (var one : attributes)
      if (!seen.add(new Key(one.name(), one.datasetId(), one.observedAt())))
        throw new Refusal.Invalid(
            id + ": " + one.name() + " is given twice for the same moment and datasetId");
  }

  private List<String> types(java.util.Map<String, Value> members, String what) {
    return texts(members.get("objectType"), what + ".objectType").stream()
        .map(vocabulary::expand)
        .toList();
  }

  private static @Nullable Instant moment(@Nullable Value value, String what) {
    var text = text(value, what);
    if (text == null) return null;
    try {
      return Moments.parse(text);
    } catch (DateTimeParseException _) {
      throw new Refusal.Invalid(
          what + " must be a date-time such as 2026-06-01T12:00:00Z, not '" + text + "'");
    }
  }

  private static @Nullable String uri(@Nullable Value value, String what) {
    var text = text(value, what);
    return text == null ? null : Names.uri(text, what);
  }

  private static @Nullable String text(@Nullable Value value, String what) {
    return switch (value) {
      case null -> null;
      case Value.Null _ -> null;
      case Value.Text(var text) -> text;
      default -> throw new Refusal.Invalid(what + " must be a text, not " + show(value));
    };
  }

  private static List<String> texts(@Nullable Value value, String what) {
    if (value == null) return List.of();
    if (value instanceof Value.Text(var one)) return List.of(one);
    return items(value, what).stream()
        .map(item -> {
          if (item instanceof Value.Text(var text)) return text;
          throw new Refusal.Invalid(what + " must hold texts only, not " + show(item));
        })
        .toList();
  }

  private static List<String> uris(Value value, String what) {
    return texts(value, what).stream().map(uri -> Names.uri(uri, what)).toList();
  }

  private static List<Value> items(Value value, String what) {
    if (value instanceof Value.Items(var items)) return items;
    throw new Refusal.Invalid(what + " must be a list, not " + show(value));
  }

  private static String show(Value value) {
    var text = plaza.json.Json.text(value);
    return text.length() <= 80 ? text : text.substring(0, 77) + "…";
  }
}
