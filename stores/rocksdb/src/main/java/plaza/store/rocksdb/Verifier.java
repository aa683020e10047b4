package plaza.store.rocksdb;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Slot;
import plaza.ledger.store.Span;

/// Reads everything and says what does not agree: block checksums, slots and their index rows,
/// counters, histories, feed.
final class Verifier {
  private final Engine engine;
  private final Dictionary names;
  private final LayerBook layers;
  private final Census census;
  private final SlotReader slots;
  private final IndexEntries indexes;
  private final HistoryReader history;
  private final HistoryVerifier histories;

  Verifier(
      Engine engine,
      Dictionary names,
      LayerBook layers,
      Census census,
      SlotReader slots,
      IndexEntries indexes,
      HistoryReader history,
      HistoryVerifier histories) {
    this.engine = engine;
    this.names = names;
    this.layers = layers;
    this.census = census;
    this.slots = slots;
    this.indexes = indexes;
    this.history = history;
    this.histories = histories;
  }

  /// For a store at rest, or held still by the caller.
  List<String> verify() {
    var faults = new Faults();
    faults.of("a file of the store", engine::verifyChecksums);
    for (var layer : layers.all())
      faults.of("layer " + layer, () -> layer(layer, layers.find(layer), faults));
    faults.of("the feed", () -> histories.verify(faults));
    return faults.list();
  }

  private void layer(Layer layer, int number, Faults faults) {
    var counted = new HashMap<Integer, Long>();
    var rows = new HashMap<Family, Long>();
    try (var view = engine.view()) {
      var prefix = Keys.layer(number);
      var all = view.iterator(Family.STATE, Engine.after(prefix), 1 << 20);
      for (all.seek(prefix); all.isValid(); all.next()) {
        var id = Keys.stateId(all.key());
        var value = all.value();
        faults.of(
            id + " in " + layer,
            () -> {
              var slot = slots.slot(id, value);
              if (slot instanceof Slot.Present(var entity))
                for (var type : entity.types()) counted.merge(names.number(type), 1L, Long::sum);
              index(view, layer, number, slot, rows, faults);
              if (layer.isMain()) recorded(number, slot, faults);
            });
      }
      Engine.requireGood(all, "reading the entities of " + layer);
      for (var family : List.of(Family.TYPES, Family.VALUES, Family.PLACES))
        compareRows(view, layer, prefix, family, rows, faults);
    }
    compareCounts(layer, number, counted, faults);
  }

  private void index(
      View view, Layer layer, int number, Slot slot, Map<Family, Long> rows, Faults faults) {
    for (var row : indexes.rows(number, slot)) {
      rows.merge(row.family(), 1L, Long::sum);
      var found = view.getAll(row.family(), List.of(row.key())).getFirst();
      if (found == null || !Arrays.equals(found, row.value()))
        faults.add(
            slot.entity().id() + " in " + layer + " is missing from the index " + row.family());
    }
  }

  /// What the state says now was recorded when it was said.
  private void recorded(int number, Slot slot, Faults faults) {
    if (slot instanceof Slot.Present(var entity))
      for (var attribute : entity.attributes()) {
        var at = attribute.eventTime();
        var then =
            history.read(
                number,
                entity.id(),
                attribute.name(),
                Span.between(at, at.plusNanos(1_000)),
                true,
                Integer.MAX_VALUE);
        if (then.stream().noneMatch(one -> one.attribute().equals(attribute)))
          faults.add(attribute.name() + " of " + entity.id() + " is not in its history at " + at);
      }
  }

  private static void compareRows(
      View view,
      Layer layer,
      byte[] prefix,
      Family family,
      Map<Family, Long> expected,
      Faults faults) {
    long found = 0;
    var rows = view.iterator(family, Engine.after(prefix), 1 << 20);
    for (rows.seek(prefix); rows.isValid(); rows.next()) found++;
    Engine.requireGood(rows, "reading the index " + family);
    long wanted = expected.getOrDefault(family, 0L);
    if (found != wanted)
      faults.add("the index " + family + " of " + layer + " has " + found + " rows, not " + wanted);
  }

  private void compareCounts(Layer layer, int number, Map<Integer, Long> counted, Faults faults) {
    var types = new java.util.TreeSet<>(counted.keySet());
    types.addAll(census.types(number));
    for (int type : types) {
      long wanted = counted.getOrDefault(type, 0L);
      if (census.count(number, type) != wanted)
        faults.add(
            "the counter of "
                + names.name(type)
                + " in "
                + layer
                + " says "
                + census.count(number, type)
                + ", not "
                + wanted);
    }
  }
}
