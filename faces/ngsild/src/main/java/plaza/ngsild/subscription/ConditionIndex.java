package plaza.ngsild.subscription;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.index.quadtree.Quadtree;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.graph.query.Evaluator;

/// Finds, among subscriptions that differ in their `q` or `geoQ`, those an entity may meet: by
/// equality, threshold and place, without a look at the others. What cannot be indexed is always
/// found. For one thread.
final class ConditionIndex {
  private final Map<String, Subscription> others = new LinkedHashMap<>();
  private final Map<String, Shelf> shelves = new HashMap<>();

  /// All probes at one attribute.
  private static final class Shelf {
    final Map<Object, Map<String, Subscription>> is = new HashMap<>();
    final TreeMap<Double, Map<String, Subscription>> atLeast = new TreeMap<>();
    final TreeMap<Double, Map<String, Subscription>> atMost = new TreeMap<>();

    final Quadtree in = new Quadtree();
    final Map<String, Placed> placed = new HashMap<>();

    boolean isEmpty() {
      return is.isEmpty() && atLeast.isEmpty() && atMost.isEmpty() && placed.isEmpty();
    }
  }

  /// Compared by identity.
  private static final class Placed {
    final Envelope box;
    final Subscription subscription;

    Placed(Envelope box, Subscription subscription) {
      this.box = box;
      this.subscription = subscription;
    }
  }

  void add(Subscription subscription) {
    var probes = probes(subscription);
    if (probes.isEmpty()) others.put(subscription.key(), subscription);
    for (var probe : probes) {
      var shelf = shelves.computeIfAbsent(probe.attribute(), _ -> new Shelf());
      switch (probe) {
        case Probe.Is(_, var key) -> put(shelf.is, key, subscription);
        case Probe.AtLeast(_, double bound) -> put(shelf.atLeast, bound, subscription);
        case Probe.AtMost(_, double bound) -> put(shelf.atMost, bound, subscription);
        case Probe.In(_, var box) -> {
          var placed = new Placed(box, subscription);
          shelf.placed.put(subscription.key(), placed);
          shelf.in.insert(box, placed);
        }
      }
    }
  }

  private static List<Probe> probes(Subscription subscription) {
    var definition = subscription.definition();
    return definition.reach().splits() ? List.of() : Probe.of(definition.watch().query());
  }

  private static <K> void put(
      Map<K, Map<String, Subscription>> places, K key, Subscription subscription) {
    places.computeIfAbsent(key, _ -> new HashMap<>(2)).put(subscription.key(), subscription);
  }

  void remove(Subscription subscription) {
    others.remove(subscription.key());
    for (var probe : probes(subscription)) {
      var shelf = shelves.get(probe.attribute());
      if (shelf == null) continue;
      switch (probe) {
        case Probe.Is(_, var key) -> remove(shelf.is, key, subscription);
        case Probe.AtLeast(_, double bound) -> remove(shelf.atLeast, bound, subscription);
        case Probe.AtMost(_, double bound) -> remove(shelf.atMost, bound, subscription);
        case Probe.In _ -> {
          var placed = shelf.placed.remove(subscription.key());
          if (placed != null) shelf.in.remove(placed.box, placed);
        }
      }
      if (shelf.isEmpty()) shelves.remove(probe.attribute());
    }
  }

  private static <K> void remove(
      Map<K, Map<String, Subscription>> places, K key, Subscription subscription) {
    places.computeIfPresent(
        key,
        (_, here) -> {
          here.remove(subscription.key());
          return here.isEmpty() ? null : here;
        });
  }

  boolean isEmpty() {
    return others.isEmpty() && shelves.isEmpty();
  }

  /// Adds those that may be met, and never fewer than are.
  void collect(Entity entity, Set<Subscription> found) {
    found.addAll(others.values());
    if (shelves.isEmpty()) return;
    for (var attribute : entity.attributes()) {
      var shelf = shelves.get(attribute.name());
      if (shelf == null) continue;
      if (!shelf.placed.isEmpty() && attribute.content() instanceof Content.GeoProperty(var place))
        collect(place.geometry().getEnvelopeInternal(), shelf, found);
      if (shelf.is.isEmpty() && shelf.atLeast.isEmpty() && shelf.atMost.isEmpty()) continue;
      for (var value : Evaluator.values(attribute.content())) collect(value, shelf, found);
    }
  }

  private static void collect(Envelope where, Shelf shelf, Set<Subscription> found) {
    for (var one : shelf.in.query(where))
      if (one instanceof Placed placed && placed.box.intersects(where))
        found.add(placed.subscription);
  }

  private static void collect(Value value, Shelf shelf, Set<Subscription> found) {
    if (value instanceof Value.Items(var items)) {
      for (var item : items) collect(item, shelf, found);
      return;
    }
    var key = Probe.key(value);
    if (key == null) return;
    var equal = shelf.is.get(key);
    if (equal != null) found.addAll(equal.values());
    if (!(key instanceof Double number)) return;
    for (var some : shelf.atLeast.headMap(number, true).values()) found.addAll(some.values());
    for (var some : shelf.atMost.tailMap(number, true).values()) found.addAll(some.values());
  }
}
