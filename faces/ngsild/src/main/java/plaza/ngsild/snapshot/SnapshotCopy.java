package plaza.ngsild.snapshot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.change.Edit;
import plaza.graph.change.Outcome;
import plaza.graph.change.Write;
import plaza.graph.query.Evaluator;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ledger.Ledger;
import plaza.ledger.Reader;
import plaza.ledger.store.Span;
import plaza.ngsild.distribute.Records;
import plaza.ngsild.temporal.TemporalQuery;

/// Copies what the maker of a snapshot may see into its branch.
final class SnapshotCopy {
  private static final int ENTITIES_PER_WRITE = 500;

  private final Ledger ledger;
  private final Reader reader;
  private final EntitySource source;
  private final SnapshotLimits limits;
  private final Actor actor;
  private final Address from;
  private final Snapshot snapshot;
  private final Set<String> copied = new HashSet<>();
  private final List<Edit> waiting = new ArrayList<>();

  /// @param actor who makes it, whose sight it is
  /// @param from where it is copied from
  SnapshotCopy(
      Ledger ledger,
      Reader reader,
      EntitySource source,
      SnapshotLimits limits,
      Actor actor,
      Address from,
      Snapshot snapshot) {
    this.ledger = ledger;
    this.reader = reader;
    this.source = source;
    this.limits = limits;
    this.actor = actor;
    this.from = from;
    this.snapshot = snapshot;
  }

  /// How a query went; what it had brought in before it failed stays.
  Snapshot.Result query(Query query) {
    return result(() -> {
      var found = new int[1];
      source.each(
          actor,
          from,
          query,
          entity -> {
            found[0]++;
            put(new Edit.Put(entity));
            return true;
          });
      return found[0];
    });
  }

  /// The entities, and those instances of their histories that a temporal query is about, here and
  /// at sources.
  Snapshot.Result past(SnapshotDraft.Past past) {
    return result(() -> {
      var query = past.query();
      var elsewhere = source.past(actor, from, query, past.when());
      var candidates = new Query(query.selectors(), List.of(), null, null, query.scope());
      var seen = new HashSet<String>();
      int[] found = new int[1];
      reader.eachEvenGone(
          actor,
          from,
          candidates,
          entity -> {
            seen.add(entity.id());
            if (take(entity, past, elsewhere)) found[0]++;
            return true;
          });
      if (elsewhere != null)
        for (var id : elsewhere.ids()) {
          var other = elsewhere.find(id);
          if (other.isPresent()
              && seen.add(id)
              && Evaluator.matches(candidates, other.get())
              && take(other.get(), past, elsewhere)) found[0]++;
        }
      return found[0];
    });
  }

  private boolean take(Entity entity, SnapshotDraft.Past past, @Nullable Records elsewhere) {
    var query = past.query();
    var instances = instances(entity, past.when(), elsewhere);
    var then = entity.with(instances);
    boolean meets =
        !instances.isEmpty()
            && (query.attributes().isEmpty() || query.attributes().stream().anyMatch(then::has))
            && (query.condition() == null || Evaluator.matches(query.condition(), then))
            && (query.geo() == null || Evaluator.matches(query.geo(), then));
    if (meets) put(new Edit.Observe(then));
    return meets;
  }

  /// Everything in another snapshot, with its history.
  Snapshot.Result whole() {
    return result(() -> {
      var found = new int[1];
      reader.each(
          actor,
          from,
          Query.EVERYTHING,
          entity -> {
            found[0]++;
            var past = instances(entity, new TemporalQuery(null, Span.ALWAYS, 0), null);
            past.removeIf(instance -> instance.observedAt() == null);
            past.removeAll(entity.attributes());
            if (!past.isEmpty()) put(new Edit.Observe(entity.with(past)));
            // Last, as it is now: what was observed before may have been overwritten since.
            put(new Edit.Put(entity));
            return true;
          });
      return found[0];
    });
  }

  private List<Attribute> instances(
      Entity entity, TemporalQuery when, @Nullable Records elsewhere) {
    var instances = new ArrayList<Attribute>();
    int most = when.lastN() == 0 ? limits.instances() : Math.min(when.lastN(), limits.instances());
    var names = new LinkedHashSet<>(reader.historyAttributes(actor, from, entity.id()));
    if (elsewhere != null) names.addAll(elsewhere.names(entity.id()));
    for (var name : names) {
      var history = reader.history(actor, from, entity, name, when.span(), true, most);
      if (elsewhere != null)
        history = elsewhere.together(history, entity.id(), name, true, most, _ -> true);
      for (var one : history)
        if (one.attribute().deletedAt() == null) instances.add(unnamed(one.attribute()));
    }
    return instances;
  }

  /// What an instance is called at its source is not what the copy will be called.
  private static Attribute unnamed(Attribute instance) {
    return instance.subAttributes().stream().noneMatch(SnapshotCopy::isId)
        ? instance
        : instance.with(instance.subAttributes().stream().filter(sub -> !isId(sub)).toList());
  }

  private static boolean isId(Attribute sub) {
    return sub.name().equals(Names.INSTANCE_ID);
  }

  @FunctionalInterface
  private interface Work {
    int run();
  }

  private Snapshot.Result result(Work work) {
    try {
      int found = work.run();
      flush();
      return new Snapshot.Result(
          found == 0 ? Snapshot.Status.EMPTY : Snapshot.Status.SUCCESS, null);
    } catch (Refusal refusal) {
      waiting.clear();
      return new Snapshot.Result(Snapshot.Status.FAILURE, String.valueOf(refusal.getMessage()));
    }
  }

  private void put(Edit edit) {
    if (copied.add(edit.entityId()) && copied.size() > limits.entities())
      throw new Refusal.TooLarge(
          "a snapshot holds at most " + limits.entities() + " entities; narrow its queries");
    waiting.add(edit);
    if (waiting.size() == ENTITIES_PER_WRITE) flush();
  }

  private void flush() {
    if (waiting.isEmpty()) return;
    var receipt = ledger.write(actor.through("snapshot"), Write.each(snapshot.address(), waiting));
    waiting.clear();
    for (var outcome : receipt.outcomes())
      if (outcome instanceof Outcome.Refused(_, var refusal)) throw refusal;
  }
}
