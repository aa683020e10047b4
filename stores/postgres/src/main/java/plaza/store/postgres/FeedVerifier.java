package plaza.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.LongToIntFunction;
import org.jspecify.annotations.Nullable;
import plaza.graph.change.Change;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Slot;
import plaza.store.bytes.Faults;
import plaza.store.bytes.FeedCodec;
import plaza.store.bytes.Mark;

/// Checks that the feed has no gap, and that what it tells is in the histories and in the state.
final class FeedVerifier {
  private final LayerBook layers;
  private final SlotReader slots;
  private final FeedCodec codec;
  private final FeedLog feed;
  private final Erasures erasures;
  private final Map<Layer, Map<String, List<Mark>>> erased = new HashMap<>();

  FeedVerifier(
      LayerBook layers, SlotReader slots, FeedCodec codec, FeedLog feed, Erasures erasures) {
    this.layers = layers;
    this.slots = slots;
    this.codec = codec;
    this.feed = feed;
    this.erasures = erasures;
  }

  /// @param recordedAt how many instances the histories of main branches have from a commit
  void verify(Connection session, Faults faults, LongToIntFunction recordedAt) throws SQLException {
    erased.clear();
    for (var layer : layers.all())
      if (layer.isMain()) erased.put(layer, erasures.all(session, layers.find(layer)));
    long reached = feed.start().number();
    while (reached < feed.head().number()) {
      var page = page(session, reached, faults);
      if (page.isEmpty()) break;
      for (var entry : page) {
        long position = entry.position().number();
        if (position != reached + 1)
          faults.add("the feed goes on at " + position + " where " + (reached + 1) + " should be");
        reached = position;
      }
      states(page, faults);
      for (var entry : page)
        if (entry.layer().isMain())
          recorded(entry, recordedAt.applyAsInt(entry.position().number()), faults);
    }
    if (reached != feed.head().number())
      faults.add("the feed ends at " + reached + ", not at " + feed.head().number());
  }

  private List<FeedEntry> page(Connection session, long after, Faults faults) throws SQLException {
    try (var statement =
        session.prepareStatement(
            """
            select position, print, body from feed where position > ?
            order by position limit ?\
            """)) {
      statement.setLong(1, after);
      statement.setInt(2, Verifier.ROWS_AT_ONCE);
      try (var rows = statement.executeQuery()) {
        var page = new ArrayList<FeedEntry>();
        while (rows.next()) {
          long position = rows.getLong(1);
          var body = rows.getBytes(3);
          if (rows.getInt(2) != Prints.ofFeed(position, body))
            faults.add("feed entry " + position + " is damaged: its checksum is another");
          faults.of("feed entry " + position, () -> page.add(codec.read(position, body)));
        }
        return page;
      }
    }
  }

  private void recorded(FeedEntry entry, int recorded, Faults faults) {
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
  }

  private List<Mark> marks(Layer layer, String id) {
    return erased.getOrDefault(layer, Map.of()).getOrDefault(id, List.of());
  }

  /// Looks up all that a page tells of, layer by layer.
  private void states(List<FeedEntry> page, Faults faults) {
    var byLayer = new HashMap<Layer, List<FeedEntry>>();
    for (var entry : page)
      if (entry.layer().isMain())
        byLayer.computeIfAbsent(entry.layer(), _ -> new ArrayList<>()).add(entry);
    byLayer.forEach((layer, entries) -> {
      var ids = new HashSet<String>();
      for (var entry : entries) for (var change : entry.changes()) ids.add(change.entity().id());
      var found = slots.findAll(layers.find(layer), ids);
      for (var entry : entries) {
        var seen = new HashSet<String>();
        // The last change of an entity is what the commit left.
        for (var change : entry.changes().reversed())
          if (seen.add(change.entity().id()))
            state(
                layer, entry.position().number(), change, found.get(change.entity().id()), faults);
      }
    });
  }

  private void state(
      Layer layer, long position, Change change, @Nullable Slot slot, Faults faults) {
    var id = change.entity().id();
    if (marks(layer, id).stream().anyMatch(mark -> mark.isEvolution() && mark.at() >= position))
      return;
    if (slot == null || slot.entity().version() < position)
      faults.add(id + " in " + layer + " does not have what feed entry " + position + " tells");
    else if (slot.entity().version() == position && !slot.entity().equals(change.entity()))
      faults.add(id + " in " + layer + " is not what feed entry " + position + " says it is");
  }
}
