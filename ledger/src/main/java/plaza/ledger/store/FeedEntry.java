package plaza.ledger.store;

import java.time.Instant;
import java.util.List;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.graph.change.Change;

/// One commit as consumers see it.
///
/// @param changes at most one per edit, in the order of the edits
public record FeedEntry(
    Position position, Instant at, Layer layer, String actor, List<Change> changes) {
  private static final Content NOTHING = new Content.Property(Value.of(Names.NGSI_NULL));

  public FeedEntry {
    changes = List.copyOf(changes);
  }

  /// The same without what an erasure took from an entity: its instances keep their names and say
  /// nothing any more.
  public FeedEntry without(String entityId, Erasure erasure) {
    if (changes.stream().noneMatch(change -> change.entity().id().equals(entityId))) return this;
    return new FeedEntry(
        position,
        at,
        layer,
        actor,
        changes.stream()
            .map(
                change -> change.entity().id().equals(entityId) ? without(change, erasure) : change)
            .toList());
  }

  private static Change without(Change change, Erasure erasure) {
    var entity = change.entity().with(without(change.entity().attributes(), erasure));
    return new Change(
        change.kind(),
        erasure instanceof Erasure.Evolution ? entity.scoped(List.of()) : entity,
        without(change.recorded(), erasure),
        without(change.replaced(), erasure));
  }

  private static List<Attribute> without(List<Attribute> instances, Erasure erasure) {
    return instances.stream()
        .map(instance -> erasure.takes(instance) ? silent(instance) : instance)
        .toList();
  }

  private static Attribute silent(Attribute instance) {
    return new Attribute(
        instance.name(),
        instance.datasetId(),
        NOTHING,
        null,
        null,
        List.of(),
        instance.createdAt(),
        instance.modifiedAt(),
        instance.deletedAt(),
        null);
  }
}
