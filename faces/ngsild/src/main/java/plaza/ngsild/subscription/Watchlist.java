package plaza.ngsild.subscription;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import plaza.graph.Entity;
import plaza.graph.change.Change;
import plaza.graph.query.Selector;
import plaza.ledger.store.Layer;

/// Finds the subscriptions a change may concern, without a look at the others: by the entity's id,
/// by its type together with the attribute touched, by the attribute alone; among those, by what
/// `q` asks of the entity. For one thread.
final class Watchlist {
  private final Map<Layer, Map<Mark, ConditionIndex>> layers = new HashMap<>();

  /// Where a subscription is found.
  private sealed interface Mark {
    record Id(String id) implements Mark {}

    record Type(String type) implements Mark {}

    record TypeAndAttribute(String type, String attribute) implements Mark {}

    record Attribute(String attribute) implements Mark {}

    record Any() implements Mark {}
  }

  private static final Mark ANY = new Mark.Any();

  void add(Subscription subscription) {
    var marks = layers.computeIfAbsent(subscription.layer(), _ -> new HashMap<>());
    for (var mark : marks(subscription.definition().watch()))
      marks.computeIfAbsent(mark, _ -> new ConditionIndex()).add(subscription);
  }

  void remove(Subscription subscription) {
    var marks = layers.get(subscription.layer());
    if (marks == null) return;
    for (var mark : marks(subscription.definition().watch())) {
      var found = marks.get(mark);
      if (found == null) continue;
      found.remove(subscription);
      if (found.isEmpty()) marks.remove(mark);
    }
    if (marks.isEmpty()) layers.remove(subscription.layer());
  }

  boolean isEmpty(Layer layer) {
    return !layers.containsKey(layer);
  }

  /// Each at most once.
  Collection<Subscription> candidates(Layer layer, Change change) {
    var marks = layers.get(layer);
    if (marks == null) return List.of();
    // By identity: to compare definitions would cost more than to look at one twice.
    Set<Subscription> found = Collections.newSetFromMap(new IdentityHashMap<>());
    var entity = change.entity();
    collect(marks, ANY, entity, found);
    collect(marks, new Mark.Id(entity.id()), entity, found);
    var touched = change.touched();
    for (var type : entity.types()) {
      collect(marks, new Mark.Type(type), entity, found);
      for (var name : touched) collect(marks, new Mark.TypeAndAttribute(type, name), entity, found);
    }
    for (var name : touched) collect(marks, new Mark.Attribute(name), entity, found);
    return found;
  }

  private static void collect(
      Map<Mark, ConditionIndex> marks, Mark mark, Entity entity, Set<Subscription> found) {
    var here = marks.get(mark);
    if (here != null) here.collect(entity, found);
  }

  private static Set<Mark> marks(Watch watch) {
    var marks = new LinkedHashSet<Mark>();
    if (watch.query().selectors().isEmpty()) addAnyType(watch, marks);
    for (var selector : watch.query().selectors()) addMarks(selector, watch, marks);
    return marks;
  }

  private static void addMarks(Selector selector, Watch watch, Set<Mark> marks) {
    if (!selector.ids().isEmpty()) {
      for (var id : selector.ids()) marks.add(new Mark.Id(id));
    } else if (selector.types() == null) {
      addAnyType(watch, marks);
    } else {
      for (var type : selector.types().named()) {
        if (watch.attributes().isEmpty()) marks.add(new Mark.Type(type));
        for (var name : watch.attributes()) marks.add(new Mark.TypeAndAttribute(type, name));
      }
    }
  }

  private static void addAnyType(Watch watch, Set<Mark> marks) {
    if (watch.attributes().isEmpty()) marks.add(ANY);
    for (var name : watch.attributes()) marks.add(new Mark.Attribute(name));
  }
}
