package plaza.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Scopes;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Slot;
import plaza.ledger.store.Span;
import plaza.ledger.store.Store;

/// What an entity is at an address: reads a branch through to its parents, and the past from
/// history.
final class Layers {
  static final Position NO_END = new Position(Long.MAX_VALUE);

  private static final int MOST_ROWS_FOR_A_MOMENT = 30_000;
  static final Comparator<Recorded> BY_TIME =
      Comparator.comparing((Recorded one) -> one.attribute().eventTime())
          .thenComparing(Recorded::position)
          .thenComparingInt(Recorded::index);

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
    var parent = branch.parent();
    if (parent == null) return Optional.empty();
    return branch.asOf() == null
        ? now(parent, entityId, slots).filter(branch::inherits)
        : past(parent, entityId, branch.asOf(), branch.forkedAt());
  }

  Optional<Entity> past(Layer layer, String entityId, Instant at) {
    return past(layer, entityId, at, NO_END);
  }

  /// The last form of an entity that the layer knows, present or gone.
  Optional<Slot> latest(Layer layer, String entityId) {
    var slot = store.find(layer, entityId);
    if (slot.isPresent() || layer.isMain()) return slot;
    var branch = branches.get(layer);
    var parent = branch.parent();
    if (parent == null) return Optional.empty();
    if (branch.asOf() != null) {
      var then = past(parent, entityId, branch.asOf(), branch.forkedAt());
      if (then.isPresent()) return then.map(Slot.Present::new);
    }
    return latest(parent, entityId)
        .filter(found -> branch.inherits(found.entity()))
        .filter(found -> branch.asOf() == null || found instanceof Slot.Gone);
  }

  private Optional<Entity> past(Layer layer, String entityId, Instant at, Position upTo) {
    // Whatever became of it later: types and scopes have no history.
    var slot = store.find(layer, entityId);
    if (slot.isPresent()) return past(layer, slot.get(), at, upTo);
    if (layer.isMain()) return Optional.empty();
    var branch = branches.get(layer);
    var parent = branch.parent();
    if (parent == null) return Optional.empty();
    return branch.asOf() == null
        ? latest(layer, entityId).flatMap(found -> past(layer, found, at, upTo))
        : past(parent, entityId, min(at, branch.asOf()), branch.forkedAt());
  }

  private static Instant min(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /// The entity of a slot as it was at a moment: of each instance the last one known by then. Facts
  /// without a time of observation, such as a name, hold from before they were first written.
  Optional<Entity> past(Layer layer, Slot slot, Instant at, Position upTo) {
    var entity = slot.entity();
    if (slot instanceof Slot.Gone
        && entity.modifiedAt() != null
        && entity.version() <= upTo.number()
        && !entity.modifiedAt().isAfter(at)) return Optional.empty();
    var attributes = new ArrayList<Attribute>();
    var scopes = entity.scopes();
    for (var name : historyAttributes(layer, entity.id()))
      if (name.equals(Names.SCOPE)) scopes = scopesAt(layer, entity, at, upTo);
      else attributes.addAll(instancesAt(layer, entity, name, at, upTo));
    // Without attributes there is no history; its own times must do.
    boolean unborn = entity.createdAt() == null || entity.createdAt().isAfter(at);
    return attributes.isEmpty() && (unborn || entity.version() > upTo.number())
        ? Optional.empty()
        : Optional.of(entity.with(attributes).scoped(scopes));
  }

  /// The last scopes known by then; before the first, those.
  private List<String> scopesAt(Layer layer, Entity entity, Instant at, Position upTo) {
    var span = Span.between(null, at.plusNanos(1_000));
    Predicate<Recorded> known = one -> isUpTo(one, upTo);
    var last = history(layer, entity.id(), Names.SCOPE, span, true, 1, known);
    if (last.isEmpty())
      last = history(layer, entity.id(), Names.SCOPE, Span.ALWAYS, false, 1, known);
    return last.isEmpty() ? entity.scopes() : Scopes.of(last.getFirst().attribute());
  }

  private List<Attribute> instancesAt(
      Layer layer, Entity entity, String name, Instant at, Position upTo) {
    var span = Span.between(null, at.plusNanos(1_000));
    // A deletion lies at the time of what it deleted, and counts from when it was done.
    Predicate<Recorded> known =
        one -> isUpTo(one, upTo) && !isAfter(one.attribute().deletedAt(), at);
    var newest = new LinkedHashMap<@Nullable String, Recorded>();
    for (int asked = 8; ; asked *= 8) {
      var found = history(layer, entity.id(), name, span, true, asked, known);
      for (var one : found) newest.putIfAbsent(one.attribute().datasetId(), one);
      boolean several = newest.size() > 1 || entity.instances(name).size() > 1;
      if (found.size() < asked || !several || asked > MOST_ROWS_FOR_A_MOMENT) break;
    }
    if (newest.isEmpty())
      for (var one : history(layer, entity.id(), name, Span.ALWAYS, false, 1, known))
        if (one.attribute().observedAt() == null) newest.put(one.attribute().datasetId(), one);
    return newest.values().stream()
        .map(Recorded::attribute)
        .filter(instance -> instance.deletedAt() == null)
        .toList();
  }

  private static boolean isUpTo(Recorded one, Position upTo) {
    return one.position().compareTo(upTo) <= 0;
  }

  private static boolean isAfter(@Nullable Instant time, Instant at) {
    return time != null && time.isAfter(at);
  }

  /// @param shows which instances count; the others do not use up the limit
  List<Recorded> history(
      Layer layer,
      String entityId,
      String name,
      Span span,
      boolean newestFirst,
      int limit,
      Predicate<Recorded> shows) {
    var own = ofLayer(layer, entityId, name, span, newestFirst, limit, shows);
    if (layer.isMain()) return own;
    var branch = branches.get(layer);
    var parent = branch.parent();
    if (parent == null) return own;
    var inherited = inherited(branch, entityId);
    var found = new ArrayList<>(own);
    found.addAll(
        history(
            parent,
            entityId,
            name,
            span,
            newestFirst,
            limit,
            one -> inherited.test(one) && shows.test(one)));
    found.sort(newestFirst ? BY_TIME.reversed() : BY_TIME);
    return found.size() <= limit ? found : found.subList(0, limit);
  }

  /// Which of its parent's instances a branch has: what was there at the fork and is not erased
  /// here.
  private Predicate<Recorded> inherited(Branch branch, String entityId) {
    var asOf = branch.asOf();
    var erased = store.erased(branch.layer(), entityId);
    return one ->
        isUpTo(one, branch.forkedAt())
            && (asOf == null || !one.attribute().eventTime().isAfter(asOf))
            && !erased.test(one);
  }

  /// The instance that was recorded at a place.
  Optional<Recorded> findRecorded(Layer layer, String entityId, String name, Recorded.Place place) {
    var own = store.findRecorded(layer, entityId, name, place);
    if (own.isPresent() || layer.isMain()) return own;
    var branch = branches.get(layer);
    var parent = branch.parent();
    return parent == null
        ? Optional.empty()
        : findRecorded(parent, entityId, name, place).filter(inherited(branch, entityId));
  }

  private List<Recorded> ofLayer(
      Layer layer,
      String entityId,
      String name,
      Span span,
      boolean newestFirst,
      int limit,
      Predicate<Recorded> shows) {
    for (int asked = limit;
        ;
        asked = asked > Integer.MAX_VALUE / 4 ? Integer.MAX_VALUE : asked * 4) {
      var found = store.history(layer, entityId, name, span, newestFirst, asked);
      var shown = found.stream().filter(shows).limit(limit).toList();
      if (shown.size() >= limit || found.size() < asked) return shown;
    }
  }

  java.util.Set<String> historyAttributes(Layer layer, String entityId) {
    var names = new java.util.TreeSet<>(store.historyAttributes(layer, entityId));
    if (layer.isMain()) return names;
    var parent = branches.get(layer).parent();
    if (parent != null) names.addAll(historyAttributes(parent, entityId));
    return names;
  }

  /// What is deleted and was erased in a branch keeps its place there, to hide the parent's.
  boolean hasRecords(Layer layer, Slot slot) {
    if (slot instanceof Slot.Present || !slot.entity().attributes().isEmpty()) return true;
    var id = slot.entity().id();
    for (var name : historyAttributes(layer, id))
      if (!history(layer, id, name, Span.ALWAYS, false, 1, _ -> true).isEmpty()) return true;
    return false;
  }
}
