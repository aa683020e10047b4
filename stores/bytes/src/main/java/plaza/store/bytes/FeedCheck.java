package plaza.store.bytes;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import plaza.graph.change.Change;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Slot;

/// Checks that what feed entries of main branches tell is in the histories and in the state, but
/// for what was erased since.
public final class FeedCheck {
  private final Faults faults;
  private final Map<Layer, Map<String, List<Mark>>> erased = new HashMap<>();

  public FeedCheck(Faults faults) {
    this.faults = faults;
  }

  /// To be told of each main branch before the entries are read.
  ///
  /// @param marks by entity
  public void erased(Layer layer, Map<String, List<Mark>> marks) {
    erased.put(layer, marks);
  }

  /// @param recorded how many instances the histories have from the commit
  public void histories(FeedEntry entry, int recorded) {
    int told = 0;
    int doubtful = 0;
    int index = 0;
    for (var change : entry.changes()) {
      var marks = marks(entry.layer(), change.entity().id());
      for (var instance : change.recorded()) {
        var one = new Recorded(instance, entry.position(), index++);
        switch (fate(one, marks)) {
          case KEPT -> told++;
          case DOUBTFUL -> doubtful++;
          case ERASED -> {}
        }
      }
    }
    if (recorded < told || recorded > told + doubtful)
      faults.add(
          "feed entry "
              + entry.position().number()
              + " tells of "
              + told
              + " instances, the histories have "
              + recorded);
  }

  private enum Fate {
    KEPT,
    ERASED,
    DOUBTFUL
  }

  /// A correction may have moved an instance to another dataset, and no mark says to which: what
  /// was erased of one dataset afterwards may have been this.
  private static Fate fate(Recorded told, List<Mark> marks) {
    long corrected =
        marks.stream()
            .filter(mark -> mark.correctedIt(told))
            .mapToLong(Mark::at)
            .min()
            .orElse(Long.MAX_VALUE);
    var fate = Fate.KEPT;
    for (var mark : marks)
      if (mark.at() > corrected && mark.isOfADataset(told.attribute().name())) fate = Fate.DOUBTFUL;
      else if (mark.explains(told)) return Fate.ERASED;
    return fate;
  }

  private List<Mark> marks(Layer layer, String id) {
    return erased.getOrDefault(layer, Map.of()).getOrDefault(id, List.of());
  }

  /// @param slots finds what the layer has of an entity now
  public void state(FeedEntry entry, Function<String, Optional<Slot>> slots) {
    var seen = new HashSet<String>();
    // The last change of an entity is what the commit left.
    for (var change : entry.changes().reversed())
      if (seen.add(change.entity().id())) state(entry, change, slots);
  }

  private void state(FeedEntry entry, Change change, Function<String, Optional<Slot>> slots) {
    var layer = entry.layer();
    long position = entry.position().number();
    var id = change.entity().id();
    if (marks(layer, id).stream().anyMatch(mark -> mark.isEvolution() && mark.at() >= position))
      return;
    var now = slots.apply(id).map(Slot::entity);
    if (now.isEmpty() || now.get().version() < position)
      faults.add(id + " in " + layer + " does not have what feed entry " + position + " tells");
    else if (now.get().version() == position && !now.get().equals(change.entity()))
      faults.add(id + " in " + layer + " is not what feed entry " + position + " says it is");
  }
}
