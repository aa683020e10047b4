package plaza.ledger.store;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import plaza.graph.change.Change;

/// What a store makes durable as a whole: one write, judged and worked out.
///
/// @param actor who answers for it
/// @param steps may be empty in a commit that only keeps notes
/// @param shadows what live branches must keep as it was (copy on write); no history, no feed
/// @param kept notes that are there when the commit is, and not when it is not
/// @param revisions of what was recorded before; then there are no steps, and the commit is
///   appended alone
public record Commit(
    Position position,
    Instant at,
    Layer layer,
    String actor,
    List<Step> steps,
    List<Shadow> shadows,
    List<Kept> kept,
    List<Revision> revisions) {
  public Commit {
    steps = List.copyOf(steps);
    shadows = List.copyOf(shadows);
    kept = List.copyOf(kept);
    revisions = List.copyOf(revisions);
    if (!revisions.isEmpty() && !steps.isEmpty())
      throw new IllegalArgumentException("a commit that revises history records nothing");
  }

  /// A commit that revises nothing.
  public Commit(
      Position position,
      Instant at,
      Layer layer,
      String actor,
      List<Step> steps,
      List<Shadow> shadows,
      List<Kept> kept) {
    this(position, at, layer, actor, steps, shadows, kept, List.of());
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

  /// What one entity loses or has put right in one layer; at most one revision for both.
  ///
  /// @param layer the commit's, or a branch that grew from it
  /// @param erasure null when only the slot changes
  /// @param before the slot in that layer; null when it holds none
  /// @param after the slot from now on; the same object when it stays, null when it is to vanish
  /// @param told for the feed; nothing of it enters the history. Null when the entity says what it
  ///   said
  public record Revision(
      Layer layer,
      String entityId,
      @Nullable Erasure erasure,
      @Nullable Slot before,
      @Nullable Slot after,
      @Nullable Change told) {
    @SuppressWarnings("ReferenceEquality") // the same object says that nothing changes
    public boolean changesSlot() {
      return before != after;
    }
  }

  /// Notes of one owner, as [Store#keep] takes them.
  public record Kept(String owner, List<Note> notes) {
    public Kept {
      notes = List.copyOf(notes);
    }
  }

  /// What the feed tells: of the steps, or of the revisions.
  public List<Change> changes() {
    return revisions.isEmpty()
        ? steps.stream().map(Step::change).toList()
        : revisions.stream().map(Revision::told).filter(Objects::nonNull).toList();
  }

  /// How the feed tells it.
  public FeedEntry entry() {
    return new FeedEntry(position, at, layer, actor, changes());
  }
}
