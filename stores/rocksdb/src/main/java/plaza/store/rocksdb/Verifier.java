package plaza.store.rocksdb;

import java.util.List;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.Faults;
import plaza.store.bytes.HistoryCodec;

/// Reads everything and says what does not agree: block checksums, slots and their index rows,
/// counters, histories, feed.
final class Verifier {
  private final Engine engine;
  private final Dictionary names;
  private final LayerBook layers;
  private final HistoryCodec histories;
  private final FeedLog feed;
  private final SlotVerifier slots;
  private final FeedVerifier feeds;

  Verifier(
      Engine engine,
      Dictionary names,
      LayerBook layers,
      HistoryCodec histories,
      FeedLog feed,
      SlotVerifier slots,
      FeedVerifier feeds) {
    this.engine = engine;
    this.names = names;
    this.layers = layers;
    this.histories = histories;
    this.feed = feed;
    this.slots = slots;
    this.feeds = feeds;
  }

  /// For a store at rest, or held still by the caller.
  List<String> verify() {
    var faults = new Faults();
    faults.of("a file of the store", engine::verifyChecksums);
    var history =
        new HistoryVerifier(
            engine, names, histories, faults, feed.start().number(), feed.head().number());
    for (var layer : layers.all()) {
      int number = layers.find(layer);
      faults.of(
          "layer " + layer,
          () -> {
            slots.verify(
                layer,
                number,
                faults,
                (place, slot) -> {
                  if (layer.isMain()) history.says(place, slot);
                });
            history.readKnown(layer, number);
          });
    }
    for (var layer : layers.all())
      for (var family : List.of(Family.HISTORY, Family.RUNS))
        faults.of("a history of " + layer, () -> history.read(layer, layers.find(layer), family));
    if (!history.isAllRecorded())
      for (var layer : layers.all())
        if (layer.isMain())
          slots.slots(
              layer,
              layers.find(layer),
              faults,
              slot -> history.nameUnrecorded(layers.find(layer), slot));
    faults.of("the feed", () -> feeds.verify(faults, history::recordedAt));
    return faults.list();
  }
}
