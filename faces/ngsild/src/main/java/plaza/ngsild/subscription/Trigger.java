package plaza.ngsild.subscription;

import java.util.EnumSet;
import java.util.Set;
import plaza.graph.Refusal;

/// Which kinds of change a subscriber wants to hear of (clause 5.2.12, `notificationTrigger`).
enum Trigger {
  ENTITY_CREATED,
  ENTITY_DELETED,
  ATTRIBUTE_CREATED,
  ATTRIBUTE_UPDATED,
  ATTRIBUTE_DELETED;

  static final Set<Trigger> DEFAULT = EnumSet.of(ATTRIBUTE_CREATED, ATTRIBUTE_UPDATED);

  /// `entityUpdated` stands for all changes of attributes.
  static Set<Trigger> named(String name) {
    return switch (name) {
      case "entityCreated" -> EnumSet.of(ENTITY_CREATED);
      case "entityUpdated" -> EnumSet.of(ATTRIBUTE_CREATED, ATTRIBUTE_UPDATED, ATTRIBUTE_DELETED);
      case "entityDeleted" -> EnumSet.of(ENTITY_DELETED);
      case "attributeCreated" -> EnumSet.of(ATTRIBUTE_CREATED);
      case "attributeUpdated" -> EnumSet.of(ATTRIBUTE_UPDATED);
      case "attributeDeleted" -> EnumSet.of(ATTRIBUTE_DELETED);
      default ->
          throw new Refusal.Invalid(
              "notificationTrigger must be entityCreated, entityUpdated, entityDeleted,"
                  + " attributeCreated, attributeUpdated or attributeDeleted, not '"
                  + name
                  + "'");
    };
  }
}
