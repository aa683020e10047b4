package plaza.store.rocksdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.query.GeoFilter;
import plaza.graph.query.Query;
import plaza.store.bytes.Books;
import plaza.store.bytes.ByteWriter;
import plaza.store.bytes.Cells;
import plaza.store.bytes.Census;
import plaza.store.bytes.Choice;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.Narrowing;
import plaza.store.bytes.Neighbourhood;
import plaza.store.bytes.Places;
import plaza.store.bytes.Terms;
import plaza.store.rocksdb.AccessPath.KeyRange;

/// Chooses how to find the candidates of a query, from the query and what types there are: ids, a
/// place, a value, a type, or everything. The same query takes the same path while the data rests.
final class Planner {
  private static final int MOST_RANGES = 1024;
  private static final int MOST_SQUARES = 32;
  private static final int MOST_SQUARES_OF_A_SIZE = 4;

  private final Dictionary names;
  private final Census census;
  private final Choice choice;

  Planner(Books books) {
    this.names = books.names();
    this.census = books.census();
    this.choice = new Choice(books);
  }

  /// @param gone deleted entities too
  AccessPath path(int layer, Query query, boolean gone) {
    var ids = Choice.ids(query);
    if (!ids.isEmpty()) return new AccessPath.Ids(ids);
    var named = choice.types(layer, query);
    // The census knows the living only.
    if (named == null && gone) return new AccessPath.Everything();
    var types = named == null ? census.types(layer) : named;
    var states = gone ? new int[] {0, 1} : new int[] {0};
    boolean several = types.size() > 1;
    var place = places(layer, query.geo(), types, states);
    if (place != null && Neighbourhood.isSmall(query.geo()))
      return new AccessPath.Index(Family.PLACES, place, several || mayOverlap(query.geo()));
    var value = Narrowing.of(query, named != null);
    if (value.isPresent()
        && (place == null || value.get().strength() == Narrowing.Strength.EQUAL)) {
      var ranges = values(layer, value.get(), types, states);
      if (ranges != null)
        return new AccessPath.Index(Family.VALUES, ranges, several || value.get().mayOverlap());
    }
    if (place != null)
      return new AccessPath.Index(Family.PLACES, place, several || mayOverlap(query.geo()));
    if (named == null) return new AccessPath.Everything();
    return new AccessPath.Index(Family.TYPES, typeRanges(layer, types, states), several);
  }

  /// Two boxes, on both sides of the 180th meridian, may be covered by the same large square.
  private static boolean mayOverlap(@Nullable GeoFilter geo) {
    return geo != null && Neighbourhood.boxes(geo).size() > 1;
  }

  private static List<KeyRange> typeRanges(int layer, Set<Integer> types, int[] states) {
    var ranges = new ArrayList<KeyRange>();
    for (int state : states)
      for (int type : types) ranges.add(under(IndexEntries.type(layer, state, type)));
    return ranges;
  }

  private @Nullable List<KeyRange> values(
      int layer, Narrowing narrowing, Set<Integer> types, int[] states) {
    var ranges = new ArrayList<KeyRange>();
    for (var part : narrowing.parts()) {
      int attribute = names.find(part.attribute());
      if (attribute == Dictionary.UNKNOWN) continue;
      for (int state : states)
        for (int type : types) {
          var head = IndexEntries.attribute(layer, state, attribute, type).toBytes();
          if (part.stretches().isEmpty()) ranges.add(under(head));
          for (var stretch : part.stretches()) ranges.add(range(head, stretch));
          if (ranges.size() > MOST_RANGES) return null;
        }
    }
    return ranges;
  }

  private static KeyRange range(byte[] head, Terms.Stretch stretch) {
    var from = new ByteWriter(head.length + 16).raw(head);
    if (stretch.low() == null) from.u8(stretch.kind());
    else Terms.write(from, stretch.low());
    var until = new ByteWriter(head.length + 16).raw(head);
    if (stretch.high() == null) until.u8(stretch.kind());
    else Terms.write(until, stretch.high());
    return new KeyRange(from.toBytes(), Engine.after(until.toBytes()));
  }

  /// Null when the place does not narrow.
  private @Nullable List<KeyRange> places(
      int layer, @Nullable GeoFilter geo, Set<Integer> types, int[] states) {
    if (geo == null) return null;
    var boxes = Neighbourhood.boxes(geo);
    if (boxes.isEmpty() || (long) types.size() * states.length * MOST_SQUARES > MOST_RANGES)
      return null;
    int attribute = names.find(geo.property());
    var ranges = new ArrayList<KeyRange>();
    if (attribute == Dictionary.UNKNOWN) return ranges;
    for (int state : states)
      for (int type : types) {
        var head = IndexEntries.attribute(layer, state, attribute, type).toBytes();
        for (var box : boxes)
          for (var square : Cells.cover(box, MOST_SQUARES))
            ranges.add(range(head, new byte[] {Places.POINTS}, square));
      }
    for (int state : states)
      for (int type : types) {
        var head = IndexEntries.attribute(layer, state, attribute, type).toBytes();
        for (var box : boxes) ranges.addAll(shapes(head, box));
      }
    return ranges;
  }

  /// Sorted, so that a scan passes over sizes that no shape has without looking.
  private static List<KeyRange> shapes(byte[] head, org.locationtech.jts.geom.Envelope box) {
    var ranges = new ArrayList<KeyRange>();
    for (int shift = 0; shift <= Cells.BITS; shift += Cells.SHIFT_STEP) {
      var size = new byte[] {Places.SHAPES, (byte) shift};
      var squares =
          Cells.count(box, shift) <= MOST_SQUARES_OF_A_SIZE
              ? Cells.squares(box, shift)
              : Cells.cover(box, MOST_SQUARES_OF_A_SIZE);
      for (var square : squares) ranges.add(range(head, size, square));
    }
    ranges.sort((a, b) -> Arrays.compareUnsigned(a.from(), b.from()));
    return ranges;
  }

  private static KeyRange range(byte[] head, byte[] size, Cells.Square square) {
    var from = new ByteWriter(head.length + 10).raw(head).raw(size).i64(square.code());
    var last = new ByteWriter(head.length + 10).raw(head).raw(size).i64(square.last());
    return new KeyRange(from.toBytes(), Engine.after(last.toBytes()));
  }

  private static KeyRange under(ByteWriter prefix) {
    return under(prefix.toBytes());
  }

  private static KeyRange under(byte[] prefix) {
    return new KeyRange(prefix, Engine.after(prefix));
  }
}
