package plaza.store.rocksdb;

import java.util.Arrays;
import plaza.graph.change.Change;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;

/// Checks that the feed has no gap, and that what it tells is in the histories and in the state.
final class HistoryVerifier {
  private final Engine engine;
  private final Dictionary names;
  private final LayerBook layers;
  private final SlotReader slots;
  private final HistoryReader history;
  private final HistoryCodec codec;
  private final FeedCodec feedCodec;
  private final FeedLog feed;

  HistoryVerifier(
      Engine engine,
      Dictionary names,
      LayerBook layers,
      SlotReader slots,
      HistoryReader history,
      HistoryCodec codec,
      FeedCodec feedCodec,
      FeedLog feed) {
    this.engine = engine;
    this.names = names;
    this.layers = layers;
    this.slots = slots;
    this.history = history;
    this.codec = codec;
    this.feedCodec = feedCodec;
    this.feed = feed;
  }

  void verify(Faults faults) {
    long start = feed.start().number();
    // Instances recorded by each commit the feed still has, in main branches.
    var recorded = new int[Math.toIntExact(feed.head().number() - start)];
    try (var view = engine.view()) {
      for (var layer : layers.all()) {
        int number = layers.find(layer);
        singles(view, layer, number, start, recorded, faults);
        runs(view, layer, number, start, recorded, faults);
      }
      feed(view, start, recorded, faults);
    }
  }

  private void singles(
      View view, Layer layer, int number, long start, int[] recorded, Faults faults) {
    var check = new Known(number, faults);
    var prefix = Keys.layer(number);
    var rows = view.iterator(Family.HISTORY, Engine.after(prefix), 1 << 20);
    for (rows.seek(prefix); rows.isValid(); rows.next()) {
      var key = rows.key();
      var value = rows.value();
      check.see(key, Keys.HISTORY_TAIL);
      faults.of(
          "a row of " + check.subject(),
          () -> {
            var in = new ByteReader(key, key.length - Keys.HISTORY_TAIL);
            long event = in.sorted();
            long position = in.i64();
            var found = codec.single(value, check.name, event, position, in.i32());
            if (Times.eventMicros(found.attribute()) != event)
              faults.add("a row of " + check.subject() + " lies at another time than it says");
            count(layer, position, 1, start, recorded);
          });
    }
    Engine.requireGood(rows, "reading the histories of " + layer);
  }

  private void runs(View view, Layer layer, int number, long start, int[] recorded, Faults faults) {
    var check = new Known(number, faults);
    var prefix = Keys.layer(number);
    var rows = view.iterator(Family.RUNS, Engine.after(prefix), 1 << 20);
    for (rows.seek(prefix); rows.isValid(); rows.next()) {
      var key = rows.key();
      var value = rows.value();
      check.see(key, Keys.RUN_TAIL);
      faults.of(
          "a run of " + check.subject(),
          () -> {
            var in = new ByteReader(key, key.length - Keys.RUN_TAIL);
            int day = in.i32() ^ Integer.MIN_VALUE;
            long position = in.i64();
            count(
                layer,
                position,
                codec.run(value, check.name, day, position).size(),
                start,
                recorded);
          });
    }
    Engine.requireGood(rows, "reading the runs of " + layer);
  }

  private static void count(Layer layer, long position, int instances, long start, int[] recorded) {
    if (layer.isMain() && position > start) recorded[(int) (position - start - 1)] += instances;
  }

  /// Whose history goes by, and whether it is known that it has one.
  private final class Known {
    private final int layer;
    private final Faults faults;
    private byte[] last = new byte[0];
    private String id = "";
    private String name = "";

    Known(int layer, Faults faults) {
      this.layer = layer;
      this.faults = faults;
    }

    void see(byte[] key, int tail) {
      var head = Arrays.copyOf(key, key.length - tail);
      if (Arrays.equals(head, last)) return;
      last = head;
      var in = new ByteReader(head, 4);
      name = names.name(in.i32());
      id = in.untilZero();
      if (!history.attributes(layer, id).contains(name))
        faults.add(subject() + " has a history that is not known of");
    }

    String subject() {
      return name + " of " + id;
    }
  }

  private void feed(View view, long start, int[] recorded, Faults faults) {
    long expected = start + 1;
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
            var entry = feedCodec.read(position, value);
            if (entry.layer().isMain())
              entry(entry, recorded[(int) (position - start - 1)], faults);
          });
    }
    Engine.requireGood(rows, "reading the feed");
    if (expected != feed.head().number() + 1)
      faults.add("the feed ends at " + (expected - 1) + ", not at " + feed.head().number());
  }

  private void entry(FeedEntry entry, int recorded, Faults faults) {
    long position = entry.position().number();
    int told = entry.changes().stream().mapToInt(change -> change.recorded().size()).sum();
    if (told != recorded)
      faults.add(
          "feed entry "
              + position
              + " tells of "
              + told
              + " instances, the histories have "
              + recorded);
    for (var change : entry.changes()) state(entry.layer(), position, change, entry, faults);
  }

  private void state(Layer layer, long position, Change change, FeedEntry entry, Faults faults) {
    var id = change.entity().id();
    var slot = slots.find(layers.find(layer), id);
    if (slot.isEmpty() || slot.get().entity().version() < position)
      faults.add(id + " in " + layer + " does not have what feed entry " + position + " tells");
    else if (slot.get().entity().version() == position
        && entry.changes().reversed().stream()
            .filter(other -> other.entity().id().equals(id))
            .findFirst()
            .filter(last -> !last.entity().equals(slot.get().entity()))
            .isPresent())
      faults.add(id + " in " + layer + " is not what feed entry " + position + " says it is");
  }
}
