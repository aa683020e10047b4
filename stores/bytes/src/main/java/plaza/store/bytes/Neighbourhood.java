package plaza.store.bytes;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import plaza.graph.query.Distance;
import plaza.graph.query.GeoFilter;
import plaza.graph.query.GeoFilter.Relation;

/// The boxes that every shape a geo-query accepts must touch.
public final class Neighbourhood {
  /// Degrees added on each side (about a centimetre), so that rounding leaves nothing out.
  private static final double SLACK = 1e-7;

  private static final double LARGE_AREA_DEGREES = 2;

  private Neighbourhood() {}

  /// Empty when the query does not narrow: everything may be accepted.
  public static List<Envelope> boxes(GeoFilter geo) {
    if (geo.reference().isEmpty()) return List.of();
    double meters =
        switch (geo.relation()) {
          case Relation.Near(_, double max) -> max;
          case Relation.Within _,
              Relation.Contains _,
              Relation.Intersects _,
              Relation.Equals _,
              Relation.Overlaps _ ->
              0;
          case Relation.Disjoint _ -> Double.POSITIVE_INFINITY;
        };
    if (!(meters < Distance.EARTH_RADIUS_METERS)) return List.of();
    return split(around(geo.reference().getEnvelopeInternal(), meters));
  }

  /// Whether a place says more than anything else a query asks for: no box is large.
  public static boolean isSmall(@Nullable GeoFilter geo) {
    return geo != null
        && boxes(geo).stream()
            .allMatch(box -> Math.max(box.getWidth(), box.getHeight()) < LARGE_AREA_DEGREES);
  }

  private static Envelope around(Envelope box, double meters) {
    double angle = meters * (1 + 1e-6) / Distance.EARTH_RADIUS_METERS;
    double south = box.getMinY() - Math.toDegrees(angle) - SLACK;
    double north = box.getMaxY() + Math.toDegrees(angle) + SLACK;
    if (meters == 0)
      return new Envelope(box.getMinX() - SLACK, box.getMaxX() + SLACK, south, north);
    // A circle that holds a pole has all longitudes.
    if (south <= -90 || north >= 90) return new Envelope(-180, 180, south, north);
    double furthest = Math.toRadians(Math.max(Math.abs(box.getMinY()), Math.abs(box.getMaxY())));
    double ratio = Math.sin(angle) / Math.cos(furthest);
    double wide = ratio >= 1 ? 180 : Math.toDegrees(Math.asin(ratio)) + SLACK;
    return new Envelope(box.getMinX() - wide, box.getMaxX() + wide, south, north);
  }

  /// What crosses the 180th meridian goes on at the other side.
  private static List<Envelope> split(Envelope box) {
    if (box.getWidth() >= 360)
      return List.of(new Envelope(-180, 180, box.getMinY(), box.getMaxY()));
    var boxes = new ArrayList<Envelope>(2);
    boxes.add(
        new Envelope(
            Math.max(-180, box.getMinX()),
            Math.min(180, box.getMaxX()),
            box.getMinY(),
            box.getMaxY()));
    if (box.getMinX() < -180)
      boxes.add(new Envelope(box.getMinX() + 360, 180, box.getMinY(), box.getMaxY()));
    if (box.getMaxX() > 180)
      boxes.add(new Envelope(-180, box.getMaxX() - 360, box.getMinY(), box.getMaxY()));
    return boxes;
  }
}
