package plaza.ngsild.subscription;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.graph.change.Change;
import plaza.ngsild.context.Context;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.parse.Reading;

/// An entity as the notification of another broker tells of it: what it is, what of it went, and
/// what was before (clause 5.8.6).
final class Arrival {
  private static final Value NULL = Value.of(Names.NGSI_NULL);
  private static final Set<String> MEMBERS =
      Set.of(
          "id",
          "@id",
          "type",
          "@type",
          "scope",
          "@context",
          "createdAt",
          "modifiedAt",
          "expiresAt",
          "deletedAt");

  private final Context context;
  private final Instant now;
  private final List<Attribute> deleted = new ArrayList<>();
  private final List<Attribute> previous = new ArrayList<>();

  private Arrival(Context context, Instant now) {
    this.context = context;
    this.now = now;
  }

  /// @throws plaza.graph.Refusal.Invalid when it is no entity
  static Telling of(Map<String, Value> document, Context context, Instant now) {
    return new Arrival(context, now).telling(document);
  }

  private Telling telling(Map<String, Value> document) {
    Map<String, Value> members = new LinkedHashMap<>();
    document.forEach((name, value) -> {
      var left = MEMBERS.contains(name) ? value : attribute(name, value);
      if (left != null && !name.equals("deletedAt")) members.put(name, left);
    });
    Entity entity =
        new EntityParser(Reading.answers(context, false)).answered(new Value.Struct(members));
    var kind = document.containsKey("deletedAt") ? Change.Kind.DELETED : Change.Kind.UPDATED;
    return new Telling(kind, entity, deleted, previous);
  }

  /// What is there of an attribute now; null for nothing.
  private @Nullable Value attribute(String name, Value value) {
    var iri = context.expand(name);
    if (!(value instanceof Value.Items(var instances))
        || instances.isEmpty()
        || !instances.stream().allMatch(Value.Struct.class::isInstance))
      return instance(iri, value);
    var left = new ArrayList<Value>();
    for (var instance : instances) {
      var there = instance(iri, instance);
      if (there != null) left.add(there);
    }
    return left.isEmpty() ? null : new Value.Items(left);
  }

  private @Nullable Value instance(String iri, Value value) {
    if (value.equals(NULL)) {
      deleted.add(Attribute.of(iri, NULL).deleted(now));
      return null;
    }
    if (!(value instanceof Value.Struct(var given))) return value;
    var datasetId = given.get("datasetId") instanceof Value.Text(var text) ? text : null;
    Map<String, Value> members = new LinkedHashMap<>(given);
    members
        .keySet()
        .removeIf(member -> {
          if (!member.startsWith("previous")) return false;
          var before = previous(member, given.get(member));
          if (before == null) return false;
          previous.add(attribute(iri, datasetId, before));
          return true;
        });
    if (!isGone(members)) return new Value.Struct(members);
    deleted.add(attribute(iri, datasetId, gone(members)).deleted(now));
    return null;
  }

  private static Attribute attribute(String iri, @Nullable String datasetId, Content content) {
    return new Attribute(iri, datasetId, content, null, null, List.of(), null, null, null, null);
  }

  private static boolean isGone(Map<String, Value> members) {
    for (var name : List.of("value", "object", "vocab", "json"))
      if (NULL.equals(members.get(name))) return true;
    for (var name : List.of("valueList", "objectList"))
      if (members.get(name) instanceof Value.Items(var items) && items.equals(List.of(NULL)))
        return true;
    return members.get("languageMap") instanceof Value.Struct(var texts)
        && texts.equals(Map.of("@none", NULL));
  }

  private static Content gone(Map<String, Value> members) {
    if (members.containsKey("object")) return new Content.Relationship(Names.NGSI_NULL);
    if (members.containsKey("languageMap"))
      return new Content.LanguageProperty(Map.of("@none", NULL));
    if (members.containsKey("vocab"))
      return new Content.VocabProperty(List.of(Names.NGSI_NULL), false);
    if (members.containsKey("json")) return new Content.JsonProperty(NULL);
    if (members.containsKey("valueList")) return new Content.ListProperty(List.of(NULL));
    if (members.containsKey("objectList"))
      return new Content.ListRelationship(List.of(Names.NGSI_NULL), List.of());
    return new Content.Property(NULL);
  }

  /// Null for a member that only looks like one of these.
  private @Nullable Content previous(String member, @Nullable Value value) {
    if (value == null) return null;
    return switch (member) {
      case "previousValue" -> new Content.Property(value);
      case "previousJson" -> new Content.JsonProperty(value);
      case "previousObject" ->
          new Content.Relationship(texts(value), List.of(), value instanceof Value.Items);
      case "previousVocab" ->
          new Content.VocabProperty(
              texts(value).stream().map(context::expand).toList(), value instanceof Value.Items);
      case "previousLanguageMap" ->
          value instanceof Value.Struct(var texts) ? new Content.LanguageProperty(texts) : null;
      case "previousValueList" ->
          value instanceof Value.Items(var items) ? new Content.ListProperty(items) : null;
      case "previousObjectList" ->
          value instanceof Value.Items(var items)
              ? new Content.ListRelationship(
                  items.stream().flatMap(Arrival::object).toList(), List.of())
              : null;
      default -> null;
    };
  }

  private static List<String> texts(Value value) {
    return value instanceof Value.Items(var items)
        ? items.stream().flatMap(Arrival::object).toList()
        : object(value).toList();
  }

  private static java.util.stream.Stream<String> object(Value value) {
    return switch (value) {
      case Value.Text(var text) -> java.util.stream.Stream.of(text);
      case Value.Struct(var members) when members.get("object") instanceof Value.Text(var text) ->
          java.util.stream.Stream.of(text);
      default -> java.util.stream.Stream.empty();
    };
  }
}
