package plaza.graph.query;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.operation.distance.DistanceOp;

/// Distances over the ground in metres, on a sphere of the Earth's mean radius.
///
/// Between points the great circle; otherwise the nearest points are found in a plane stretched for
/// the latitude, which is right to a millionth at city size.
public final class Distance {
  public static final double EARTH_RADIUS_METERS = 6_371_008.8;

  private Distance() {}

  public static double meters(Geometry one, Geometry other) {
    if (one instanceof Point a && other instanceof Point b)
      return meters(a.getCoordinate(), b.getCoordinate());
    if (one.isEmpty() || other.isEmpty()) return Double.POSITIVE_INFINITY;
    double stretch = Math.cos(Math.toRadians(one.getEnvelopeInternal().centre().y));
    var a = stretched(one, stretch);
    var b = stretched(other, stretch);
    var nearest = new DistanceOp(a, b).nearestPoints();
    return meters(
        new Coordinate(nearest[0].x / stretch, nearest[0].y),
        new Coordinate(nearest[1].x / stretch, nearest[1].y));
  }

  public static double meters(Coordinate a, Coordinate b) {
    double phi1 = Math.toRadians(a.y);
    double phi2 = Math.toRadians(b.y);
    double sinLat = Math.sin((phi2 - phi1) / 2);
    double sinLon = Math.sin(Math.toRadians(b.x - a.x) / 2);
    double h = sinLat * sinLat + Math.cos(phi1) * Math.cos(phi2) * sinLon * sinLon;
    return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(h)));
  }

  private static Geometry stretched(Geometry geometry, double stretch) {
    var copy = geometry.copy();
    copy.apply((org.locationtech.jts.geom.CoordinateFilter) coordinate -> coordinate.x *= stretch);
    copy.geometryChanged();
    return copy;
  }
}
