package plaza.ngsild.subscription;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.json.JsonWriter;
import plaza.ngsild.parse.Kind;
import plaza.ngsild.represent.EntityWriter;
import plaza.ngsild.represent.LinkedEntities;
import plaza.ngsild.represent.Representation.Format;

/// Shows an entity together with what happened to it: what was deleted and what was there before
/// (clause 5.8.6).
final class ChangeView {
  private static final Value NULL = Value.of(Names.NGSI_NULL);

  private final Manner manner;
  private final LinkedEntities linked;

  ChangeView(Manner manner, LinkedEntities linked) {
    this.manner = manner;
    this.linked = linked;
  }

  Value of(Telling telling, boolean geo, boolean withContext) {
    if (telling.isDeleted()) return deletedEntity(telling, geo, withContext);
    var bytes = new ByteArrayOutputStream(1024);
    try (var out = new JsonWriter(bytes)) {
      var writer = new EntityWriter(manner.context(), manner.representation(), out, linked);
      if (geo) writer.writeFeature(telling.entity(), Names.LOCATION, false);
      else writer.write(telling.entity(), withContext);
    }
    var whole = members(Json.parse(bytes.toByteArray()));
    var members = geo ? members(Objects.requireNonNull(whole.get("properties"))) : whole;
    if (manner.showChanges()) showChanges(telling, members);
    for (var gone : telling.deleted()) addDeleted(gone, telling, members);
    if (geo) whole.put("properties", new Value.Struct(members));
    return new Value.Struct(whole);
  }

  private static Map<String, Value> members(Value value) {
    return value instanceof Value.Struct(var members)
        ? new LinkedHashMap<>(members)
        : new LinkedHashMap<>();
  }

  private boolean shows(String name) {
    return manner.representation().projection().shows(name);
  }

  private boolean shows(Attribute instance) {
    var datasetIds = manner.representation().datasetIds();
    var datasetId = instance.datasetId() == null ? "@none" : instance.datasetId();
    return shows(instance.name())
        && !Names.isPrivate(instance.name())
        && (datasetIds == null || datasetIds.contains(datasetId));
  }

  /// Only that it is gone, unless the changes are asked for too.
  private Value deletedEntity(Telling telling, boolean geo, boolean withContext) {
    var entity = telling.entity();
    var members = new LinkedHashMap<String, Value>();
    var types = entity.types().stream().map(manner.context()::name).toList();
    if (shows("id") && !geo) members.put("id", Value.of(entity.id()));
    if (shows("type"))
      members.put("type", types.size() == 1 ? Value.of(types.getFirst()) : Value.of(types));
    if (manner.showChanges()) for (var gone : telling.deleted()) addDeleted(gone, telling, members);
    if (manner.representation().system()) {
      put(members, "createdAt", entity.createdAt());
      put(members, "modifiedAt", entity.modifiedAt());
    }
    put(members, "deletedAt", entity.modifiedAt());
    if (withContext) members.put("@context", manner.context().source());
    if (!geo) return new Value.Struct(members);
    var feature = new LinkedHashMap<String, Value>();
    feature.put("id", Value.of(entity.id()));
    feature.put("type", Value.of("Feature"));
    feature.put("geometry", Value.Null.VALUE);
    feature.put("properties", new Value.Struct(members));
    return new Value.Struct(feature);
  }

  private void addDeleted(Attribute gone, Telling telling, Map<String, Value> members) {
    if (!shows(gone)) return;
    var name = manner.context().name(gone.name());
    var there = members.get(name);
    if (manner.representation().format() == Format.SIMPLIFIED
        && (there != null || gone.datasetId() != null || !isAlone(gone, telling))) {
      members.put(name, withoutInstance(there, gone));
    } else if (there == null) {
      members.put(name, deleted(gone, telling));
    } else {
      // Other instances under the same name.
      var instances = new ArrayList<Value>();
      if (there instanceof Value.Items(var items)
          && items.stream().allMatch(Value.Struct.class::isInstance)) instances.addAll(items);
      else instances.add(there);
      instances.add(deleted(gone, telling));
      members.put(name, new Value.Items(instances));
    }
  }

  /// Clause 4.5.4: several instances by their datasetId.
  private static Value withoutInstance(@Nullable Value there, Attribute gone) {
    Map<String, Value> instances = new LinkedHashMap<>();
    if (there instanceof Value.Struct(var members)
        && members.size() == 1
        && members.get("dataset") instanceof Value.Struct(var known)) instances.putAll(known);
    else if (there != null) instances.put("@none", there);
    instances.put(gone.datasetId() == null ? "@none" : gone.datasetId(), NULL);
    return new Value.Struct(Map.of("dataset", new Value.Struct(instances)));
  }

  private Value deleted(Attribute gone, Telling telling) {
    boolean system = manner.representation().system();
    if (gone.datasetId() == null && !system && !manner.showChanges() && isAlone(gone, telling))
      return NULL;
    var kind = Kind.of(gone.content());
    var members = new LinkedHashMap<String, Value>();
    if (manner.representation().format() == Format.NORMALIZED)
      members.put("type", Value.of(kind.label()));
    members.put(kind.member(), nothing(gone.content()));
    if (gone.datasetId() != null) members.put("datasetId", Value.of(gone.datasetId()));
    if (manner.showChanges()) putPrevious(members, Happening.find(gone, telling.previous()));
    if (system) {
      put(members, "createdAt", gone.createdAt());
      put(members, "modifiedAt", gone.modifiedAt());
      put(members, "deletedAt", gone.deletedAt());
    }
    return new Value.Struct(members);
  }

  /// Whether no other instance is told of under its name, which would make an array of both.
  private boolean isAlone(Attribute gone, Telling telling) {
    return Stream.concat(telling.entity().attributes().stream(), telling.deleted().stream())
        .noneMatch(other ->
            other.name().equals(gone.name()) && !other.sameInstanceAs(gone) && shows(other));
  }

  private void showChanges(Telling telling, Map<String, Value> members) {
    for (var before : telling.previous()) {
      var now = Happening.find(before, telling.entity().attributes());
      if (now == null || !shows(before) || now.content().equals(before.content())) continue;
      var name = manner.context().name(before.name());
      var there = members.get(name);
      if (there != null) members.put(name, withPrevious(there, before));
    }
  }

  private Value withPrevious(Value there, Attribute before) {
    if (there instanceof Value.Items(var instances)
        && instances.stream().allMatch(one -> isInstance(one)))
      return new Value.Items(
          instances.stream()
              .map(one -> isOf(one, before.datasetId()) ? withPrevious(one, before) : one)
              .toList());
    if (!isInstance(there)) {
      // Concise: the bare value becomes an object that can hold both.
      var members = new LinkedHashMap<String, Value>();
      members.put("value", there);
      putPrevious(members, before);
      return new Value.Struct(members);
    }
    var members = members(there);
    putPrevious(members, before);
    return new Value.Struct(members);
  }

  private static boolean isInstance(Value value) {
    return value instanceof Value.Struct(var members) && Kind.of(members) != null;
  }

  private static boolean isOf(Value instance, @Nullable String datasetId) {
    return instance instanceof Value.Struct(var members)
        && (members.get("datasetId") instanceof Value.Text(var id)
            ? id.equals(datasetId)
            : datasetId == null);
  }

  private void putPrevious(Map<String, Value> members, @Nullable Attribute before) {
    if (before == null) return;
    var member = Kind.of(before.content()).member();
    members.put(
        "previous" + Character.toUpperCase(member.charAt(0)) + member.substring(1),
        said(before.content()));
  }

  private static void put(Map<String, Value> members, String name, @Nullable Instant at) {
    if (at != null) members.put(name, Value.of(at.toString()));
  }

  /// Clause 4.5.0.
  private static Value nothing(Content content) {
    return switch (content) {
      case Content.LanguageProperty _ -> new Value.Struct(Map.of("@none", NULL));
      case Content.ListProperty _, Content.ListRelationship _ -> new Value.Items(List.of(NULL));
      case Content.Property _,
          Content.GeoProperty _,
          Content.Relationship _,
          Content.VocabProperty _,
          Content.JsonProperty _ ->
          NULL;
    };
  }

  private Value said(Content content) {
    return switch (content) {
      case Content.Property(var value) -> value;
      case Content.GeoProperty(var place) -> place.geoJson();
      case Content.JsonProperty(var json) -> json;
      case Content.LanguageProperty(var texts) -> new Value.Struct(texts);
      case Content.ListProperty(var values) -> new Value.Items(values);
      case Content.Relationship(var objects, _, boolean many) -> one(objects, many);
      case Content.VocabProperty(var terms, boolean many) ->
          one(terms.stream().map(manner.context()::compact).toList(), many);
      // Table 5.2.37-1: bare URIs in the concise form.
      case Content.ListRelationship(var objects, _) ->
          manner.representation().format() == Format.CONCISE
              ? Value.of(objects)
              : new Value.Items(
                  objects.stream()
                      .<Value>map(object -> new Value.Struct(Map.of("object", Value.of(object))))
                      .toList());
    };
  }

  private static Value one(List<String> texts, boolean many) {
    return !many && texts.size() == 1 ? Value.of(texts.getFirst()) : Value.of(texts);
  }
}
