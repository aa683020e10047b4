package plaza.portal.city;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.simplify.TopologyPreservingSimplifier;
import plaza.ledger.Actor;

/// A small map drawn by the server, for pages without script: the districts, and on them an area or
/// a place.
///
/// @param width of the drawing, in its own units
/// @param districts as paths of SVG
/// @param area a highlighted shape, as a path; null for none
/// @param pin a place; null for none
public record Sketch(
    int width, int height, List<Part> districts, @Nullable String area, @Nullable Dot pin) {
  private static final int WIDTH = 600;
  private static final double ABOUT_FIFTY_METRES = 5e-4;

  /// @param path in SVG's words
  public record Part(String name, String path, Dot middle) {}

  public record Dot(String x, String y) {}

  public Sketch {
    districts = List.copyOf(districts);
  }

  /// @param area highlighted; null for none
  /// @param pin highlighted; null for none
  public static Sketch of(
      City city, Actor actor, @Nullable Geometry area, @Nullable Coordinate pin) {
    var districts = city.districts(actor);
    var frame = new Envelope();
    for (var district : districts) frame.expandToInclude(district.shape().getEnvelopeInternal());
    if (area != null) frame.expandToInclude(area.getEnvelopeInternal());
    if (pin != null) frame.expandToInclude(pin);
    if (frame.isNull()) return new Sketch(WIDTH, 1, List.of(), null, null);
    frame.expandBy(frame.getWidth() * 0.02 + 1e-3, frame.getHeight() * 0.02 + 1e-3);
    var pen = new Pen(frame);
    var parts = new ArrayList<Part>();
    for (var district : districts)
      parts.add(
          new Part(
              district.name(),
              pen.path(TopologyPreservingSimplifier.simplify(district.shape(), ABOUT_FIFTY_METRES)),
              pen.dot(district.shape().getInteriorPoint().getCoordinate())));
    return new Sketch(
        WIDTH,
        pen.height(),
        parts,
        area == null
            ? null
            : pen.path(TopologyPreservingSimplifier.simplify(area, ABOUT_FIFTY_METRES)),
        pin == null ? null : pen.dot(pin));
  }

  /// Degrees to the drawing's units; over one city the difference to a true projection cannot be
  /// seen.
  private static final class Pen {
    private final Envelope frame;
    private final double perX;
    private final double perY;

    Pen(Envelope frame) {
      this.frame = frame;
      this.perX = WIDTH / frame.getWidth();
      this.perY = perX / Math.cos(Math.toRadians(frame.centre().y));
    }

    int height() {
      return (int) Math.ceil(frame.getHeight() * perY);
    }

    Dot dot(Coordinate at) {
      return new Dot(
          number((at.x - frame.getMinX()) * perX), number((frame.getMaxY() - at.y) * perY));
    }

    String path(Geometry shape) {
      var path = new StringBuilder();
      for (int i = 0; i < shape.getNumGeometries(); i++)
        if (shape.getGeometryN(i) instanceof Polygon polygon) {
          ring(polygon.getExteriorRing(), path);
          for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++)
            ring(polygon.getInteriorRingN(hole), path);
        }
      return path.toString();
    }

    private void ring(Geometry ring, StringBuilder path) {
      var step = "M";
      for (var at : ring.getCoordinates()) {
        var dot = dot(at);
        path.append(step).append(dot.x).append(' ').append(dot.y);
        step = "L";
      }
      path.append('Z');
    }

    private static String number(double value) {
      return String.format(Locale.ROOT, "%.1f", value);
    }
  }
}
