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
import plaza.graph.Refusal;
import plaza.ledger.Actor;

/// A small map drawn by the server, for pages without script: the districts, and on them an area or
/// a place.
///
/// @param width of the drawing, in its own units
/// @param districts as paths of SVG
/// @param area a highlighted shape, as a path; null for none
/// @param pins places on it
public record Sketch(
    int width, int height, List<Part> districts, @Nullable String area, List<Dot> pins) {
  private static final int WIDTH = 600;
  private static final double ABOUT_FIFTY_METRES = 5e-4;

  /// @param path in SVG's words
  public record Part(String name, String path, Dot middle) {}

  public record Dot(String x, String y) {}

  public Sketch {
    districts = List.copyOf(districts);
    pins = List.copyOf(pins);
  }

  /// Nothing but paper, for who may not see the city.
  public static Sketch empty() {
    return new Sketch(WIDTH, 1, List.of(), null, List.of());
  }

  /// Pins alone, for a city whose districts are not drawn here.
  public static Sketch ofPins(List<Coordinate> pins) {
    if (pins.isEmpty()) return empty();
    var frame = new Envelope();
    pins.forEach(frame::expandToInclude);
    frame.expandBy(frame.getWidth() * 0.08 + 2e-3, frame.getHeight() * 0.08 + 2e-3);
    var pen = new Pen(frame);
    return new Sketch(WIDTH, pen.height(), List.of(), null, pins.stream().map(pen::dot).toList());
  }

  /// @param area highlighted; null for none
  /// @param pins highlighted
  public static Sketch of(City city, Actor actor, @Nullable Geometry area, List<Coordinate> pins) {
    List<District> districts;
    try {
      districts = city.districts(actor);
    } catch (Refusal.Unauthenticated | Refusal.Forbidden notOpen) {
      districts = List.of();
    }
    var frame = new Envelope();
    for (var district : districts) frame.expandToInclude(district.shape().getEnvelopeInternal());
    if (area != null) frame.expandToInclude(area.getEnvelopeInternal());
    pins.forEach(frame::expandToInclude);
    if (frame.isNull()) return empty();
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
        pins.stream().map(pen::dot).toList());
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
