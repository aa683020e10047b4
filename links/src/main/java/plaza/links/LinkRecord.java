package plaza.links;

import java.util.List;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Value;

/// A link's definition as an entity of the system tenant. Its type and attributes are private: a
/// definition may hold passwords.
record LinkRecord(LinkDefinition definition, boolean paused, String createdBy) {
  static final String TYPE = Names.PRIVATE + "Link";
  private static final String DEFINITION = Names.PRIVATE + "linkDefinition";
  private static final String PAUSED = Names.PRIVATE + "linkPaused";
  private static final String CREATED_BY = Names.PRIVATE + "linkCreatedBy";

  static LinkRecord read(Entity entity) {
    return new LinkRecord(
        LinkDefinition.read(entity.findValue(DEFINITION).orElse(Value.Null.VALUE)),
        entity.findValue(PAUSED).filter(Value.of(true)::equals).isPresent(),
        entity.findText(CREATED_BY).orElse(""));
  }

  Entity write() {
    return Entity.of(
        definition.id(),
        TYPE,
        List.of(
            Attribute.of(DEFINITION, definition.write()),
            Attribute.of(PAUSED, Value.of(paused)),
            Attribute.of(CREATED_BY, Value.of(createdBy))));
  }

  LinkRecord paused(boolean nowPaused) {
    return new LinkRecord(definition, nowPaused, createdBy);
  }
}
