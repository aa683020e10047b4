package plaza.ledger.store;

import java.time.Instant;
import java.util.List;
import plaza.graph.change.Change;

/// One commit as consumers see it.
///
/// @param changes at most one per edit, in the order of the edits
public record FeedEntry(
    Position position, Instant at, Layer layer, String actor, List<Change> changes) {
  public FeedEntry {
    changes = List.copyOf(changes);
  }
}
