package plaza.store.rocksdb;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Slot;
import plaza.store.bytes.Books;
import plaza.store.bytes.CensusCheck;
import plaza.store.bytes.Faults;
import plaza.store.bytes.RowSum;

/// Checks that a layer's slots can be read and that indexes and counters say the same.
final class SlotVerifier {
  private static final List<Family> INDEXES =
      List.of(Family.TYPES, Family.VALUES, Family.PLACES, Family.TIMERS);
  private static final int READAHEAD = 1 << 20;

  private final Engine engine;
  private final Books books;
  private final SlotReader slots;
  private final IndexEntries indexes;

  SlotVerifier(Engine engine, Books books, SlotReader slots, IndexEntries indexes) {
    this.engine = engine;
    this.books = books;
    this.slots = slots;
    this.indexes = indexes;
  }

  /// @param each told every slot that can be read
  void verify(Layer layer, int number, Faults faults, BiConsumer<Integer, Slot> each) {
    var census = new CensusCheck(books.names());
    var expected = new EnumMap<Family, RowSum>(Family.class);
    for (var family : INDEXES) expected.put(family, new RowSum());
    slots(
        layer,
        number,
        faults,
        slot -> {
          census.sees(slot);
          for (var row : indexes.rows(number, slot))
            java.util.Objects.requireNonNull(expected.get(row.family()))
                .add(row.key(), row.value());
          each.accept(number, slot);
        });
    for (var family : INDEXES) {
      var found = rows(number, family);
      var wanted = java.util.Objects.requireNonNull(expected.get(family));
      if (!found.isThatOf(wanted)) {
        faults.add(
            "the index "
                + family
                + " of "
                + layer
                + " has "
                + found.count()
                + " rows where the entities ask for "
                + wanted.count()
                + ", or other ones");
        nameMissing(layer, number, family, faults);
      }
    }
    census.compare(layer, counters(number), faults);
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

  private RowSum rows(int number, Family family) {
    var found = new RowSum();
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

  private Map<Integer, Long> counters(int number) {
    var said = new HashMap<Integer, Long>();
    for (var cell : books.census().cells(number))
      said.put(cell.type(), books.census().count(number, cell.type()));
    return said;
  }
}
