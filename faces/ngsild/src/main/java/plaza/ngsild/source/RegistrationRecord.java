package plaza.ngsild.source;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Value;

/// A registration as its tenant keeps it.
///
/// @param document its names are expanded
/// @param context the `@context` it was registered with
/// @param createdAt null until written
record RegistrationRecord(
    String id,
    Value.Struct document,
    Value context,
    @Nullable Instant createdAt,
    @Nullable Instant modifiedAt,
    long version) {
  static final String TYPE = Names.PRIVATE + "ContextSourceRegistration";
  private static final String ID = Names.PRIVATE + "registrationId";
  static final String DOCUMENT = Names.PRIVATE + "document";
  private static final String CONTEXT = Names.PRIVATE + "context";

  /// Of its own, so that a registration and an entity may have the same identifier.
  static String entityId(String id) {
    return "urn:plaza:registration:" + id;
  }

  static RegistrationRecord of(String id, Value.Struct document, Value context) {
    return new RegistrationRecord(id, document, context, null, null, 0);
  }

  static RegistrationRecord of(Entity entity) {
    return new RegistrationRecord(
        entity
            .findText(ID)
            .orElseThrow(() -> new IllegalStateException(entity.id() + " has no id of its own")),
        (Value.Struct) json(entity, DOCUMENT),
        json(entity, CONTEXT),
        entity.createdAt(),
        entity.modifiedAt(),
        entity.version());
  }

  private static Value json(Entity entity, String name) {
    if (entity.find(name).map(Attribute::content).orElse(null)
        instanceof Content.JsonProperty(var json)) return json;
    throw new IllegalStateException(entity.id() + " has no " + name);
  }

  RegistrationRecord with(Value.Struct newDocument) {
    return new RegistrationRecord(id, newDocument, context, createdAt, modifiedAt, version);
  }

  Entity entity() {
    return Entity.of(
        entityId(id),
        TYPE,
        List.of(
            Attribute.of(ID, Value.of(id)),
            Attribute.of(DOCUMENT, new Content.JsonProperty(document)),
            Attribute.of(CONTEXT, new Content.JsonProperty(context))));
  }

  Registration understood() {
    return RegistrationParser.parse(id, document, context);
  }
}
