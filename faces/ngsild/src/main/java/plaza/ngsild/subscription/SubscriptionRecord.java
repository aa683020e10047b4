package plaza.ngsild.subscription;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Value;

/// A subscription as its tenant keeps it: the document as it was given, and with which context and
/// by whom.
///
/// @param kind what is subscribed to
/// @param branch the branch it watches
/// @param owner id of the actor who created it
/// @param context the `@context` the document's names are to be read with
/// @param origin where this server was reached when it was created
/// @param via the brokers its creation has passed, as its Via headers named them
/// @param createdAt null until written
record SubscriptionRecord(
    Kind kind,
    String id,
    String branch,
    String key,
    String owner,
    Value.Struct document,
    Value context,
    String origin,
    List<String> via,
    @Nullable Instant createdAt,
    @Nullable Instant modifiedAt,
    long version) {
  static final String OWNER = Names.PRIVATE + "owner";
  static final String BRANCH = Names.PRIVATE + "branch";
  private static final String ID = Names.PRIVATE + "subscriptionId";
  private static final String KEY = Names.PRIVATE + "lane";
  private static final String DOCUMENT = Names.PRIVATE + "document";
  private static final String CONTEXT = Names.PRIVATE + "context";
  private static final String VIA = Names.PRIVATE + "via";
  private static final String ORIGIN = Names.PRIVATE + "origin";

  /// Whether an entity is the record of a subscription.
  static boolean isOne(Entity entity) {
    return entity.is(Kind.ENTITIES.type) || entity.is(Kind.SOURCES.type);
  }

  static SubscriptionRecord of(Entity entity) {
    return new SubscriptionRecord(
        entity.is(Kind.SOURCES.type) ? Kind.SOURCES : Kind.ENTITIES,
        text(entity, ID),
        text(entity, BRANCH),
        text(entity, KEY),
        text(entity, OWNER),
        (Value.Struct) json(entity, DOCUMENT),
        json(entity, CONTEXT),
        entity.findText(ORIGIN).orElse(""),
        entity.findText(VIA).map(text -> List.of(text.split(", "))).orElse(List.of()),
        entity.createdAt(),
        entity.modifiedAt(),
        entity.version());
  }

  private static String text(Entity entity, String name) {
    return entity
        .findText(name)
        .orElseThrow(() -> new IllegalStateException(entity.id() + " has no " + name));
  }

  private static Value json(Entity entity, String name) {
    if (entity.find(name).map(Attribute::content).orElse(null)
        instanceof Content.JsonProperty(var json)) return json;
    throw new IllegalStateException(entity.id() + " has no " + name);
  }

  SubscriptionRecord with(Value.Struct newDocument, Value newContext) {
    return new SubscriptionRecord(
        kind,
        id,
        branch,
        key,
        owner,
        newDocument,
        newContext,
        origin,
        via,
        createdAt,
        modifiedAt,
        version);
  }

  String entityId() {
    return kind.entityId(branch, id);
  }

  Entity entity() {
    var attributes =
        new ArrayList<>(
            List.of(
                Attribute.of(ID, Value.of(id)),
                Attribute.of(BRANCH, Value.of(branch)),
                Attribute.of(KEY, Value.of(key)),
                Attribute.of(OWNER, Value.of(owner)),
                Attribute.of(ORIGIN, Value.of(origin)),
                Attribute.of(DOCUMENT, new Content.JsonProperty(document)),
                Attribute.of(CONTEXT, new Content.JsonProperty(context))));
    if (!via.isEmpty()) attributes.add(Attribute.of(VIA, Value.of(String.join(", ", via))));
    return Entity.of(entityId(), kind.type, attributes);
  }
}
