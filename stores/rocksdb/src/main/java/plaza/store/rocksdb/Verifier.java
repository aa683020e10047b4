package plaza.store.rocksdb;

import java.util.List;
import plaza.store.bytes.Books;
import plaza.store.bytes.Faults;
import plaza.store.bytes.HistoryCheck;
import plaza.store.bytes.HistoryCodec;

/// Reads everything and says what does not agree: block checksums, slots and their index rows,
/// counters, histories, feed.
final class Verifier {
  private final Engine engine;
  private final Books books;
  private final HistoryCodec histories;
  private final SlotVerifier slots;
  private final FeedVerifier feeds;

  Verifier(
      Engine engine, Books books, HistoryCodec histories, SlotVerifier slots, FeedVerifier feeds) {
    this.engine = engine;
    this.books = books;
    this.histories = histories;
    this.slots = slots;
    this.feeds = feeds;
  }

  /// For a store at rest, or held still by the caller.
  List<String> verify() {
    var faults = new Faults();
    faults.of("a file of the store", engine::verifyChecksums);
    var layers = books.layers();
    var said = new HistoryCheck(books, histories, HistoryVerifier::head, faults);
    var history = new HistoryVerifier(engine, books.names(), histories, said, faults);
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
                  if (layer.isMain()) said.says(place, slot);
                });
            history.readKnown(layer, number);
          });
    }
    for (var layer : layers.all())
      for (var family : List.of(Family.HISTORY, Family.RUNS))
        faults.of("a history of " + layer, () -> history.read(layer, layers.find(layer), family));
    if (!said.isAllRecorded())
      for (var layer : layers.all())
        if (layer.isMain())
          slots.slots(
              layer,
              layers.find(layer),
              faults,
              slot -> said.nameUnrecorded(layers.find(layer), slot));
    faults.of("the feed", () -> feeds.verify(faults, said::recordedAt));
    return faults.list();
  }
}
