package plaza.store.rocksdb;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Slot;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.Faults;
import plaza.store.bytes.Fingerprints;

/// Checks that a layer's slots can be read and that indexes and counters say the same.
final class SlotVerifier {
  private static final List<Family> INDEXES =
      List.of(Family.TYPES, Family.VALUES, Family.PLACES, Family.TIMERS);
  private static final int READAHEAD = 1 << 20;

  private final Engine engine;
  private final Dictionary names;
  private final Census census;
  private final SlotReader slots;
  private final IndexEntries indexes;

  SlotVerifier(
      Engine engine, Dictionary names, Census census, SlotReader slots, IndexEntries indexes) {
    this.engine = engine;
    this.names = names;
    this.census = census;
    this.slots = slots;
    this.indexes = indexes;
  }

  /// How many rows there are, and the sum of their fingerprints: equal for equal sets of rows.
  private static final class Rows {
    private long count;
    private long sum;

    void add(byte[] key, byte[] value) {
      count++;
      sum += Fingerprints.of(key, value);
    }

    boolean equalTo(Rows other) {
      return count == other.count && sum == other.sum;
    }
  }

  /// @param each told every slot that can be read
  void verify(Layer layer, int number, Faults faults, BiConsumer<Integer, Slot> each) {
    var counted = new HashMap<Integer, Long>();
    var expected = new EnumMap<Family, Rows>(Family.class);
    for (var family : INDEXES) expected.put(family, new Rows());
    slots(
        layer,
        number,
        faults,
        slot -> {
          if (slot instanceof Slot.Present(var entity))
            for (var type : entity.types()) counted.merge(names.number(type), 1L, Long::sum);
          for (var row : indexes.rows(number, slot))
            java.util.Objects.requireNonNull(expected.get(row.family()))
                .add(row.key(), row.value());
          each.accept(number, slot);
        });
    for (var family : INDEXES) {
      var found = rows(number, family);
      var wanted = java.util.Objects.requireNonNull(expected.get(family));
      if (!found.equalTo(wanted)) {
        faults.add(
            "the index "
                + family
                + " of "
                + layer
                + " has "
                + found.count
                + " rows where the entities ask for "
                + wanted.count
                + ", or other ones");
        nameMissing(layer, number, family, faults);
      }
    }
    compareCounts(layer, number, counted, faults);
  }

  void slots(Layer layer, int number, Faults faults, Consumer<Slot> each) {
    var prefix = Keys.layer(number);
    try (var view = engine.view()) {
      var rows = view.iterator(Family.STATE, Engine.after(prefix), READAHEAD);
      for (rows.seek(prefix); rows.isValid(); rows.next()) {
        var id = Keys.stateId(rows.key());
        var value = rows.value();
        faults.of(id + " in " + layer, () -> each.accept(slots.slot(id, value)));
      }
      Engine.requireGood(rows, "reading the entities of " + layer);
    }
  }

  private Rows rows(int number, Family family) {
    var found = new Rows();
    var prefix = Keys.layer(number);
    try (var view = engine.view()) {
      var rows = view.iterator(family, Engine.after(prefix), READAHEAD);
      for (rows.seek(prefix); rows.isValid(); rows.next()) found.add(rows.key(), rows.value());
      Engine.requireGood(rows, "reading the index " + family);
    }
    return found;
  }

  /// Looks each row up, once it is known that something is wrong.
  private void nameMissing(Layer layer, int number, Family family, Faults faults) {
    slots(
        layer,
        number,
        faults,
        slot -> {
          for (var row : indexes.rows(number, slot)) {
            if (row.family() != family) continue;
            var found = engine.get(family, row.key());
            if (found == null || !Arrays.equals(found, row.value()))
              faults.add(
                  slot.entity().id() + " in " + layer + " is missing from the index " + family);
          }
        });
  }

  private void compareCounts(Layer layer, int number, Map<Integer, Long> counted, Faults faults) {
    var types = new TreeSet<>(counted.keySet());
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
