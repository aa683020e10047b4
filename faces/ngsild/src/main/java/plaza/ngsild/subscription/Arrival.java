package plaza.ngsild.subscription;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.graph.change.Change;
import plaza.ngsild.context.Context;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.parse.Kind;
import plaza.ngsild.parse.Reading;
import plaza.ngsild.parse.Rewriting;

/// An entity as the notification of another broker tells of it: what it is, what of it went, and
/// what was before (clause 5.8.6).
final class Arrival extends Rewriting {
  private static final Value NULL = Value.of(Names.NGSI_NULL);
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
    var entity = new EntityParser(Reading.answers(context, false)).answered(entity(document));
    var kind = document.containsKey("deletedAt") ? Change.Kind.DELETED : Change.Kind.UPDATED;
    return new Telling(kind, entity, deleted, previous);
  }

  @Override
  protected void ofEntity(String member, Value value, Map<String, Value> entity) {
    if (!member.equals("deletedAt")) entity.put(member, value);
  }

  @Override
  protected @Nullable Value bare(String name, Value value) {
    if (!value.equals(NULL)) return value;
    deleted.add(Attribute.of(context.expand(name), NULL).deleted(now));
    return null;
  }

  @Override
  protected @Nullable Value instance(String name, Map<String, Value> members, Kind kind) {
    var iri = context.expand(name);
    var datasetId =
        members.get("datasetId") instanceof Value.Text(var text) ? context.expandId(text) : null;
    var now = new LinkedHashMap<>(members);
    members.forEach((member, value) -> {
      var before = member.startsWith("previous") ? previous(member, value) : null;
      if (before == null) return;
      now.remove(member);
      previous.add(attribute(iri, datasetId, before));
    });
    if (!kind.isDeletion(members)) return new Value.Struct(now);
    deleted.add(attribute(iri, datasetId, gone(kind)).deleted(this.now));
    return null;
  }

  private static Attribute attribute(String iri, @Nullable String datasetId, Content content) {
    return new Attribute(iri, datasetId, content, null, null, List.of(), null, null, null, null);
  }

  private static Content gone(Kind kind) {
    return switch (kind) {
      case PROPERTY, GEO_PROPERTY -> new Content.Property(NULL);
      case RELATIONSHIP -> new Content.Relationship(Names.NGSI_NULL);
      case LANGUAGE_PROPERTY -> new Content.LanguageProperty(Map.of("@none", NULL));
      case VOCAB_PROPERTY -> new Content.VocabProperty(List.of(Names.NGSI_NULL), false);
      case JSON_PROPERTY -> new Content.JsonProperty(NULL);
      case LIST_PROPERTY -> new Content.ListProperty(List.of(NULL));
      case LIST_RELATIONSHIP -> new Content.ListRelationship(List.of(Names.NGSI_NULL), List.of());
    };
  }

  /// Null for a member that only looks like one of these.
  private @Nullable Content previous(String member, Value value) {
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

  private static Stream<String> object(Value value) {
    return switch (value) {
      case Value.Text(var text) -> Stream.of(text);
      case Value.Struct(var members) when members.get("object") instanceof Value.Text(var text) ->
          Stream.of(text);
      default -> Stream.empty();
    };
  }
}
