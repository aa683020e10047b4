package plaza.ngsild.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Content;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;

/// Reads what an attribute says, by its kind, and refuses what that kind cannot say.
final class Contents {
  private static final Set<String> GEOMETRIES =
      Set.of("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon");

  private final Reading reading;

  Contents(Reading reading) {
    this.reading = reading;
  }

  /// Clause 4.5.2.3: a geometry given as a Property's value makes it a GeoProperty.
  static boolean isGeometry(Value value) {
    return value instanceof Value.Struct(var members)
        && members.get("type") instanceof Value.Text(var type)
        && GEOMETRIES.contains(type)
        && members.get("coordinates") instanceof Value.Items;
  }

  /// Whether the whole attribute is to go (clause 4.5.0).
  static boolean isDeletion(Kind kind, Value value) {
    return switch (kind) {
      case LANGUAGE_PROPERTY ->
          Members.isNull(value)
              || (value instanceof Value.Struct(var texts)
                  && texts.size() == 1
                  && texts.get("@none") instanceof Value.Text(var none)
                  && none.equals(Names.NGSI_NULL));
      case LIST_PROPERTY, LIST_RELATIONSHIP ->
          Members.isNull(value)
              || (value instanceof Value.Items(var items)
                  && items.size() == 1
                  && Members.isNull(items.getFirst()));
      case PROPERTY, GEO_PROPERTY, RELATIONSHIP, VOCAB_PROPERTY, JSON_PROPERTY ->
          Members.isNull(value);
    };
  }

  /// What an instance holds that tells of a deletion.
  static Content gone(Kind kind) {
    var none = Value.of(Names.NGSI_NULL);
    return switch (kind) {
      case PROPERTY, GEO_PROPERTY -> new Content.Property(none);
      case RELATIONSHIP -> new Content.Relationship(Names.NGSI_NULL);
      case LANGUAGE_PROPERTY -> new Content.LanguageProperty(Map.of("@none", none));
      case VOCAB_PROPERTY -> new Content.VocabProperty(List.of(Names.NGSI_NULL), false);
      case JSON_PROPERTY -> new Content.JsonProperty(none);
      case LIST_PROPERTY -> new Content.ListProperty(List.of(none));
      case LIST_RELATIONSHIP -> new Content.ListRelationship(List.of(Names.NGSI_NULL), List.of());
    };
  }

  /// @param name the attribute's name as it was written
  /// @param objectType of a relationship's objects
  Content read(Kind kind, Value value, @Nullable Value objectType, String name) {
    return switch (kind) {
      case PROPERTY -> new Content.Property(plain(value, name));
      case JSON_PROPERTY -> {
        requireNoNull(value, name);
        if (value instanceof Value.Null)
          throw new Refusal.Invalid(
              name + ": json must say something; null may stand inside of it");
        yield new Content.JsonProperty(value);
      }
      case GEO_PROPERTY -> {
        var geometry = unpacked(value);
        if (!isGeometry(geometry)) throw noGeometry(geometry, name);
        yield new Content.GeoProperty(GeoValue.of((Value.Struct) geometry));
      }
      case LANGUAGE_PROPERTY -> language(value, name);
      case VOCAB_PROPERTY ->
          new Content.VocabProperty(terms(value, name), value instanceof Value.Items);
      case RELATIONSHIP ->
          new Content.Relationship(
              links(value, name), types(objectType, name), value instanceof Value.Items);
      case LIST_PROPERTY -> {
        if (!(value instanceof Value.Items(var items)))
          throw new Refusal.Invalid(name + ": valueList must be an array");
        items.forEach(item -> plain(item, name));
        yield new Content.ListProperty(items);
      }
      case LIST_RELATIONSHIP -> {
        if (!(value instanceof Value.Items))
          throw new Refusal.Invalid(name + ": objectList must be an array");
        yield new Content.ListRelationship(links(value, name), types(objectType, name));
      }
    };
  }

  /// Clause 4.7.2: a geometry may come as the JSON text of one.
  private static Value unpacked(Value value) {
    if (!(value instanceof Value.Text(var text)) || !text.stripLeading().startsWith("{"))
      return value;
    try {
      return Json.parse(text);
    } catch (Refusal.Invalid _) {
      return value; // refused as what it is: a text
    }
  }

  private Value plain(Value value, String name) {
    if (value instanceof Value.Null)
      throw new Refusal.Invalid(
          name
              + ": null is no value in NGSI-LD; leave the attribute out, or write"
              + " {\"@type\": \"@json\", \"@value\": null}");
    if (reading.nulls() != Reading.Nulls.ANYWHERE) requireNoNulls(value, name);
    return value;
  }

  private static void requireNoNull(Value value, String name) {
    if (Members.isNull(value))
      throw new Refusal.Invalid(
          name + ": " + Names.NGSI_NULL + " may stand only where something is to be deleted");
  }

  private static void requireNoNulls(Value value, String name) {
    switch (value) {
      case Value.Text _ -> requireNoNull(value, name);
      case Value.Items(var items) -> {
        for (var item : items) requireNoNulls(item, name);
      }
      case Value.Struct(var members) -> {
        for (var member : members.values()) requireNoNulls(member, name);
      }
      case Value.Whole _, Value.Decimal _, Value.Flag _, Value.Null _ -> {}
    }
  }

  private static Refusal noGeometry(Value value, String name) {
    var type =
        value instanceof Value.Struct(var members)
                && members.get("type") instanceof Value.Text(var text)
            ? "one of type '" + text + "'"
            : "something else";
    return new Refusal.Invalid(
        name
            + ": a GeoProperty needs a GeoJSON Point, MultiPoint, LineString, MultiLineString,"
            + " Polygon or MultiPolygon with coordinates, not "
            + type);
  }

  private Content.LanguageProperty language(Value value, String name) {
    if (!(value instanceof Value.Struct(var texts)) || texts.isEmpty())
      throw new Refusal.Invalid(
          name + ": languageMap must be an object such as {\"en\": \"Taipei\"}");
    texts.forEach((tag, text) -> {
      if (!isTag(tag))
        throw new Refusal.Invalid(
            name + ": '" + tag + "' in the languageMap is no language tag such as 'en' or 'zh-TW'");
      boolean good =
          text instanceof Value.Text
              || (text instanceof Value.Items(var items)
                  && !items.isEmpty()
                  && items.stream().allMatch(Value.Text.class::isInstance));
      if (!good)
        throw new Refusal.Invalid(
            name + ": the text for '" + tag + "' must be a string or an array of strings");
      if (reading.nulls() != Reading.Nulls.ANYWHERE) requireNoNulls(text, name);
    });
    return new Content.LanguageProperty(texts);
  }

  private static boolean isTag(String tag) {
    if (tag.equals("@none")) return true;
    boolean good = !tag.isEmpty() && tag.length() <= 64 && tag.charAt(0) != '-';
    for (int i = 0; good && i < tag.length(); i++) {
      char c = tag.charAt(i);
      good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    }
    return good;
  }

  private List<String> terms(Value value, String name) {
    var terms = new ArrayList<String>();
    for (var item : value instanceof Value.Items(var items) ? items : List.of(value)) {
      requireNoNull(item, name);
      if (item instanceof Value.Text(var term) && !term.isEmpty())
        terms.add(reading.context().expand(term));
      else throw new Refusal.Invalid(name + ": vocab must be a term or an array of terms");
    }
    return terms;
  }

  private List<String> links(Value value, String name) {
    var links = new ArrayList<String>();
    for (var item : value instanceof Value.Items(var items) ? items : List.of(value)) {
      var object =
          item instanceof Value.Struct(var members) && members.size() == 1
              ? members.getOrDefault("object", item)
              : item;
      if (object != null) requireNoNull(object, name);
      if (!(object instanceof Value.Text(var id)))
        throw new Refusal.Invalid(name + ": the object of a relationship must be a URI");
      links.add(reading.context().uri(id, name + ": the object"));
    }
    return links;
  }

  private List<String> types(@Nullable Value objectType, String name) {
    if (objectType == null) return List.of();
    var types = new ArrayList<String>();
    for (var item : objectType instanceof Value.Items(var items) ? items : List.of(objectType))
      if (item instanceof Value.Text(var type))
        types.add(Members.name(type, name + ": the objectType", reading.context()));
      else throw new Refusal.Invalid(name + ": objectType must be a type name");
    return types;
  }
}
