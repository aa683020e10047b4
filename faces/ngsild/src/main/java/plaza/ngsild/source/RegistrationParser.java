package plaza.ngsild.source;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ngsild.parse.DateTimes;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.query.Selections;

/// Reads registration documents whose names are expanded (clauses 5.2.8 to 5.2.11) and refuses what
/// they must not say.
public final class RegistrationParser {
  private static final List<String> PLACES =
      List.of("location", "observationSpace", "operationSpace");

  private static final Set<String> REACH =
      Set.of(
          "endpoint",
          "contextSourceInfo",
          "contextSourceAlias",
          "tenant",
          "management",
          "operations");
  private static final Value ANYTHING =
      Json.parse("[{\"propertyNames\": [\"" + Names.DEFAULT_VOCAB + "anything\"]}]");

  private RegistrationParser() {}

  /// Clause 5.2.9: what a document says it is, when it says it.
  ///
  /// @param whole whether it must say it
  public static void requireType(Value.Struct document, boolean whole) {
    var type = document.members().get("type");
    if (type == null && !whole) return;
    if (!(type instanceof Value.Text(var name)
        && (name.equals("ContextSourceRegistration")
            || name.equals(Names.NGSI_LD + "ContextSourceRegistration"))))
      throw new Refusal.Invalid(
          "the \"type\" of a registration must be \"ContextSourceRegistration\"");
  }

  /// Tables 5.2.9-1 and 5.2.10-1: what must be an array, be it of one.
  public static void requireLists(Value.Struct document) {
    requireList(document.members(), "datasetId");
    requireList(document.members(), "operations");
    if (!(document.members().get("information") instanceof Value.Items(var elements))) return;
    for (var element : elements)
      if (element instanceof Value.Struct(var members)) {
        requireList(members, "propertyNames");
        requireList(members, "relationshipNames");
      }
  }

  private static void requireList(Map<String, Value> members, String name) {
    var value = members.get(name);
    if (value != null
        && !(value instanceof Value.Items)
        && !Value.of(Names.NGSI_NULL).equals(value))
      throw new Refusal.Invalid(name + " must be an array");
  }

  /// @param document as [Documents#written] makes it
  /// @param context what it was written with
  static Registration parse(String id, Value.Struct document, Value context) {
    var members = document.members();
    described(members, "registrationName");
    described(members, "description");
    var mode = QueryParser.text(members.get("mode"), "mode");
    var operations = QueryParser.texts(members.get("operations"), "operations");
    var expiresAt = members.get("expiresAt");
    return new Registration(
        id,
        SourceParser.source(members),
        mode == null ? Mode.INCLUSIVE : Mode.named(mode),
        operations.isEmpty() ? Operation.FEDERATION : Operation.named(operations),
        information(members.get("information")),
        extent(members),
        expiresAt == null ? null : DateTimes.parse(expiresAt, "expiresAt"),
        SourceParser.period(members.get("refreshRate"), "refreshRate"),
        document,
        context);
  }

  /// What a document must keep to say how to reach the source and what it offers, for when it is
  /// registered no more ([#farewell]).
  public static Value.Struct reach(Registration registration) {
    var members = new LinkedHashMap<>(registration.document().members());
    members.keySet().retainAll(REACH);
    return new Value.Struct(members);
  }

  /// A source that is registered no more, to which something is still to be said.
  ///
  /// @param reach by [#reach]
  /// @param context what it was registered with
  public static Registration farewell(String id, Value.Struct reach, Value context) {
    var members = new LinkedHashMap<>(reach.members());
    members.put("information", ANYTHING);
    return parse(id, new Value.Struct(members), context);
  }

  private static void described(Map<String, Value> members, String name) {
    var text = QueryParser.text(members.get(name), name);
    if (text != null && text.isBlank())
      throw new Refusal.Invalid(name + " must not be empty; leave it out");
  }

  private static List<Information> information(@Nullable Value value) {
    if (!(value instanceof Value.Items(var items)) || items.isEmpty())
      throw new Refusal.Invalid("information must be an array with at least one element");
    return items.stream().map(RegistrationParser::element).toList();
  }

  private static Information element(Value value) {
    if (!(value instanceof Value.Struct(var members)))
      throw new Refusal.Invalid("information: each element must be an object");
    for (var name : members.keySet())
      if (!Set.of("entities", "propertyNames", "relationshipNames").contains(name))
        throw new Refusal.Invalid(
            "information has entities, propertyNames and relationshipNames, not '" + name + "'");
    return new Information(
        entities(members.get("entities")),
        names(members.get("propertyNames"), "information: propertyNames"),
        names(members.get("relationshipNames"), "information: relationshipNames"));
  }

  private static List<String> names(@Nullable Value value, String what) {
    return QueryParser.texts(value, what).stream().distinct().toList();
  }

  private static List<EntityInfo> entities(@Nullable Value value) {
    if (value == null) return List.of();
    if (!(value instanceof Value.Items(var items)) || items.isEmpty())
      throw new Refusal.Invalid(
          "information: entities must be an array with at least one element; leave it out");
    return items.stream().map(RegistrationParser::entity).toList();
  }

  private static EntityInfo entity(Value value) {
    if (!(value instanceof Value.Struct(var members)))
      throw new Refusal.Invalid("information: entities must hold objects");
    var types = names(members.get("type"), "information: entities: type");
    if (types.isEmpty())
      throw new Refusal.Invalid("information: entities: each element needs a type");
    var id = QueryParser.text(members.get("id"), "information: entities: id");
    var pattern = QueryParser.text(members.get("idPattern"), "information: entities: idPattern");
    return new EntityInfo(
        types,
        id == null ? null : Names.uri(id, "information: entities: id"),
        pattern == null ? null : Selections.pattern(pattern, "information: entities: idPattern"));
  }

  private static Extent extent(Map<String, Value> members) {
    var datasetIds = QueryParser.texts(members.get("datasetId"), "datasetId");
    for (var id : datasetIds) if (!id.equals("@none")) Names.uri(id, "datasetId");
    var scopes = QueryParser.texts(members.get("scope"), "scope");
    scopes.forEach(scope -> EntityParser.scope(Value.of(scope)));
    var places = new HashMap<String, GeoValue>();
    for (var name : PLACES) {
      var place = members.get(name);
      if (place != null) places.put(Names.NGSI_LD + name, place(place, name));
    }
    return new Extent(
        Set.copyOf(datasetIds),
        scopes,
        places,
        interval(members, "observationInterval"),
        interval(members, "managementInterval"));
  }

  private static GeoValue place(Value value, String name) {
    // Written like a GeoProperty of an entity, it means the same.
    var geometry =
        value instanceof Value.Struct(var members)
                && Value.of("GeoProperty").equals(members.get("type"))
            ? members.get("value")
            : value;
    if (!(geometry instanceof Value.Struct geoJson)
        || Value.of("GeometryCollection").equals(geoJson.members().get("type")))
      throw new Refusal.Invalid(
          name + " must be a GeoJSON geometry that is no GeometryCollection (clause 4.7)");
    return GeoValue.of(geoJson);
  }

  private static @Nullable Interval interval(Map<String, Value> members, String name) {
    var value = members.get(name);
    if (value == null) return null;
    if (!(value instanceof Value.Struct(var parts)) || parts.get("startAt") == null)
      throw new Refusal.Invalid(name + " must be an object with startAt and, if it ends, endAt");
    var end = parts.get("endAt");
    return new Interval(
        DateTimes.parse(parts.getOrDefault("startAt", Value.Null.VALUE), name + ": startAt"),
        end == null ? null : DateTimes.parse(end, name + ": endAt"));
  }
}
