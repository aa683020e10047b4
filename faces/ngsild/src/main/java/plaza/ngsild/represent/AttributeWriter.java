package plaza.ngsild.represent;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.json.JsonWriter;
import plaza.ngsild.context.Context;

/// Writes instances of attributes.
final class AttributeWriter {
  private static final List<String> TELLING =
      List.of(
          "type",
          "@type",
          "value",
          "object",
          "languageMap",
          "vocab",
          "json",
          "valueList",
          "objectList",
          "observedAt",
          "unitCode",
          "datasetId",
          "expiresAt");

  private final Context context;
  private final Representation how;
  private final JsonWriter out;

  AttributeWriter(Context context, Representation how, JsonWriter out) {
    this.context = context;
    this.how = how;
    this.out = out;
  }

  /// An instance that stands alone under its name.
  ///
  /// @param inline writes what it links to; null leaves links as they are
  private void write(Attribute attribute, @Nullable Inline inline) {
    switch (how.format()) {
      case SIMPLIFIED -> simplified(attribute, inline);
      case CONCISE -> {
        if (isBare(attribute)) simplified(attribute.content());
        else object(attribute, null, needsType(attribute), inline);
      }
      case NORMALIZED -> object(attribute, null, true, inline);
    }
  }

  /// One of several instances.
  ///
  /// @param instanceId of an instance in a temporal evolution
  void writeOneOf(Attribute attribute, @Nullable String instanceId) {
    writeOneOf(attribute, instanceId, null);
  }

  private void writeOneOf(
      Attribute attribute, @Nullable String instanceId, @Nullable Inline inline) {
    boolean typed = how.format() == Representation.Format.NORMALIZED || needsType(attribute);
    object(attribute, instanceId, typed, inline);
  }

  /// Clause 4.5.2.3: a Property that says nothing but its value is that value, unless a reader
  /// would take the value for an attribute.
  private boolean isBare(Attribute attribute) {
    if (attribute.observedAt() != null
        || attribute.unitCode() != null
        || attribute.datasetId() != null
        || attribute.deletedAt() != null
        || how.system()
        || !attribute.subAttributes().isEmpty()) return false;
    return switch (attribute.content()) {
      case Content.Property(Value.Struct(var members)) ->
          TELLING.stream().noneMatch(members::containsKey);
      case Content.Property(Value.Items(var items)) ->
          items.stream().noneMatch(Value.Struct.class::isInstance);
      case Content.Property _, Content.GeoProperty _ -> true;
      case Content.LanguageProperty _ -> how.languages() == null;
      case Content.VocabProperty _, Content.JsonProperty _ -> true;
      case Content.Relationship _, Content.ListProperty _, Content.ListRelationship _ -> false;
    };
  }

  /// The kind can be inferred from the members, except for a Property that holds a geometry.
  private static boolean needsType(Attribute attribute) {
    return attribute.content() instanceof Content.Property(Value.Struct(var members))
        && members.containsKey("coordinates");
  }

  private void object(
      Attribute attribute, @Nullable String instanceId, boolean typed, @Nullable Inline inline) {
    out.startObject();
    var content = attribute.content();
    if (typed)
      out.member(
          "type",
          content instanceof Content.LanguageProperty && how.languages() != null
              ? "Property"
              : label(content));
    if (attribute.deletedAt() != null) deleted(content);
    else content(content);
    if (inline != null && attribute.deletedAt() == null) linked(attribute, inline);
    time("observedAt", attribute.observedAt());
    if (attribute.unitCode() != null) out.member("unitCode", attribute.unitCode());
    if (attribute.datasetId() != null) out.member("datasetId", attribute.datasetId());
    if (instanceId != null) out.member("instanceId", instanceId);
    subs(attribute.subAttributes());
    if (how.system()) {
      time("createdAt", attribute.createdAt());
      time("modifiedAt", attribute.modifiedAt());
      time("expiresAt", attribute.expiresAt());
    }
    time("deletedAt", attribute.deletedAt());
    out.endObject();
  }

  /// Clauses 4.5.3.2, 4.5.22.2: members that only answers have.
  private static void linked(Attribute attribute, Inline inline) {
    if (attribute.content() instanceof Content.Relationship(var objects, _, boolean many))
      inline.entity(attribute.name(), objects, many);
    else if (attribute.content() instanceof Content.ListRelationship(var objects, _))
      inline.entityList(attribute.name(), objects);
  }

  private void subs(List<Attribute> subs) {
    for (int i = 0; i < subs.size(); i++) {
      var sub = subs.get(i);
      if (sub.name().equals(Names.VALUE_TYPE)) {
        if (sub.content() instanceof Content.Property(Value.Text(var type)))
          out.member("valueType", context.compact(type));
        continue;
      }
      if (sub.name().equals(Names.INSTANCE_ID)) {
        if (sub.content() instanceof Content.Property(Value.Text(var id)))
          out.member("instanceId", id);
        continue;
      }
      if (isSealed(sub)) {
        out.name(sub.name().substring(Names.NGSI_LD.length()));
        sealed(sub);
        continue;
      }
      var instances = Grouping.instances(subs, i);
      if (instances.isEmpty()) continue;
      out.name(context.name(sub.name()));
      // Links of attributes about attributes stay as they are.
      writeAll(instances, null);
    }
  }

  /// Clause 5.2.5: `entityIdSealed` and `entityTypeSealed` of a proof are bare texts in every
  /// representation.
  private static boolean isSealed(Attribute sub) {
    return (sub.name().equals(Names.ENTITY_ID_SEALED)
            || sub.name().equals(Names.ENTITY_TYPE_SEALED))
        && sub.datasetId() == null
        && sub.content() instanceof Content.Property(Value.Text _);
  }

  private void sealed(Attribute sub) {
    if (!(sub.content() instanceof Content.Property(Value.Text(var text)))) return;
    out.text(sub.name().equals(Names.ENTITY_TYPE_SEALED) ? context.compact(text) : text);
  }

  void writeAll(List<Attribute> instances, @Nullable Inline inline) {
    if (instances.size() == 1) {
      write(instances.getFirst(), inline);
      return;
    }
    out.startArray();
    for (var instance : instances) writeOneOf(instance, null, inline);
    out.endArray();
  }

  static String label(Content content) {
    return switch (content) {
      case Content.Property _ -> "Property";
      case Content.Relationship _ -> "Relationship";
      case Content.GeoProperty _ -> "GeoProperty";
      case Content.LanguageProperty _ -> "LanguageProperty";
      case Content.VocabProperty _ -> "VocabProperty";
      case Content.JsonProperty _ -> "JsonProperty";
      case Content.ListProperty _ -> "ListProperty";
      case Content.ListRelationship _ -> "ListRelationship";
    };
  }

  private void content(Content content) {
    switch (content) {
      case Content.Property(var value) -> out.name("value").value(value);
      case Content.GeoProperty(var place) -> out.name("value").value(place.geoJson());
      case Content.JsonProperty(var json) -> out.name("json").value(json);
      case Content.Relationship(var objects, var types, boolean many) -> {
        out.name("object");
        texts(objects, many);
        objectType(types);
      }
      case Content.LanguageProperty(var texts) -> {
        var languages = how.languages();
        if (languages != null && !texts.isEmpty()) {
          var chosen = languages.choose(texts);
          out.name("value").value(chosen.getValue()).member("lang", chosen.getKey());
        } else out.name("languageMap").value(new Value.Struct(texts));
      }
      case Content.VocabProperty(var terms, boolean many) -> {
        out.name("vocab");
        texts(terms.stream().map(context::compact).toList(), many);
      }
      case Content.ListProperty(var values) -> out.name("valueList").value(new Value.Items(values));
      case Content.ListRelationship(var objects, var types) -> {
        out.name("objectList").startArray();
        for (var object : objects)
          if (how.format() == Representation.Format.CONCISE) out.text(object);
          else out.startObject().member("object", object).endObject();
        out.endArray();
        objectType(types);
      }
    }
  }

  private void objectType(List<String> types) {
    if (types.isEmpty()) return;
    out.name("objectType");
    texts(types.stream().map(context::name).toList(), types.size() > 1);
  }

  /// Clause 4.5.0: how a deleted attribute shows in its history.
  private void deleted(Content content) {
    switch (content) {
      case Content.Property _, Content.GeoProperty _ -> out.member("value", Names.NGSI_NULL);
      case Content.JsonProperty _ -> out.member("json", Names.NGSI_NULL);
      case Content.Relationship _ -> out.member("object", Names.NGSI_NULL);
      case Content.VocabProperty _ -> out.member("vocab", Names.NGSI_NULL);
      case Content.LanguageProperty _ ->
          out.name("languageMap").startObject().member("@none", Names.NGSI_NULL).endObject();
      case Content.ListProperty _ ->
          out.name("valueList").startArray().text(Names.NGSI_NULL).endArray();
      case Content.ListRelationship _ ->
          out.name("objectList").startArray().text(Names.NGSI_NULL).endArray();
    }
  }

  /// Clause 4.5.4, with linked entities in the place of their ids.
  void simplified(Attribute attribute, @Nullable Inline inline) {
    List<String> objects;
    boolean many;
    switch (attribute.content()) {
      case Content.Relationship relationship when inline != null -> {
        objects = relationship.objects();
        many = relationship.many() || objects.size() != 1;
      }
      case Content.ListRelationship list when inline != null -> {
        objects = list.objectList();
        many = true;
      }
      case Content content -> {
        simplified(content);
        return;
      }
    }
    if (many) out.startArray();
    for (var object : objects) inline.simplified(attribute.name(), object);
    if (many) out.endArray();
  }

  /// Clause 4.5.4.
  void simplified(Content content) {
    switch (content) {
      case Content.Property(var value) -> out.value(value);
      case Content.GeoProperty(var place) -> out.value(place.geoJson());
      case Content.Relationship(var objects, _, boolean many) -> texts(objects, many);
      case Content.ListRelationship(var objects, _) -> texts(objects, true);
      case Content.ListProperty(var values) -> out.value(new Value.Items(values));
      case Content.LanguageProperty(var texts) -> {
        var languages = how.languages();
        if (languages != null && !texts.isEmpty()) out.value(languages.choose(texts).getValue());
        else wrapped(content);
      }
      case Content.VocabProperty _, Content.JsonProperty _ -> wrapped(content);
    }
  }

  private void wrapped(Content content) {
    out.startObject();
    content(content);
    out.endObject();
  }

  private void texts(List<String> texts, boolean many) {
    if (!many && texts.size() == 1) {
      out.text(texts.getFirst());
      return;
    }
    out.startArray();
    texts.forEach(out::text);
    out.endArray();
  }

  private void time(String name, @Nullable Instant at) {
    if (at != null) out.member(name, at.toString());
  }
}
