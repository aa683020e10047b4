package plaza.testkit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Entity;
import plaza.graph.change.Edit;
import plaza.graph.change.Editor;
import plaza.ledger.store.Commit;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Note;
import plaza.ledger.store.Slot;
import plaza.ledger.store.Store;

/// Works out commits for a store without a ledger, and appends them: one microsecond after another.
public final class Commits {
  private final Store store;
  private final List<Commit> waiting = new ArrayList<>();
  private final Map<String, Slot> slots = new HashMap<>();

  public Commits(Store store) {
    this.store = store;
  }

  /// Makes one commit of edits and appends it.
  public static Commit append(Store store, Layer layer, Edit... edits) {
    var commits = new Commits(store);
    var commit = commits.add(layer, List.of(edits), List.of(), List.of());
    commits.append();
    return commit;
  }

  /// The time of the commit at a position.
  public static Instant at(long position) {
    return TestCity.NOON.plus(position, ChronoUnit.MICROS);
  }

  public Commit add(
      Layer layer, List<Edit> edits, List<Commit.Shadow> shadows, List<Commit.Kept> kept) {
    var position = waiting.isEmpty() ? store.head().next() : waiting.getLast().position().next();
    var at = at(position.number());
    var steps = new ArrayList<Commit.Step>();
    for (var edit : edits) {
      var before = slot(layer, edit.entityId());
      Entity present = before instanceof Slot.Present(var entity) ? entity : null;
      var change = Editor.apply(present, edit, at, position.number()).change();
      if (change == null) continue;
      var step = new Commit.Step(before, change);
      steps.add(step);
      slots.put(layer + " " + edit.entityId(), step.after());
    }
    for (var shadow : shadows)
      slots.put(shadow.layer() + " " + shadow.slot().entity().id(), shadow.slot());
    var commit = new Commit(position, at, layer, "urn:plaza:test", steps, shadows, kept);
    waiting.add(commit);
    return commit;
  }

  /// Throws what the editor would refuse, and adds nothing.
  public void tryOut(Layer layer, List<Edit> edits) {
    var trial = new Commits(store);
    trial.waiting.addAll(waiting);
    trial.slots.putAll(slots);
    trial.add(layer, edits, List.of(), List.of());
  }

  public Commit keep(Layer layer, String owner, Note... notes) {
    return add(layer, List.of(), List.of(), List.of(new Commit.Kept(owner, List.of(notes))));
  }

  public @Nullable Slot slot(Layer layer, String id) {
    var known = slots.get(layer + " " + id);
    return known != null ? known : store.find(layer, id).orElse(null);
  }

  /// Appends what was added, all at once.
  public List<Commit> append() {
    var commits = List.copyOf(waiting);
    store.append(commits);
    waiting.clear();
    slots.clear();
    return commits;
  }
}
