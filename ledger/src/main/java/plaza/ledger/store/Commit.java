package plaza.ledger.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Entity;
import plaza.graph.change.Change;

/// What a store makes durable as a whole: one write, judged and worked out.
///
/// @param actor who answers for it
/// @param shadows what live branches must keep as it was (copy on write); no history, no feed
public record Commit(
    Position position,
    Instant at,
    Layer layer,
    String actor,
    List<Step> steps,
    List<Shadow> shadows) {
  public Commit {
    steps = List.copyOf(steps);
    shadows = List.copyOf(shadows);
  }

  /// @param before the slot's entity in this layer before the change, for index upkeep; null when
  ///   the layer held none (or a [Slot.Gone])
  public record Step(@Nullable Entity before, Change change) {}

  public record Shadow(Layer layer, Slot slot) {}

  /// How the feed tells it.
  public FeedEntry entry() {
    return new FeedEntry(position, at, layer, actor, steps.stream().map(Step::change).toList());
  }
}
