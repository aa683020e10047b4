package plaza.ngsild.subscription;

import java.util.List;
import java.util.Set;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.query.Evaluator;
import plaza.graph.query.Neighbours;
import plaza.graph.query.Query;
import plaza.graph.query.Selector;

/// What a subscriber watches (clauses 5.2.12, 5.8.6).
///
/// @param query which entities: selectors, q, geoQ and scopeQ
/// @param attributes expanded names of the watched attributes; empty for all
record Watch(Query query, Set<String> attributes, Set<Trigger> triggers) {
  Watch {
    attributes = Set.copyOf(attributes);
    triggers = Set.copyOf(triggers);
  }

  /// @param neighbours where the links lead that the query follows
  boolean accepts(Happening happening, Neighbours neighbours) {
    return wakes(happening) && isMetBy(happening.entity(), neighbours);
  }

  /// What takes too long to tell is not met: nobody is there to hear of it, and other subscribers
  /// must not wait for it.
  boolean isMetBy(Entity entity, Neighbours neighbours) {
    try {
      return Evaluator.matches(query, entity, neighbours);
    } catch (Refusal.TooLarge tooLongToTell) {
      return false;
    }
  }

  /// Whether it may be accepted once it is known what others know of the entity.
  boolean mayAccept(Happening happening) {
    return wakes(happening)
        && (query.selectors().isEmpty()
            || query.selectors().stream()
                .anyMatch(selector -> isMetBy(selector, happening.entity())));
  }

  private static boolean isMetBy(Selector selector, Entity entity) {
    try {
      return Evaluator.matches(selector, entity);
    } catch (Refusal.TooLarge tooLongToTell) {
      return false;
    }
  }

  private boolean wakes(Happening happening) {
    return switch (happening.kind()) {
      case CREATED ->
          (triggers.contains(Trigger.ENTITY_CREATED)
                  && holdsWatched(happening.entity().attributes()))
              || wakesByAttribute(happening);
      case UPDATED -> wakesByAttribute(happening);
      case DELETED ->
          triggers.contains(Trigger.ENTITY_DELETED)
              && holdsWatched(happening.entity().attributes());
    };
  }

  private boolean wakesByAttribute(Happening happening) {
    return wakes(Trigger.ATTRIBUTE_CREATED, happening.created())
        || wakes(Trigger.ATTRIBUTE_UPDATED, happening.updated())
        || wakes(Trigger.ATTRIBUTE_DELETED, happening.deleted());
  }

  private boolean wakes(Trigger trigger, List<Attribute> instances) {
    return !instances.isEmpty() && triggers.contains(trigger) && containsWatched(instances);
  }

  private boolean holdsWatched(List<Attribute> instances) {
    return attributes.isEmpty() || containsWatched(instances);
  }

  private boolean containsWatched(List<Attribute> instances) {
    if (attributes.isEmpty()) return true;
    for (var instance : instances) if (attributes.contains(instance.name())) return true;
    return false;
  }
}
