package plaza.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Slot;
import plaza.ledger.store.Span;
import plaza.ledger.store.Store;

/// What an entity is at an address: reads a branch through to its parents, and the past from
/// history.
final class Layers {
  private final Store store;
  private final Branches branches;

  Layers(Store store, Branches branches) {
    this.store = store;
    this.branches = branches;
  }

  Optional<Entity> now(Layer layer, String entityId) {
    return now(layer, entityId, store::find);
  }

  /// @param slots where to look first, such as what a group of writes has done so far
  Optional<Entity> now(
      Layer layer, String entityId, BiFunction<Layer, String, Optional<Slot>> slots) {
    var slot = slots.apply(layer, entityId);
    if (slot.isPresent())
      return slot.get() instanceof Slot.Present(var entity)
          ? Optional.of(entity)
          : Optional.empty();
    if (layer.isMain()) return Optional.empty();
    var branch = branches.get(layer);
    return branch.asOf() == null
        ? now(branch.parent(), entityId, slots)
        : past(branch.parent(), entityId, branch.asOf(), branch.forkedAt());
  }

  Optional<Entity> past(Layer layer, String entityId, Instant at) {
    return past(layer, entityId, at, new Position(Long.MAX_VALUE));
  }

  /// The last known form of an entity, present or gone.
  Optional<Slot> latest(Layer layer, String entityId) {
    var slot = store.find(layer, entityId);
    if (slot.isPresent() || layer.isMain()) return slot;
    return latest(branches.get(layer).parent(), entityId);
  }

  private Optional<Entity> past(Layer layer, String entityId, Instant at, Position upTo) {
    var slot = latest(layer, entityId);
    return slot.isEmpty() ? Optional.empty() : past(layer, slot.get(), at, upTo);
  }

  /// The entity of a slot as it was at a moment: of each instance the last one known by then. Facts
  /// without a time of observation, such as a name, hold from before they were first written.
  Optional<Entity> past(Layer layer, Slot slot, Instant at, Position upTo) {
    var entity = slot.entity();
    if (slot instanceof Slot.Gone
        && entity.modifiedAt() != null
        && !entity.modifiedAt().isAfter(at)) return Optional.empty();
    var attributes = new ArrayList<Attribute>();
    boolean known = false;
    for (var name : historyAttributes(layer, entity.id())) {
      for (var instance : instancesAt(layer, entity.id(), name, at, upTo)) {
        known = true;
        if (instance.deletedAt() == null) attributes.add(instance);
      }
    }
    // An entity without attributes has no history; its own times must do.
    if (!known
        && (entity.createdAt() == null
            || entity.createdAt().isAfter(at)
            || entity.version() > upTo.number())) return Optional.empty();
    return Optional.of(entity.with(attributes));
  }

  private List<Attribute> instancesAt(
      Layer layer, String entityId, String name, Instant at, Position upTo) {
    var newest = new HashMap<@Nullable String, Recorded>();
    var span = Span.between(null, at.plusNanos(1000));
    for (var one : history(layer, entityId, name, span, true, 64, upTo))
      newest.putIfAbsent(one.attribute().datasetId(), one);
    if (newest.isEmpty())
      for (var one : history(layer, entityId, name, Span.ALWAYS, false, 1, upTo))
        if (one.attribute().observedAt() == null) newest.put(one.attribute().datasetId(), one);
    return newest.values().stream().map(Recorded::attribute).toList();
  }

  List<Recorded> history(
      Layer layer, String entityId, String name, Span span, boolean newestFirst, int limit) {
    return history(layer, entityId, name, span, newestFirst, limit, new Position(Long.MAX_VALUE));
  }

  private List<Recorded> history(
      Layer layer,
      String entityId,
      String name,
      Span span,
      boolean newestFirst,
      int limit,
      Position upTo) {
    if (layer.isMain() && upTo.number() == Long.MAX_VALUE)
      return store.history(layer, entityId, name, span, newestFirst, limit);
    var found =
        new ArrayList<>(
            visible(store.history(layer, entityId, name, span, newestFirst, limit), upTo));
    if (!layer.isMain()) {
      var branch = branches.get(layer);
      var asOf = branch.asOf();
      history(branch.parent(), entityId, name, span, newestFirst, limit, branch.forkedAt()).stream()
          .filter(one -> asOf == null || !one.attribute().eventTime().isAfter(asOf))
          .forEach(found::add);
    }
    var order =
        Comparator.comparing((Recorded one) -> one.attribute().eventTime())
            .thenComparing(Recorded::position)
            .thenComparingInt(Recorded::index);
    found.sort(newestFirst ? order.reversed() : order);
    return found.size() <= limit ? found : found.subList(0, limit);
  }

  private static List<Recorded> visible(List<Recorded> found, Position upTo) {
    return upTo.number() == Long.MAX_VALUE
        ? found
        : found.stream().filter(one -> one.position().compareTo(upTo) <= 0).toList();
  }

  java.util.Set<String> historyAttributes(Layer layer, String entityId) {
    var names = new java.util.TreeSet<>(store.historyAttributes(layer, entityId));
    if (!layer.isMain()) names.addAll(historyAttributes(branches.get(layer).parent(), entityId));
    return names;
  }
}
