package plaza.store.bytes;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.locationtech.jts.geom.Point;
import plaza.graph.Attribute;
import plaza.graph.Content;

/// Where the geometries of an attribute lie, as bytes: `0`, cell for a point; `1`, size, cell for
/// up to four squares of any other shape.
public final class Places {
  public static final int POINTS = 0;
  public static final int SHAPES = 1;

  private Places() {}

  /// What the instances of one attribute can be found by, in order; empty when none is a place.
  public static Set<byte[]> of(List<Attribute> instances) {
    var cells = new TreeSet<byte[]>(Arrays::compareUnsigned);
    for (var instance : instances)
      if (instance.content() instanceof Content.GeoProperty(var place)) {
        var shape = place.geometry();
        if (shape.isEmpty()) continue;
        if (shape instanceof Point point)
          cells.add(
              new ByteWriter(9).u8(POINTS).i64(Cells.code(point.getX(), point.getY())).toBytes());
        else {
          var box = shape.getEnvelopeInternal();
          int shift = Cells.shiftOf(box);
          for (var square : Cells.squares(box, shift))
            cells.add(new ByteWriter(10).u8(SHAPES).u8(shift).i64(square.code()).toBytes());
        }
      }
    return cells;
  }
}
