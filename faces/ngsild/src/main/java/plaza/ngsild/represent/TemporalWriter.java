package plaza.ngsild.represent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.json.JsonWriter;
import plaza.ledger.store.Position;
import plaza.ledger.store.Recorded;
import plaza.ngsild.context.Context;

/// Writes the evolution of entities (clauses 4.5.6 to 4.5.9).
public final class TemporalWriter {
  private final Context context;
  private final Representation how;
  private final JsonWriter out;
  private final AttributeWriter attributes;

  public TemporalWriter(Context context, Representation how, JsonWriter out) {
    this.context = context;
    this.how = how;
    this.out = out;
    this.attributes = new AttributeWriter(context, how, out);
  }

  /// Writes what stands before the attributes.
  public void start(Entity entity) {
    out.startObject();
    if (how.projection().shows("id")) out.member("id", entity.id());
    if (how.projection().shows("type")) {
      out.name("type");
      EntityWriter.types(entity.types(), context, out);
    }
    if (!how.system()) return;
    time("createdAt", entity.createdAt());
    time("modifiedAt", entity.modifiedAt());
  }

  public void end(boolean withContext) {
    if (withContext) out.name("@context").value(context.source());
    out.endObject();
  }

  public void name(String attribute) {
    out.name(context.name(attribute));
  }

  /// All instances of one attribute, as they were.
  public void instances(String name, List<Recorded> history) {
    name(name);
    out.startArray();
    for (var one : history)
      attributes.writeOneOf(
          one.attribute(),
          // What another server recorded brings its own along.
          one.position().equals(Position.START) ? null : one.instanceId());
    out.endArray();
  }

  /// The values of one attribute with their times (clause 4.5.9).
  ///
  /// @param time by which clock an instance is placed
  public void values(
      String name, List<Recorded> history, Function<Attribute, @Nullable Instant> time) {
    name(name);
    values(history, time);
  }

  private void values(List<Recorded> history, Function<Attribute, @Nullable Instant> time) {
    var groups = new LinkedHashMap<String, List<Attribute>>();
    for (var one : history) {
      var datasetId = one.attribute().datasetId();
      groups
          .computeIfAbsent(datasetId == null ? "" : datasetId, _ -> new ArrayList<>())
          .add(one.attribute());
    }
    if (groups.size() > 1) out.startArray();
    for (var group : groups.entrySet()) values(group, time);
    if (groups.size() > 1) out.endArray();
  }

  private void values(
      Map.Entry<String, List<Attribute>> group, Function<Attribute, @Nullable Instant> time) {
    var first = group.getValue().getFirst().content();
    boolean inOneLanguage = first instanceof Content.LanguageProperty && how.languages() != null;
    out.startObject().member("type", inOneLanguage ? "Property" : AttributeWriter.label(first));
    if (!group.getKey().isEmpty()) out.member("datasetId", group.getKey());
    out.name(inOneLanguage ? "values" : plural(first)).startArray();
    for (var instance : group.getValue()) {
      var at = time.apply(instance);
      if (at == null) continue;
      out.startArray();
      if (instance.deletedAt() != null) out.text(Names.NGSI_NULL);
      else attributes.simplified(instance.content());
      out.text(at.toString()).endArray();
    }
    out.endArray().endObject();
  }

  private static String plural(Content content) {
    return switch (content) {
      case Content.Property _, Content.GeoProperty _ -> "values";
      case Content.Relationship _ -> "objects";
      case Content.LanguageProperty _ -> "languageMaps";
      case Content.VocabProperty _ -> "vocabs";
      case Content.JsonProperty _ -> "jsons";
      case Content.ListProperty _ -> "valueLists";
      case Content.ListRelationship _ -> "objectLists";
    };
  }

  /// Clause 4.5.6: how the scopes changed, as instances or as values with times.
  public void scopes(
      List<Recorded> history, boolean asValues, Function<Attribute, @Nullable Instant> time) {
    if (history.isEmpty()) return;
    out.name("scope");
    if (asValues) values(history, time);
    else {
      out.startArray();
      for (var one : history) attributes.writeOneOf(one.attribute(), one.instanceId());
      out.endArray();
    }
  }

  /// The scopes there are, of an entity whose history does not know of them.
  public void scope(Entity entity) {
    if (entity.scopes().isEmpty() || !how.projection().shows("scope")) return;
    out.name("scope").startArray().startObject().member("type", "Property").name("value");
    if (entity.scopes().size() == 1) out.text(entity.scopes().getFirst());
    else {
      out.startArray();
      entity.scopes().forEach(out::text);
      out.endArray();
    }
    out.endObject().endArray();
  }

  private void time(String name, @Nullable Instant at) {
    if (at != null && how.projection().shows(name)) out.member(name, at.toString());
  }
}
