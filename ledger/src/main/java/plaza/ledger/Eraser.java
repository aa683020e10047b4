package plaza.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Scopes;
import plaza.graph.change.Change;
import plaza.graph.change.Edit;
import plaza.ledger.store.Commit;
import plaza.ledger.store.Erasure;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Slot;
import plaza.ledger.store.Span;
import plaza.ledger.store.Store;

/// Works out what an erasure comes to: what leaves the history, what the entity says without it,
/// and the same for every branch that grew from there, so that nothing erased lives on in a copy.
///
/// A branch cannot reach into its parent's history: it hides what it erases of that.
final class Eraser {
  private final Store store;
  private final Branches branches;
  private final Layers layers;
  private final Instant now;
  private final long position;
  private final List<Commit.Revision> revisions = new ArrayList<>();

  /// @param touched expanded names of the attributes
  /// @param old the one instance it is about; null when it is about all under a name
  record Aim(Erasure erasure, Slot slot, Collection<String> touched, @Nullable Attribute old) {}

  Eraser(Store store, Branches branches, Layers layers, Instant now, long position) {
    this.store = store;
    this.branches = branches;
    this.layers = layers;
    this.now = now;
    this.position = position;
  }

  /// @throws Refusal.NotFound when there is nothing to erase
  Aim aim(Layer layer, Edit.Erasure edit) {
    var id = edit.entityId();
    var slot = layers.latest(layer, id).filter(found -> layers.hasRecords(layer, found));
    if (slot.isEmpty()) throw new Refusal.NotFound(id + " does not exist and has no history");
    return switch (edit) {
      case Edit.EraseEvolution _ -> {
        var names = new TreeSet<>(layers.historyAttributes(layer, id));
        slot.get().entity().attributes().forEach(attribute -> names.add(attribute.name()));
        yield new Aim(new Erasure.Evolution(), slot.get(), names, null);
      }
      case Edit.EraseAttribute(_, var name, var datasetId, boolean all) -> {
        var erasure = new Erasure.Instances(name, datasetId, all);
        if (layers.history(layer, id, name, Span.ALWAYS, false, 1, erasure::covers).isEmpty())
          throw new Refusal.NotFound(
              id
                  + " has no recorded instance of "
                  + name
                  + (all || datasetId == null ? "" : " with datasetId " + datasetId));
        yield new Aim(erasure, slot.get(), List.of(name), null);
      }
      case Edit.EraseInstance(_, var name, var instanceId) -> {
        var old = instance(layer, id, name, instanceId);
        yield new Aim(new Erasure.Instance(old, null), slot.get(), List.of(name), old.attribute());
      }
      case Edit.CorrectInstance(_, var instanceId, var given) -> {
        var old = instance(layer, id, given.name(), instanceId);
        var corrected = dated(given).stamped(old.attribute().createdAt(), now);
        yield new Aim(
            new Erasure.Instance(old, corrected),
            slot.get(),
            List.of(given.name()),
            old.attribute());
      }
    };
  }

  private Recorded instance(Layer layer, String id, String name, String instanceId) {
    return Recorded.place(instanceId)
        .flatMap(place -> layers.findRecorded(layer, id, name, place))
        .orElseThrow(
            () -> new Refusal.NotFound(id + " has no instance " + instanceId + " of " + name));
  }

  private Attribute dated(Attribute attribute) {
    return attribute
        .with(attribute.subAttributes().stream().map(this::dated).toList())
        .stamped(now, now);
  }

  List<Commit.Revision> revise(Layer layer, Aim aim) {
    var last = aim.slot().entity();
    var own = store.find(layer, last.id()).orElse(null);
    if (aim.erasure() instanceof Erasure.Evolution) {
      eraseAll(layer, aim, own);
    } else {
      var after = revised(layer, last, aim.erasure());
      if (after.equals(last)) add(layer, last, aim.erasure(), own, own, null);
      else if (aim.slot() instanceof Slot.Gone) {
        var gone = after.stamped(last.createdAt(), last.modifiedAt(), position);
        add(layer, last, aim.erasure(), own, new Slot.Gone(gone), null);
      } else {
        var present = after.stamped(last.createdAt(), now, position);
        add(layer, last, aim.erasure(), own, new Slot.Present(present), told(last, present));
      }
      reviseBranches(layer, aim.slot(), !after.equals(last), aim.erasure());
    }
    return revisions;
  }

  private void add(
      Layer layer,
      Entity entity,
      @Nullable Erasure erasure,
      @Nullable Slot before,
      @Nullable Slot after,
      @Nullable Change told) {
    revisions.add(new Commit.Revision(layer, entity.id(), erasure, before, after, told));
  }

  private void eraseAll(Layer layer, Aim aim, @Nullable Slot own) {
    var last = aim.slot().entity();
    // In a branch a trace of it hides what the parent has.
    var after =
        layer.isMain()
            ? null
            : new Slot.Gone(
                new Entity(
                    last.id(), last.types(), List.of(), List.of(), now, now, null, position));
    Change told = null;
    if (aim.slot() instanceof Slot.Present)
      told =
          new Change(
              Change.Kind.DELETED,
              last.stamped(last.createdAt(), now, position),
              last.attributes().stream().map(attribute -> attribute.deleted(now)).toList(),
              last.attributes());
    add(layer, last, aim.erasure(), own, after, told);
    eraseInBranches(layer, last, aim.erasure());
  }

  private void eraseInBranches(Layer layer, Entity last, Erasure all) {
    for (var child : branches.childrenOf(layer)) {
      var own = store.find(child.layer(), last.id());
      if (own.isPresent()) add(child.layer(), last, all, own.get(), null, null);
      eraseInBranches(child.layer(), last, all);
    }
  }

  /// @param before what the layer had, by which a branch that has nothing of its own went
  /// @param changed whether it has another slot now, which those branches must not see
  private void reviseBranches(Layer layer, Slot before, boolean changed, Erasure erasure) {
    // A correction reaches the branches that have the instance from here by itself.
    var ofHistory =
        erasure instanceof Erasure.Instance(_, var corrected) && corrected != null ? null : erasure;
    for (var child : branches.childrenOf(layer)) {
      var own = store.find(child.layer(), before.entity().id()).orElse(null);
      var had = own;
      if (had == null
          && changed
          && child.asOf() == null
          && before instanceof Slot.Present(var entity)
          && child.inherits(entity)) had = before;
      if (had != null) {
        var after = revised(child.layer(), had.entity(), erasure);
        var slot = had instanceof Slot.Gone ? new Slot.Gone(after) : new Slot.Present(after);
        add(child.layer(), after, ofHistory, own, slot.equals(own) ? own : slot, null);
      }
      reviseBranches(child.layer(), had == null ? before : had, changed || had != null, erasure);
    }
  }

  /// What an entity says once the erasure is done.
  private Entity revised(Layer layer, Entity entity, Erasure erasure) {
    return switch (erasure) {
      case Erasure.Evolution _ -> entity.with(List.of());
      case Erasure.Instances(var name, _, _) when name.equals(Names.SCOPE) ->
          entity.scoped(List.of());
      case Erasure.Instances(var name, var datasetId, boolean all) ->
          entity.with(
              entity.attributes().stream()
                  .filter(one ->
                      !one.name().equals(name)
                          || !(all || Objects.equals(one.datasetId(), datasetId)))
                  .toList());
      case Erasure.Instance instance -> revised(layer, entity, instance);
    };
  }

  private Entity revised(Layer layer, Entity entity, Erasure.Instance erasure) {
    var old = erasure.old().attribute();
    var corrected = erasure.corrected();
    var revised = entity;
    if (old.name().equals(Names.SCOPE)) {
      var last = newest(layer, entity, null, erasure);
      return entity.scoped(last == null ? List.of() : Scopes.of(last));
    }
    var stated = entity.find(old.name(), old.datasetId());
    if (stated.filter(old::equals).isPresent())
      revised = with(entity, old, newest(layer, entity, old.datasetId(), erasure));
    if (corrected == null) return revised;
    var beside = revised.find(corrected.name(), corrected.datasetId());
    boolean newer =
        beside.isEmpty()
            ? corrected.equals(newest(layer, entity, corrected.datasetId(), erasure))
            : corrected.observedAt() != null
                && beside.get().observedAt() != null
                && !corrected.observedAt().isBefore(beside.get().observedAt());
    return newer ? with(revised, corrected, corrected) : revised;
  }

  /// The last instance of a dataset there will be; null when there is none or it was deleted.
  private @Nullable Attribute newest(
      Layer layer, Entity entity, @Nullable String datasetId, Erasure.Instance erasure) {
    var candidates =
        new ArrayList<>(
            layers.history(
                layer,
                entity.id(),
                erasure.old().attribute().name(),
                Span.ALWAYS,
                true,
                1,
                one ->
                    Objects.equals(one.attribute().datasetId(), datasetId)
                        && !erasure.covers(one)));
    var corrected = erasure.corrected();
    if (corrected != null && Objects.equals(corrected.datasetId(), datasetId))
      candidates.add(new Recorded(corrected, erasure.old().position(), erasure.old().index()));
    return candidates.stream()
        .max(Layers.BY_TIME)
        .map(Recorded::attribute)
        .filter(instance -> instance.deletedAt() == null)
        .orElse(null);
  }

  /// @param by null to take the instance away
  private static Entity with(Entity entity, Attribute instance, @Nullable Attribute by) {
    var attributes = new ArrayList<Attribute>();
    boolean found = false;
    for (var attribute : entity.attributes())
      if (!attribute.sameInstanceAs(instance)) attributes.add(attribute);
      else {
        found = true;
        if (by != null) attributes.add(by);
      }
    if (!found && by != null) attributes.add(by);
    return entity.with(attributes);
  }

  private Change told(Entity before, Entity after) {
    var recorded = new ArrayList<Attribute>();
    var replaced = new ArrayList<Attribute>();
    for (var old : before.attributes()) {
      var is = after.find(old.name(), old.datasetId()).orElse(null);
      if (old.equals(is)) continue;
      recorded.add(is == null ? old.deleted(now) : is);
      replaced.add(old);
    }
    for (var is : after.attributes())
      if (before.find(is.name(), is.datasetId()).isEmpty()) recorded.add(is);
    recorded.sort(Comparator.comparing(Attribute::name));
    return new Change(Change.Kind.UPDATED, after, recorded, replaced);
  }
}
