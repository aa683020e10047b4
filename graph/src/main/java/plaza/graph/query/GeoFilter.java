package plaza.graph.query;

import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import plaza.graph.Names;

/// The geo-query of clause 4.10.
///
/// @param reference the geometry asked about; longitude before latitude, WGS 84 degrees
/// @param property expanded name of the GeoProperty looked at
public record GeoFilter(Relation relation, Geometry reference, String property) {
  public sealed interface Relation {
    /// @param maxMeters infinite when only a minimum is asked
    record Near(double minMeters, double maxMeters) implements Relation {}

    /// As Simple Features has it: on the border alone is not within.
    record Within() implements Relation {}

    record Contains() implements Relation {}

    record Intersects() implements Relation {}

    record Equals() implements Relation {}

    record Disjoint() implements Relation {}

    record Overlaps() implements Relation {}
  }

  public static GeoFilter near(Geometry reference, double maxMeters) {
    return new GeoFilter(new Relation.Near(0, maxMeters), reference, Names.LOCATION);
  }

  public static GeoFilter within(Geometry area) {
    return new GeoFilter(new Relation.Within(), area, Names.LOCATION);
  }

  /// Whether a shape lies in an area, its border included.
  static boolean covers(Geometry area, Geometry shape) {
    return Prepared.of(area).covers(shape);
  }

  public boolean accepts(Geometry shape) {
    return switch (relation) {
      case Relation.Near(double min, double max) -> {
        double meters = Distance.meters(reference, shape);
        // Farther than a minimum means disjoint from the buffer, whose border belongs to it.
        yield meters <= max && (min == 0 || meters > min);
      }
      case Relation.Within _ -> prepared().contains(shape);
      case Relation.Contains _ -> shape.contains(reference);
      case Relation.Intersects _ -> prepared().intersects(shape);
      case Relation.Equals _ -> reference.equalsTopo(shape);
      case Relation.Disjoint _ -> prepared().disjoint(shape);
      case Relation.Overlaps _ -> reference.overlaps(shape);
    };
  }

  private PreparedGeometry prepared() {
    // Preparing pays only for large areas asked many times; JTS caches nothing itself, so the last
    // one is kept per thread.
    return Prepared.of(reference);
  }

  private static final class Prepared {
    private static final ThreadLocal<Prepared> LAST = new ThreadLocal<>();
    private final Geometry of;
    private final PreparedGeometry prepared;

    private Prepared(Geometry of) {
      this.of = of;
      this.prepared = PreparedGeometryFactory.prepare(of);
    }

    @SuppressWarnings("ReferenceEquality") // comparing shapes would cost more than preparing one
    static PreparedGeometry of(Geometry geometry) {
      var last = LAST.get();
      if (last == null || last.of != geometry) {
        last = new Prepared(geometry);
        LAST.set(last);
      }
      return last.prepared;
    }
  }
}
