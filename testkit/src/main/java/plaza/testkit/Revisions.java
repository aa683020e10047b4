package plaza.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.change.Change;
import plaza.ledger.store.Commit;
import plaza.ledger.store.Erasure;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.ledger.store.Slot;
import plaza.ledger.store.Store;

/// Erases from a store without a ledger: what the entity said goes with the instance that said it.
public final class Revisions {
  private Revisions() {}

  /// Makes one commit of an erasure; the caller appends it.
  public static Commit of(Store store, Layer layer, String id, Erasure erasure) {
    var position = store.head().next();
    var before = store.find(layer, id).orElse(null);
    var after = before == null ? null : after(before, erasure, position);
    var revision =
        new Commit.Revision(layer, id, erasure, before, after, told(before, after, position));
    return new Commit(
        position,
        Commits.at(position.number()),
        layer,
        "urn:plaza:test",
        List.of(),
        List.of(),
        List.of(),
        List.of(revision));
  }

  private static @Nullable Slot after(Slot before, Erasure erasure, Position position) {
    var entity = before.entity();
    var left =
        switch (erasure) {
          case Erasure.Evolution _ -> List.<Attribute>of();
          case Erasure.Instances(var name, var datasetId, boolean all) ->
              entity.attributes().stream()
                  .filter(one ->
                      !one.name().equals(name)
                          || !(all || java.util.Objects.equals(one.datasetId(), datasetId)))
                  .toList();
          case Erasure.Instance(var old, var corrected) ->
              entity.attributes().stream()
                  .filter(one -> corrected != null || !one.equals(old.attribute()))
                  .map(one -> corrected != null && one.equals(old.attribute()) ? corrected : one)
                  .toList();
        };
    if (erasure instanceof Erasure.Evolution) return null;
    if (left.equals(entity.attributes())) return before;
    var revised =
        entity.with(left).stamped(entity.createdAt(), entity.modifiedAt(), position.number());
    return before instanceof Slot.Gone ? new Slot.Gone(revised) : new Slot.Present(revised);
  }

  @SuppressWarnings("ReferenceEquality") // the same slot: nothing to tell
  private static @Nullable Change told(
      @Nullable Slot before, @Nullable Slot after, Position position) {
    if (!(before instanceof Slot.Present(Entity entity)) || before == after) return null;
    var deleted =
        entity.attributes().stream()
            .map(one -> one.deleted(Commits.at(position.number())))
            .toList();
    return after == null
        ? new Change(
            Change.Kind.DELETED,
            entity.stamped(entity.createdAt(), entity.modifiedAt(), position.number()),
            deleted,
            entity.attributes())
        : new Change(Change.Kind.UPDATED, after.entity(), deleted, entity.attributes());
  }
}
