package plaza.store.rocksdb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.ledger.store.Slot;
import plaza.store.bytes.ByteReader;
import plaza.store.bytes.ByteWriter;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.Places;
import plaza.store.bytes.Terms;
import plaza.store.bytes.Times;

/// The rows by which an entity is found: one for each type, and for each type the scalars of its
/// attributes and the cells of its places.
///
/// | family | key |
/// |---|---|
/// | types | layer 4, gone 1, type 4, id |
/// | values | layer 4, gone 1, attribute 4, type 4, term, id |
/// | places | layer 4, gone 1, attribute 4, type 4, 0, cell 8, id for points |
/// | places | layer 4, gone 1, attribute 4, type 4, 1, shift 1, cell 8, id for other shapes |
/// | timers | layer 4, time 8, id; of present entities of which something ends |
///
/// The value of a row is [#ONLY] when the entity has no other row between these prefixes, so that a
/// scan need not remember that it saw it.
final class IndexEntries {
  static final byte[] ONLY = {0};
  static final byte[] ONE_OF_SEVERAL = {1};

  private final Dictionary names;
  private volatile boolean timed;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(Family family, byte[] key, byte[] value) {}

  IndexEntries(Dictionary names) {
    this.names = names;
  }

  /// Puts into a batch what changes between two slots of one entity.
  ///
  /// @param after null when it vanishes
  void change(Batch batch, int layer, @Nullable Slot before, @Nullable Slot after) {
    var kept = after == null ? Kept.NOTHING : Kept.of(before, after);
    var old = new TreeMap<byte[], Row>(Arrays::compareUnsigned);
    if (before != null) for (var row : rows(layer, before, kept)) old.put(unique(row), row);
    for (var row : after == null ? List.<Row>of() : rows(layer, after, kept)) {
      var same = old.remove(unique(row));
      if (same == null || !Arrays.equals(same.value, row.value)) {
        if (row.family == Family.TIMERS) timed = true;
        batch.put(row.family, row.key, row.value);
      }
    }
    for (var row : old.values()) batch.delete(row.family, row.key);
  }

  private static byte[] unique(Row row) {
    return new ByteWriter(row.key.length + 1).u8(row.family.number()).raw(row.key).toBytes();
  }

  /// What needs no look because it is the same in both slots.
  ///
  /// @param attributes names whose instances say the same in both, whenever they were written
  private record Kept(boolean types, Set<String> attributes) {
    static final Kept NOTHING = new Kept(false, Set.of());

    static Kept of(@Nullable Slot before, Slot after) {
      if (before == null
          || (before instanceof Slot.Gone) != (after instanceof Slot.Gone)
          || !before.entity().types().equals(after.entity().types())) return NOTHING;
      var old = byName(before.entity());
      var kept = new HashSet<String>();
      byName(after.entity())
          .forEach((name, instances) -> {
            var was = old.get(name);
            if (was == null || was.size() != instances.size()) return;
            for (int i = 0; i < was.size(); i++)
              if (!was.get(i).content().equals(instances.get(i).content())) return;
            kept.add(name);
          });
      return new Kept(true, kept);
    }
  }

  private static Map<String, List<Attribute>> byName(Entity entity) {
    var byName = new LinkedHashMap<String, List<Attribute>>();
    for (var attribute : entity.attributes())
      byName.computeIfAbsent(attribute.name(), _ -> new ArrayList<>(1)).add(attribute);
    return byName;
  }

  /// Whether anything that ends was ever written since the store was opened.
  boolean isTimed() {
    return timed;
  }

  List<Row> rows(int layer, Slot slot) {
    return rows(layer, slot, Kept.NOTHING);
  }

  private List<Row> rows(int layer, Slot slot, Kept without) {
    var entity = slot.entity();
    int gone = slot instanceof Slot.Gone ? 1 : 0;
    boolean several = entity.types().size() > 1;
    var rows = new ArrayList<Row>();
    var types = new int[entity.types().size()];
    for (int i = 0; i < types.length; i++) types[i] = names.number(entity.types().get(i));
    if (!without.types)
      for (int type : types)
        rows.add(
            new Row(
                Family.TYPES,
                type(layer, gone, type).tail(entity.id()).toBytes(),
                several ? ONE_OF_SEVERAL : ONLY));
    var ends = gone == 1 ? null : entity.nextExpiry();
    if (ends != null)
      rows.add(new Row(Family.TIMERS, timer(layer, ends).tail(entity.id()).toBytes(), ONLY));
    byName(entity)
        .forEach((name, instances) -> {
          if (without.attributes.contains(name)) return;
          int attribute = names.number(name);
          add(rows, Family.VALUES, layer, gone, attribute, types, Terms.of(instances), entity.id());
          add(
              rows,
              Family.PLACES,
              layer,
              gone,
              attribute,
              types,
              Places.of(instances),
              entity.id());
        });
    return rows;
  }

  /// Takes away the rows of attributes without anything to compare; those that are still due are to
  /// be put again.
  void forgetPresence(Batch batch, int layer, Slot slot) {
    var entity = slot.entity();
    int gone = slot instanceof Slot.Gone ? 1 : 0;
    for (var name : byName(entity).keySet())
      for (var type : entity.types()) {
        var row = attribute(layer, gone, names.number(name), names.number(type)).u8(Terms.PRESENT);
        batch.delete(Family.VALUES, row.tail(entity.id()).toBytes());
      }
  }

  /// A row for each type and each term or cell.
  private static void add(
      List<Row> rows,
      Family family,
      int layer,
      int gone,
      int attribute,
      int[] types,
      Set<byte[]> found,
      String id) {
    var flag = found.size() * types.length > 1 ? ONE_OF_SEVERAL : ONLY;
    for (int type : types)
      for (var place : found)
        rows.add(
            new Row(
                family,
                attribute(layer, gone, attribute, type).raw(place).tail(id).toBytes(),
                flag));
  }

  static ByteWriter type(int layer, int gone, int type) {
    return new ByteWriter(64).i32(layer).u8(gone).i32(type);
  }

  /// In the families of values and of places.
  static ByteWriter attribute(int layer, int gone, int attribute, int type) {
    return new ByteWriter(96).i32(layer).u8(gone).i32(attribute).i32(type);
  }

  static ByteWriter timer(int layer, Instant ends) {
    return new ByteWriter(64).i32(layer).sorted(Times.micros(ends));
  }

  /// The id at the end of an index key.
  static String id(Family family, byte[] key) {
    return switch (family) {
      case TYPES -> new ByteReader(key, 4 + 1 + 4).tail();
      case VALUES -> {
        var in = new ByteReader(key, 4 + 1 + 4 + 4);
        Terms.skip(in);
        yield in.tail();
      }
      case PLACES -> {
        var in = new ByteReader(key, 4 + 1 + 4 + 4);
        if (in.u8() == Places.SHAPES) in.skip(1);
        in.skip(8);
        yield in.tail();
      }
      case TIMERS -> new ByteReader(key, 4 + 8).tail();
      case META, STATE, HISTORY, RUNS, KNOWN, FEED, NOTES, ERASED ->
          throw new IllegalArgumentException(family + " is no index");
    };
  }
}
