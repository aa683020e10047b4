package plaza.ledger.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.change.Change;

/// What a store makes durable as a whole: one write, judged and worked out.
///
/// @param actor who answers for it
/// @param steps may be empty in a commit that only keeps notes
/// @param shadows what live branches must keep as it was (copy on write); no history, no feed
/// @param kept notes that are there when the commit is, and not when it is not
public record Commit(
    Position position,
    Instant at,
    Layer layer,
    String actor,
    List<Step> steps,
    List<Shadow> shadows,
    List<Kept> kept) {
  public Commit {
    steps = List.copyOf(steps);
    shadows = List.copyOf(shadows);
    kept = List.copyOf(kept);
  }

  /// A commit without notes.
  public Commit(
      Position position,
      Instant at,
      Layer layer,
      String actor,
      List<Step> steps,
      List<Shadow> shadows) {
    this(position, at, layer, actor, steps, shadows, List.of());
  }

  /// @param before the slot in this layer before the change, for index upkeep; null when the layer
  ///   held none
  public record Step(@Nullable Slot before, Change change) {
    /// The slot in this layer from now on.
    public Slot after() {
      return change.kind() == Change.Kind.DELETED
          ? new Slot.Gone(change.entity())
          : new Slot.Present(change.entity());
    }
  }

  public record Shadow(Layer layer, Slot slot) {}

  /// Notes of one owner, as [Store#keep] takes them.
  public record Kept(String owner, List<Note> notes) {
    public Kept {
      notes = List.copyOf(notes);
    }
  }

  /// How the feed tells it.
  public FeedEntry entry() {
    return new FeedEntry(position, at, layer, actor, steps.stream().map(Step::change).toList());
  }
}
