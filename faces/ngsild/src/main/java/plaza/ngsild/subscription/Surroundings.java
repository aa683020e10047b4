package plaza.ngsild.subscription;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import plaza.graph.query.Distance;
import plaza.graph.query.GeoFilter;
import plaza.graph.query.GeoFilter.Relation;

/// The box that every shape a geo-query accepts must touch.
final class Surroundings {
  /// Degrees added on each side, so that rounding leaves nothing out.
  private static final double SLACK = 1e-6;

  /// Nearer to the poles longitudes run together.
  private static final double FARTHEST_LATITUDE = 85;

  private Surroundings() {}

  /// Null when there is no such box, or it would go around the world's edges.
  static @Nullable Envelope of(GeoFilter geo) {
    if (geo.reference().isEmpty()) return null;
    return switch (geo.relation()) {
      case Relation.Near(_, double max) -> around(geo.reference().getEnvelopeInternal(), max);
      case Relation.Within _,
          Relation.Contains _,
          Relation.Intersects _,
          Relation.Equals _,
          Relation.Overlaps _ -> {
        var box = new Envelope(geo.reference().getEnvelopeInternal());
        box.expandBy(SLACK);
        yield box;
      }
      case Relation.Disjoint _ -> null;
    };
  }

  private static @Nullable Envelope around(Envelope near, double meters) {
    double high = Math.toDegrees(meters * (1 + 1e-6) / Distance.EARTH_RADIUS_METERS) + SLACK;
    double latitude = Math.max(Math.abs(near.getMinY()), Math.abs(near.getMaxY())) + high;
    if (!(latitude < FARTHEST_LATITUDE)) return null;
    double wide = high / Math.cos(Math.toRadians(latitude)) + SLACK;
    var box = new Envelope(near);
    box.expandBy(wide, high);
    return box.getMinX() < -180 || box.getMaxX() > 180 ? null : box;
  }
}
