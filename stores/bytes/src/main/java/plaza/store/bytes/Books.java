package plaza.store.bytes;

import org.jspecify.annotations.Nullable;
import plaza.graph.Entity;
import plaza.ledger.store.Slot;

/// What an engine knows by heart of what it stores: which numbers stand for which names and layers,
/// how many entities there are, and where the feed begins and ends.
///
/// What a batch changes of it is noted while the batch is made, and holds when it is stored.
public record Books(Dictionary names, LayerBook layers, Census census, FeedEnds feed) {
  public Books() {
    this(new Dictionary(), new LayerBook(), new Census(), new FeedEnds());
  }

  /// Counts what is in a slot instead of what was; null for nothing. For the appending thread.
  public void count(int layer, @Nullable Slot before, @Nullable Slot after) {
    if (before instanceof Slot.Present(var old)) count(layer, old, -1);
    if (after instanceof Slot.Present(var present)) count(layer, present, 1);
  }

  private void count(int layer, Entity entity, int difference) {
    for (var type : entity.types()) census.add(layer, names.number(type), difference);
  }

  void saved() {
    names.saved();
    layers.saved();
    census.saved();
  }

  /// What is not stored by now was not: names keep their numbers, for the next batch.
  void forget() {
    layers.forget();
    census.forget();
  }
}
