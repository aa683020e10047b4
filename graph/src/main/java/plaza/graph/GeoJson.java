package plaza.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;

/// Reads GeoJSON geometries (RFC 7946 §3.1) into JTS and says what is wrong with bad ones.
public final class GeoJson {
  private static final GeometryFactory JTS = new GeometryFactory(new PrecisionModel(), 4326);

  private GeoJson() {}

  public static Value.Struct point(double longitude, double latitude) {
    return struct(
        "Point", "coordinates", new Value.Items(List.of(Value.of(longitude), Value.of(latitude))));
  }

  /// @throws Refusal.Invalid when it is no geometry, or a position is outside the world
  public static Geometry geometry(Value.Struct geoJson) {
    if (!(geoJson.members().get("type") instanceof Value.Text(var type)))
      throw new Refusal.Invalid("a GeoJSON geometry needs a type such as \"Point\"");
    if (type.equals("GeometryCollection")) return collection(geoJson);
    var coordinates = geoJson.members().get("coordinates");
    if (coordinates == null)
      throw new Refusal.Invalid("the GeoJSON " + type + " has no coordinates");
    return geometry(type, coordinates);
  }

  /// The geometry of a type name and its coordinates array, as a geo-query gives them.
  public static Geometry geometry(String type, Value coordinates) {
    return switch (type) {
      case "Point" -> JTS.createPoint(position(coordinates));
      case "MultiPoint" -> JTS.createMultiPointFromCoords(positions(coordinates, 1, type));
      case "LineString" -> line(coordinates);
      case "MultiLineString" ->
          JTS.createMultiLineString(
              items(coordinates, type).stream().map(GeoJson::line).toArray(LineString[]::new));
      case "Polygon" -> polygon(coordinates);
      case "MultiPolygon" ->
          JTS.createMultiPolygon(
              items(coordinates, type).stream().map(GeoJson::polygon).toArray(Polygon[]::new));
      default ->
          throw new Refusal.Invalid(
              "'"
                  + type
                  + "' is no GeoJSON geometry type; use Point, MultiPoint, LineString,"
                  + " MultiLineString, Polygon, MultiPolygon or GeometryCollection");
    };
  }

  /// GeoJSON of a JTS geometry without elevations.
  public static Value.Struct write(Geometry geometry) {
    if (geometry.getGeometryType().equals("GeometryCollection")) {
      var parts = new ArrayList<Value>();
      for (int i = 0; i < geometry.getNumGeometries(); i++)
        parts.add(write(geometry.getGeometryN(i)));
      return struct("GeometryCollection", "geometries", new Value.Items(parts));
    }
    return struct(geometry.getGeometryType(), "coordinates", coordinates(geometry));
  }

  /// The type first, as everybody writes it.
  private static Value.Struct struct(String type, String name, Value content) {
    var members = LinkedHashMap.<String, Value>newLinkedHashMap(2);
    members.put("type", Value.of(type));
    members.put(name, content);
    return new Value.Struct(members);
  }

  private static Value coordinates(Geometry geometry) {
    return switch (geometry) {
      case Point point -> position(point.getCoordinate());
      case LineString line -> line(line);
      case Polygon polygon -> {
        var rings = new ArrayList<Value>();
        rings.add(line(polygon.getExteriorRing()));
        for (int i = 0; i < polygon.getNumInteriorRing(); i++)
          rings.add(line(polygon.getInteriorRingN(i)));
        yield new Value.Items(rings);
      }
      default -> {
        var parts = new ArrayList<Value>();
        for (int i = 0; i < geometry.getNumGeometries(); i++)
          parts.add(coordinates(geometry.getGeometryN(i)));
        yield new Value.Items(parts);
      }
    };
  }

  private static Value line(LineString line) {
    return new Value.Items(
        List.of(line.getCoordinates()).stream().<Value>map(GeoJson::position).toList());
  }

  private static Value position(Coordinate at) {
    return new Value.Items(List.of(Value.of(at.x), Value.of(at.y)));
  }

  private static Geometry collection(Value.Struct geoJson) {
    if (!(geoJson.members().get("geometries") instanceof Value.Items(var parts)))
      throw new Refusal.Invalid("a GeometryCollection needs an array of geometries");
    var shapes = new ArrayList<Geometry>();
    for (var part : parts) {
      if (!(part instanceof Value.Struct shape))
        throw new Refusal.Invalid("a GeometryCollection holds geometries only");
      shapes.add(geometry(shape));
    }
    return JTS.createGeometryCollection(shapes.toArray(Geometry[]::new));
  }

  private static LineString line(Value coordinates) {
    return JTS.createLineString(positions(coordinates, 2, "LineString"));
  }

  private static Polygon polygon(Value coordinates) {
    var rings = items(coordinates, "Polygon");
    if (rings.isEmpty()) throw new Refusal.Invalid("a Polygon needs at least one ring");
    return JTS.createPolygon(
        ring(rings.getFirst()),
        rings.stream().skip(1).map(GeoJson::ring).toArray(LinearRing[]::new));
  }

  private static LinearRing ring(Value coordinates) {
    var positions = positions(coordinates, 4, "Polygon ring");
    if (!positions[0].equals2D(positions[positions.length - 1]))
      throw new Refusal.Invalid(
          "a Polygon ring must end where it began: " + positions[0] + " is not the last position");
    return JTS.createLinearRing(positions);
  }

  private static Coordinate[] positions(Value value, int atLeast, String type) {
    var items = items(value, type);
    if (items.size() < atLeast)
      throw new Refusal.Invalid(
          "a " + type + " needs at least " + atLeast + " positions, not " + items.size());
    return items.stream().map(GeoJson::position).toArray(Coordinate[]::new);
  }

  private static List<Value> items(Value value, String type) {
    if (value instanceof Value.Items(var items)) return items;
    throw new Refusal.Invalid("the coordinates of a " + type + " must be an array");
  }

  private static Coordinate position(Value value) {
    if (!(value instanceof Value.Items(var numbers)) || numbers.size() < 2)
      throw new Refusal.Invalid("a position is [longitude, latitude], two numbers in degrees");
    double longitude = numbers.get(0).asNumber();
    double latitude = numbers.get(1).asNumber();
    // Written so that NaN, for what is no number, fails too.
    if (!(longitude >= -180 && longitude <= 180))
      throw new Refusal.Invalid(
          "longitude must be a number from -180 to 180, not " + show(numbers.get(0)));
    if (!(latitude >= -90 && latitude <= 90))
      throw new Refusal.Invalid(
          "latitude must be a number from -90 to 90, not "
              + show(numbers.get(1))
              + "; longitude comes first");
    return new Coordinate(longitude, latitude);
  }

  private static String show(Value value) {
    return switch (value) {
      case Value.Whole(long number) -> Long.toString(number);
      case Value.Decimal(double number) -> Double.toString(number);
      case Value.Text(var text) -> '"' + text + '"';
      case Value.Flag _, Value.Null _, Value.Items _, Value.Struct _ -> "something else";
    };
  }
}
