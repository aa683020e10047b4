package plaza.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.change.Edit;
import plaza.graph.change.Editor;
import plaza.graph.change.Outcome;
import plaza.graph.change.Write;
import plaza.graph.query.Sight;
import plaza.ledger.store.Commit;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.ledger.store.Slot;
import plaza.ledger.store.Store;

/// Writes that will share one sync: works out, in order, what each comes to on top of the ones
/// before it. Lives on the committing thread only.
final class Group {
  private final Store store;
  private final Branches branches;
  private final Layers layers;
  private final Limits limits;
  private final Instant now;
  private long next;
  private final List<Commit> commits = new ArrayList<>();
  // What the store held before the group; absent ids too, so that each is looked up once.
  private final Map<Key, Optional<Slot>> loaded = new HashMap<>();
  private final Map<Key, Slot> pending = new HashMap<>();
  // What the write in hand has done so far; joins `pending` when it succeeds.
  private final Map<Key, Slot> inHand = new HashMap<>();

  private record Key(Layer layer, String entityId) {}

  Group(Store store, Branches branches, Layers layers, Limits limits, Instant now) {
    this.store = store;
    this.branches = branches;
    this.layers = layers;
    this.limits = limits;
    this.now = now;
    this.next = store.head().number() + 1;
  }

  List<Commit> commits() {
    return commits;
  }

  /// Looks up all entities the writes will touch, in one go per layer.
  void load(Collection<Write> writes) {
    var wanted = new LinkedHashMap<Layer, Set<String>>();
    for (var write : writes)
      for (var edit : write.edits())
        wanted
            .computeIfAbsent(Layer.of(write.address()), _ -> new HashSet<>())
            .add(edit.entityId());
    wanted.forEach((layer, ids) -> {
      var found = store.findAll(layer, ids);
      for (var id : ids) loaded.put(new Key(layer, id), Optional.ofNullable(found.get(id)));
    });
  }

  /// @throws Refusal when the write is refused as a whole; the group is then as it was before
  ///
  /// @param kept notes that become durable with the write
  Receipt add(Actor actor, Write write, Policy.Rights rights, List<Commit.Kept> kept) {
    inHand.clear();
    var layer = Layer.of(write.address());
    if (!layer.isMain()) branches.get(layer);
    var steps = new ArrayList<Commit.Step>();
    var shadows = new ArrayList<Commit.Shadow>();
    var revisions = new ArrayList<Commit.Revision>();
    var outcomes = new ArrayList<Outcome>();
    for (var edit : write.edits()) {
      try {
        outcomes.add(
            edit instanceof Edit.Erasure erasure
                ? erase(actor, layer, erasure, rights, revisions)
                : edit(actor, layer, edit, rights, steps, shadows));
      } catch (Refusal refusal) {
        if (write.atomic()) throw refusal;
        outcomes.add(new Outcome.Refused(edit.entityId(), refusal));
      }
    }
    if (steps.isEmpty() && kept.isEmpty() && revisions.isEmpty())
      return new Receipt(new Position(next - 1), now, outcomes);
    var position = new Position(next++);
    commits.add(new Commit(position, now, layer, actor.id(), steps, shadows, kept, revisions));
    pending.putAll(inHand);
    steps.forEach(step -> branches.saw(step.change()));
    return new Receipt(position, now, outcomes);
  }

  /// Notes alone, synced like a write.
  Receipt keep(Actor actor, Layer layer, List<Commit.Kept> kept) {
    var position = new Position(next++);
    commits.add(new Commit(position, now, layer, actor.id(), List.of(), List.of(), kept));
    return new Receipt(position, now, List.of());
  }

  private Outcome edit(
      Actor actor,
      Layer layer,
      Edit edit,
      Policy.Rights rights,
      List<Commit.Step> steps,
      List<Commit.Shadow> shadows) {
    var before = layers.now(layer, edit.entityId(), this::slot).orElse(null);
    boolean expires = edit instanceof Edit.Expire;
    if (before != null && !expires && isDue(before)) {
      // What has ended is gone before anybody writes to it, even when the sweep is late.
      edit(actor, layer, new Edit.Expire(before.id()), rights, steps, shadows);
      before = layers.now(layer, edit.entityId(), this::slot).orElse(null);
    }
    var result = Editor.apply(before, edit, now, next);
    var change = result.change();
    if (change == null) return result.outcome();
    // What ends by itself needs nobody's right.
    if (!expires) check(actor, before, change.entity(), change.touched(), rights.write());
    for (var child : branches.childrenOf(layer)) {
      var key = new Key(child.layer(), edit.entityId());
      // What is new has a later version than the fork, by which the branch knows it is not its own.
      if (before == null || child.asOf() != null || !child.inherits(before)) continue;
      if (slot(child.layer(), edit.entityId()).isPresent()) continue;
      var kept = new Slot.Present(before);
      shadows.add(new Commit.Shadow(child.layer(), kept));
      inHand.put(key, kept);
    }
    var step = new Commit.Step(slot(layer, edit.entityId()).orElse(null), change);
    steps.add(step);
    inHand.put(new Key(layer, edit.entityId()), step.after());
    return result.outcome();
  }

  private boolean isDue(Entity entity) {
    var next = entity.nextExpiry();
    return next != null && !next.isAfter(now);
  }

  /// Alone in its group: it goes by what the store has.
  private Outcome erase(
      Actor actor,
      Layer layer,
      Edit.Erasure edit,
      Policy.Rights rights,
      List<Commit.Revision> revisions) {
    var eraser = new Eraser(store, branches, layers, now, next);
    var aim = eraser.aim(layer, edit);
    var entity = aim.slot().entity();
    check(actor, entity, entity, aim.touched(), rights.write());
    var old = aim.old();
    if (old == null
        ? !rights.write().acceptsWhole(entity, aim.touched())
        : !rights.write().accepts(entity, old)) throw refused(actor, entity, rights.write());
    revisions.addAll(eraser.revise(layer, aim));
    return new Outcome.Done(edit.entityId(), false, List.of());
  }

  private Optional<Slot> slot(Layer layer, String entityId) {
    var key = new Key(layer, entityId);
    var slot = inHand.get(key);
    if (slot == null) slot = pending.get(key);
    if (slot != null) return Optional.of(slot);
    return loaded.computeIfAbsent(key, _ -> store.find(layer, entityId));
  }

  private void check(
      Actor actor,
      @Nullable Entity before,
      Entity entity,
      Collection<String> touched,
      Sight sight) {
    if (entity.attributes().size() > limits.attributesPerEntity())
      throw new Refusal.TooLarge(
          entity.id()
              + " would have "
              + entity.attributes().size()
              + " attribute instances; at most "
              + limits.attributesPerEntity()
              + " are allowed");
    if (actor.room() == null) {
      requireFreeType(entity);
      if (before != null) requireFreeType(before);
      for (var name : touched)
        if (Names.isPrivate(name))
          throw new Refusal.Forbidden(
              entity.id() + ": the attribute " + name + " belongs to Plaza itself");
    }
    if (sight.isUnlimited()) return;
    boolean inside =
        sight.of(entity).isPresent()
            && (before == null || sight.of(before).isPresent())
            // A second type would let the entity show up among entities out of reach.
            && entity.types().stream()
                .filter(type -> before == null || !before.is(type))
                .allMatch(sight::acceptsType)
            && touched.stream().allMatch(name -> sight.acceptsAttribute(entity, name));
    if (!inside) throw refused(actor, entity, sight);
  }

  private static Refusal refused(Actor actor, Entity entity, Sight sight) {
    return new Refusal.Forbidden(
        actor.id() + " may not change " + entity.id() + ": " + sight.reason());
  }

  private static void requireFreeType(Entity entity) {
    for (var type : entity.types())
      if (type.startsWith(Names.PLAZA) || Names.isPrivate(type))
        throw new Refusal.Forbidden(
            entity.id()
                + " is of the type "
                + type
                + ", which belongs to the programme; use its commands under /api/v1");
  }
}
