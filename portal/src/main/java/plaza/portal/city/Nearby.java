package plaza.portal.city;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import plaza.graph.Refusal;
import plaza.graph.query.Distance;
import plaza.ledger.Actor;

/// What the live data say about a place: the stations nearest to a point, or those in an area.
///
/// @param stations how many are in the area, or within walking distance of the point
/// @param empty how many of them have no bike now
/// @param nearest some of them, the nearest to the middle first
public record Nearby(int stations, int empty, List<Spot> nearest) {
  public static final Nearby NOTHING = new Nearby(0, 0, List.of());
  private static final double WALK_METERS = 800;
  private static final int SHOWN = 3;
  private static final GeometryFactory SHAPES = new GeometryFactory();

  /// @param meters from the middle of the place
  public record Spot(Station station, Level level, int bikes, long meters) {}

  public Nearby {
    nearest = List.copyOf(nearest);
  }

  public static Nearby of(City city, Actor actor, Geometry place) {
    Stations stations;
    try {
      stations = city.stations(actor);
    } catch (Refusal.Unauthenticated | Refusal.Forbidden notOpen) {
      return NOTHING;
    }
    var middle = SHAPES.createPoint(place.getInteriorPoint().getCoordinate());
    var area = place.getDimension() == 2 ? PreparedGeometryFactory.prepare(place) : null;
    var spots = new ArrayList<Spot>();
    for (int i = 0; i < stations.list().size(); i++) {
      var station = stations.list().get(i);
      var at = SHAPES.createPoint(new Coordinate(station.longitude(), station.latitude()));
      double meters = Distance.meters(middle, at);
      if (area == null ? meters <= WALK_METERS : area.covers(at))
        spots.add(new Spot(station, stations.level(i), stations.bikes()[i], Math.round(meters)));
    }
    spots.sort(Comparator.comparingLong(Spot::meters));
    return new Nearby(
        spots.size(),
        (int) spots.stream().filter(spot -> spot.level() == Level.EMPTY).count(),
        spots.subList(0, Math.min(SHOWN, spots.size())));
  }
}
