package plaza.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import plaza.graph.Address;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Store;

/// Removes what has ended (clause 4.22): entities and attributes whose `expiresAt` has passed. They
/// stop showing at that moment; this takes them out of the state, in the one way, so that whoever
/// follows the feed hears of a deletion. Their history stays, as with any deletion.
///
/// It asks the store's index of what ends, so a sweep costs what is due and nothing else.
public final class Sweeper {
  private static final int AT_ONCE = 1_000;

  private final Store store;
  private final Ledger ledger;

  public Sweeper(Store store, Ledger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  /// Removes all that is due.
  ///
  /// @return of how many entities something was removed
  public int sweep() {
    int swept = 0;
    var before = List.<Store.Due>of();
    while (true) {
      var due = store.due(ledger.now(), AT_ONCE);
      if (due.isEmpty()) return swept;
      if (due.equals(before))
        throw new IllegalStateException(
            due.getFirst().entityId() + " of " + due.getFirst().layer() + " should have ended");
      sweep(due);
      swept += due.size();
      before = due;
    }
  }

  private void sweep(List<Store.Due> due) {
    var byLayer = new LinkedHashMap<Layer, List<Edit>>();
    for (var one : due)
      byLayer
          .computeIfAbsent(one.layer(), _ -> new ArrayList<>())
          .add(new Edit.Expire(one.entityId()));
    byLayer.forEach((layer, edits) ->
        ledger.write(
            Actor.SYSTEM, Write.each(new Address(layer.tenant(), layer.branch(), null), edits)));
  }
}
