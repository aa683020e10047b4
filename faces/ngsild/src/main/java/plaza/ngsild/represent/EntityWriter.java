package plaza.ngsild.represent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.json.JsonWriter;
import plaza.ngsild.context.Context;

/// Writes entities in one representation, with names compacted by one context.
///
/// This is the call that faces, notifications and exports share.
public final class EntityWriter {
  private static final int FEW = 24;

  private final Context context;
  private final Representation how;
  private final JsonWriter out;
  private final AttributeWriter attributes;
  private final LinkedEntities linked;
  private final @Nullable Inline outer;

  public EntityWriter(Context context, Representation how, JsonWriter out) {
    this(context, how, out, LinkedEntities.NONE);
  }

  /// @param linked what is written in line, when it is to be
  public EntityWriter(Context context, Representation how, JsonWriter out, LinkedEntities linked) {
    this(context, how, out, linked, null);
  }

  EntityWriter(
      Context context,
      Representation how,
      JsonWriter out,
      LinkedEntities linked,
      @Nullable Inline outer) {
    this.linked = linked;
    this.outer = outer;
    this.context = context;
    this.how = how;
    this.out = out;
    this.attributes = new AttributeWriter(context, how, out);
  }

  /// @param withContext whether the document carries its `@context` (application/ld+json)
  public void write(Entity entity, boolean withContext) {
    out.startObject();
    if (how.projection().shows("id")) out.member("id", entity.id());
    types(entity);
    body(entity);
    if (withContext) context();
    out.endObject();
  }

  /// As a GeoJSON Feature (clauses 4.5.16.2, 4.5.17.1).
  ///
  /// @param geometryProperty expanded name of the GeoProperty whose value becomes the geometry
  public void writeFeature(Entity entity, String geometryProperty, boolean withContext) {
    out.startObject();
    out.member("id", entity.id());
    out.member("type", "Feature");
    out.name("geometry");
    var place = place(entity, geometryProperty);
    if (place == null) out.nothing();
    else out.value(place.geoJson());
    out.name("properties").startObject();
    types(entity);
    body(entity);
    out.endObject();
    if (withContext) context();
    out.endObject();
  }

  /// The member `@context`.
  public void context() {
    out.name("@context").value(context.source());
  }

  private @Nullable GeoValue place(Entity entity, String name) {
    for (var attribute : entity.attributes())
      if (attribute.name().equals(name)
          && how.shows(attribute.datasetId())
          && (attribute.datasetId() == null || how.datasetIds() != null)
          && attribute.content() instanceof Content.GeoProperty(var place)) return place;
    return null;
  }

  private void types(Entity entity) {
    if (!how.projection().shows("type")) return;
    out.name("type");
    types(entity.types(), context, out);
  }

  static void types(List<String> types, Context context, JsonWriter out) {
    if (types.size() == 1) {
      out.text(context.name(types.getFirst()));
      return;
    }
    out.startArray();
    for (var type : types) out.text(context.name(type));
    out.endArray();
  }

  private void body(Entity entity) {
    scopes(entity.scopes());
    var inline =
        linked.join().isInline() ? new Inline(context, how, out, linked, outer, entity.id()) : null;
    var all = entity.attributes();
    if (all.size() <= FEW)
      for (int i = 0; i < all.size(); i++) {
        if (how.projection().shows(all.get(i).name()) && !Names.isPrivate(all.get(i).name()))
          member(all.get(i).name(), Grouping.instances(all, i), inline);
      }
    else byName(all).forEach((name, instances) -> member(name, instances, inline));
    if (!how.system()) return;
    time("createdAt", entity.createdAt());
    time("modifiedAt", entity.modifiedAt());
    time("expiresAt", entity.expiresAt());
  }

  private Map<String, List<Attribute>> byName(List<Attribute> all) {
    var groups = new LinkedHashMap<String, List<Attribute>>();
    for (var attribute : all)
      if (how.projection().shows(attribute.name()) && !Names.isPrivate(attribute.name()))
        groups.computeIfAbsent(attribute.name(), _ -> new ArrayList<>(1)).add(attribute);
    return groups;
  }

  private void scopes(List<String> scopes) {
    if (scopes.isEmpty() || !how.projection().shows("scope")) return;
    out.name("scope");
    if (scopes.size() == 1) {
      out.text(scopes.getFirst());
      return;
    }
    out.startArray();
    scopes.forEach(out::text);
    out.endArray();
  }

  private void member(String name, List<Attribute> instances, @Nullable Inline inline) {
    if (instances.isEmpty()) return;
    var shown =
        how.datasetIds() == null
            ? instances
            : instances.stream().filter(one -> how.shows(one.datasetId())).toList();
    if (shown.isEmpty()) return;
    out.name(context.name(name));
    boolean alone = shown.size() == 1;
    if (how.format() == Representation.Format.SIMPLIFIED
        && !(alone && (shown.getFirst().datasetId() == null || how.datasetIds() != null)))
      datasets(shown, inline);
    else attributes.writeAll(shown, inline);
  }

  /// Clause 4.5.4: several instances, by datasetId.
  private void datasets(List<Attribute> instances, @Nullable Inline inline) {
    out.startObject().name("dataset").startObject();
    for (var instance : instances) {
      out.name(instance.datasetId() == null ? "@none" : instance.datasetId());
      attributes.simplified(instance, inline);
    }
    out.endObject().endObject();
  }

  private void time(String name, @Nullable Instant at) {
    if (at != null && how.projection().shows(name)) out.member(name, at.toString());
  }
}
