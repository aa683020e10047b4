package plaza.store.postgres;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
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

/// Chooses how to find the candidates of a query, from the query and what types there are: ids, a
/// place, a value, a type, or everything. The same query takes the same path while the data rests.
final class Planner {
  private static final int MOST_RANGES = 1_024;
  private static final int MOST_SQUARES = 32;
  private static final int MOST_SQUARES_OF_A_SIZE = 4;
  private static final byte[] FIRST = {};

  private final Dictionary names;
  private final Census census;
  private final Choice choice;

  Planner(Books books) {
    this.names = books.names();
    this.census = books.census();
    this.choice = new Choice(books);
  }

  /// What of an attribute's terms to look at.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stretch(int attribute, byte[] from, byte[] until) {}

  /// @param gone deleted entities too
  AccessPath path(int layer, Query query, boolean gone) {
    var ids = Choice.ids(query);
    if (!ids.isEmpty()) return new AccessPath.Ids(ids);
    var named = choice.types(layer, query);
    // The census knows the living only.
    if (named == null && gone) return new AccessPath.Everything();
    var types = named == null ? census.types(layer) : named;
    int heads = types.size() * (gone ? 2 : 1);
    var places = places(query.geo());
    if (places != null && (long) places.size() * heads > MOST_RANGES) places = null;
    if (places != null && Neighbourhood.isSmall(query.geo()))
      return ranges(places, types, gone, true);
    var value = Narrowing.of(query, named != null);
    if (value.isPresent()
        && (places == null || value.get().strength() == Narrowing.Strength.EQUAL)) {
      var values = values(value.get());
      if ((long) values.size() * heads <= MOST_RANGES) return ranges(values, types, gone, true);
    }
    if (places != null) return ranges(places, types, gone, true);
    if (named == null) return new AccessPath.Everything();
    return ranges(List.of(new Stretch(0, FIRST, new byte[] {0})), types, gone, types.size() > 1);
  }

  private static AccessPath ranges(
      List<Stretch> stretches, Set<Integer> types, boolean gone, boolean overlapping) {
    var ranges = new ArrayList<AccessPath.Range>();
    for (var stretch : stretches)
      for (int type : types) {
        ranges.add(
            new AccessPath.Range(false, stretch.attribute, type, stretch.from, stretch.until));
        if (gone)
          ranges.add(
              new AccessPath.Range(true, stretch.attribute, type, stretch.from, stretch.until));
      }
    return new AccessPath.Ranges(ranges, overlapping);
  }

  private List<Stretch> values(Narrowing narrowing) {
    var stretches = new ArrayList<Stretch>();
    for (var part : narrowing.parts()) {
      int attribute = names.find(part.attribute());
      if (attribute == Dictionary.UNKNOWN) continue;
      if (part.stretches().isEmpty())
        stretches.add(new Stretch(attribute, FIRST, new byte[] {Lookups.PLACE}));
      for (var stretch : part.stretches())
        stretches.add(
            new Stretch(
                attribute, term(stretch, stretch.low()), after(term(stretch, stretch.high()))));
    }
    return stretches;
  }

  private static byte[] term(Terms.Stretch stretch, plaza.graph.@Nullable Value end) {
    var out = new ByteWriter(16);
    if (end == null) out.u8(stretch.kind());
    else Terms.write(out, end);
    return out.toBytes();
  }

  /// The smallest term greater than all that begin with these bytes.
  static byte[] after(byte[] prefix) {
    var end = prefix.clone();
    for (int i = end.length - 1; i >= 0; i--) if (++end[i] != 0) return Arrays.copyOf(end, i + 1);
    throw new IllegalArgumentException("no term comes after this prefix");
  }

  /// Null when the place does not narrow.
  private @Nullable List<Stretch> places(@Nullable GeoFilter geo) {
    if (geo == null) return null;
    var boxes = Neighbourhood.boxes(geo);
    if (boxes.isEmpty()) return null;
    int attribute = names.find(geo.property());
    var stretches = new ArrayList<Stretch>();
    if (attribute == Dictionary.UNKNOWN) return stretches;
    for (var box : boxes)
      for (var square : Cells.cover(box, MOST_SQUARES))
        stretches.add(place(attribute, new byte[] {Places.POINTS}, square));
    for (var box : boxes)
      for (int shift = 0; shift <= Cells.BITS; shift += Cells.SHIFT_STEP)
        for (var square : shapes(box, shift))
          stretches.add(place(attribute, new byte[] {Places.SHAPES, (byte) shift}, square));
    return stretches;
  }

  private static List<Cells.Square> shapes(Envelope box, int shift) {
    return Cells.count(box, shift) <= MOST_SQUARES_OF_A_SIZE
        ? Cells.squares(box, shift)
        : Cells.cover(box, MOST_SQUARES_OF_A_SIZE);
  }

  private static Stretch place(int attribute, byte[] size, Cells.Square square) {
    var from = new ByteWriter(12).u8(Lookups.PLACE).raw(size).i64(square.code()).toBytes();
    var last = new ByteWriter(12).u8(Lookups.PLACE).raw(size).i64(square.last()).toBytes();
    return new Stretch(attribute, from, after(last));
  }
}
