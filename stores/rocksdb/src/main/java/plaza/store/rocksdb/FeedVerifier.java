package plaza.store.rocksdb;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToIntFunction;
import plaza.graph.change.Change;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Recorded;
import plaza.store.bytes.Faults;
import plaza.store.bytes.FeedCodec;
import plaza.store.bytes.Mark;

/// Checks that the feed has no gap, and that what it tells is in the histories and in the state.
final class FeedVerifier {
  private final Engine engine;
  private final LayerBook layers;
  private final SlotReader slots;
  private final FeedCodec codec;
  private final FeedLog feed;
  private final Erasures erasures;
  private final Map<Layer, Map<String, List<Mark>>> erased = new HashMap<>();

  FeedVerifier(
      Engine engine,
      LayerBook layers,
      SlotReader slots,
      FeedCodec codec,
      FeedLog feed,
      Erasures erasures) {
    this.engine = engine;
    this.layers = layers;
    this.slots = slots;
    this.codec = codec;
    this.feed = feed;
    this.erasures = erasures;
  }

  /// @param recordedAt how many instances the histories of main branches have from a commit
  void verify(Faults faults, LongToIntFunction recordedAt) {
    long expected = feed.start().number() + 1;
    erased.clear();
    for (var layer : layers.all())
      if (layer.isMain()) erased.put(layer, erasures.all(layers.find(layer)));
    try (var view = engine.view()) {
      var rows = view.iterator(Family.FEED, Keys.feed(-1L), 1 << 20);
      for (rows.seek(Keys.feed(0)); rows.isValid(); rows.next()) {
        long position = Keys.feedPosition(rows.key());
        if (position != expected)
          faults.add("the feed goes on at " + position + " where " + expected + " should be");
        expected = position + 1;
        var value = rows.value();
        faults.of(
            "the feed entry " + position,
            () -> {
              var entry = codec.read(position, value);
              if (entry.layer().isMain()) entry(entry, recordedAt.applyAsInt(position), faults);
            });
      }
      Engine.requireGood(rows, "reading the feed");
    }
    if (expected != feed.head().number() + 1)
      faults.add("the feed ends at " + (expected - 1) + ", not at " + feed.head().number());
  }

  private void entry(FeedEntry entry, int recorded, Faults faults) {
    int told = 0;
    int index = 0;
    for (var change : entry.changes()) {
      var marks = marks(entry.layer(), change.entity().id());
      for (var instance : change.recorded()) {
        var one = new Recorded(instance, entry.position(), index++);
        if (marks.stream().noneMatch(mark -> mark.explains(one))) told++;
      }
    }
    if (told != recorded)
      faults.add(
          "feed entry "
              + entry.position().number()
              + " tells of "
              + told
              + " instances, the histories have "
              + recorded);
    var seen = new java.util.HashSet<String>();
    // The last change of an entity is what the commit left.
    for (var change : entry.changes().reversed())
      if (seen.add(change.entity().id()))
        state(entry.layer(), entry.position().number(), change, faults);
  }

  private List<Mark> marks(Layer layer, String id) {
    return erased.getOrDefault(layer, Map.of()).getOrDefault(id, List.of());
  }

  private void state(Layer layer, long position, Change change, Faults faults) {
    var id = change.entity().id();
    if (marks(layer, id).stream().anyMatch(mark -> mark.isEvolution() && mark.at() >= position))
      return;
    var slot = slots.find(layers.find(layer), id);
    if (slot.isEmpty() || slot.get().entity().version() < position)
      faults.add(id + " in " + layer + " does not have what feed entry " + position + " tells");
    else if (slot.get().entity().version() == position
        && !slot.get().entity().equals(change.entity()))
      faults.add(id + " in " + layer + " is not what feed entry " + position + " says it is");
  }
}
