package plaza.store.postgres;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.ledger.store.Slot;
import plaza.store.bytes.ByteWriter;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.Places;
import plaza.store.bytes.Terms;

/// The rows by which entities are found: for each type one that says so, and one for each value and
/// each cell of an attribute.
final class Lookups {
  /// Stands before a cell, so that places sort behind all values of an attribute.
  static final int PLACE = Terms.TEXT + 1;

  private static final Bytes NOTHING = new Bytes(new byte[0]);

  private final Dictionary names;

  Lookups(Dictionary names) {
    this.names = names;
  }

  /// Puts into a batch what changes between two slots of one entity.
  ///
  /// @param after null when it vanishes
  void change(Batch batch, int layer, @Nullable Slot before, @Nullable Slot after) {
    boolean alike = before != null && after != null && areAlike(before, after);
    var kept = alike && before != null && after != null ? same(before, after) : Set.<String>of();
    var old = before == null ? Set.<Lookup>of() : rows(layer, before, !alike, kept);
    var now = after == null ? Set.<Lookup>of() : rows(layer, after, !alike, kept);
    for (var row : old) if (!now.contains(row)) batch.lookup(row, false);
    for (var row : now) if (!old.contains(row)) batch.lookup(row, true);
  }

  Set<Lookup> rows(int layer, Slot slot) {
    return rows(layer, slot, true, Set.of());
  }

  private static boolean areAlike(Slot before, Slot after) {
    return before instanceof Slot.Gone == after instanceof Slot.Gone
        && before.entity().types().equals(after.entity().types());
  }

  /// Names whose instances say the same in both, whenever they were written.
  private static Set<String> same(Slot before, Slot after) {
    var old = byName(before.entity());
    var same = new HashSet<String>();
    byName(after.entity())
        .forEach((name, instances) -> {
          var was = old.getOrDefault(name, List.of());
          boolean equal = was.size() == instances.size();
          for (int i = 0; equal && i < was.size(); i++)
            equal = was.get(i).content().equals(instances.get(i).content());
          if (equal) same.add(name);
        });
    return same;
  }

  private static Map<String, List<Attribute>> byName(Entity entity) {
    var byName = new LinkedHashMap<String, List<Attribute>>();
    for (var attribute : entity.attributes())
      byName.computeIfAbsent(attribute.name(), _ -> new ArrayList<>(1)).add(attribute);
    return byName;
  }

  private Set<Lookup> rows(int layer, Slot slot, boolean typed, Set<String> without) {
    var entity = slot.entity();
    boolean gone = slot instanceof Slot.Gone;
    var rows = new LinkedHashSet<Lookup>();
    for (var typeName : entity.types()) {
      int type = names.number(typeName);
      if (typed) rows.add(new Lookup(layer, gone, 0, type, NOTHING, entity.id()));
      byName(entity)
          .forEach((name, instances) -> {
            if (without.contains(name)) return;
            int attribute = names.number(name);
            for (var term : Terms.of(instances))
              rows.add(new Lookup(layer, gone, attribute, type, new Bytes(term), entity.id()));
            for (var cell : Places.of(instances))
              rows.add(new Lookup(layer, gone, attribute, type, place(cell), entity.id()));
          });
    }
    return rows;
  }

  private static Bytes place(byte[] cell) {
    return new Bytes(new ByteWriter(cell.length + 1).u8(PLACE).raw(cell).toBytes());
  }
}
