package plaza.ngsild.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.GeoJson;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.GeoFilter;
import plaza.graph.query.GeoFilter.Relation;
import plaza.json.Json;
import plaza.ngsild.context.Context;
import plaza.ngsild.parse.Members;

/// Reads geo-queries (clause 4.10).
public final class GeoQueries {
  private GeoQueries() {}

  /// Coordinates as they stand in a URL: JSON text.
  public static GeoFilter parse(
      String georel,
      @Nullable String geometry,
      @Nullable String coordinates,
      @Nullable String geoproperty,
      Context context) {
    if (geometry == null || coordinates == null)
      throw new Refusal.Invalid("georel needs both geometry and coordinates beside it");
    return parse(georel, geometry, json(coordinates), geoproperty, context);
  }

  /// Coordinates as they stand in a document: JSON, or a text of JSON. A point beyond a pole is
  /// taken for the place one comes to by going on over the pole, because the standard itself
  /// publishes one (annex C.4); in a URL, where people type, it is refused as the mistake it is.
  static GeoFilter ofDocument(
      String georel,
      String geometry,
      Value coordinates,
      @Nullable String geoproperty,
      Context context) {
    var read = coordinates instanceof Value.Text(var text) ? json(text) : coordinates;
    var inTheWorld = geometry.equals("Point") ? overThePole(read) : read;
    return parse(georel, geometry, inTheWorld, geoproperty, context);
  }

  private static Value overThePole(Value coordinates) {
    if (!(coordinates instanceof Value.Items(var numbers)) || numbers.size() < 2)
      return coordinates;
    double longitude = numbers.get(0).asNumber();
    double latitude = numbers.get(1).asNumber();
    if (!(Math.abs(latitude) > 90 && Math.abs(latitude) <= 180)) return coordinates;
    return new Value.Items(
        List.of(
            Value.of(longitude > 0 ? longitude - 180 : longitude + 180),
            Value.of(Math.copySign(180, latitude) - latitude)));
  }

  private static Value json(String coordinates) {
    try {
      return Json.parse(coordinates);
    } catch (Refusal refusal) {
      throw new Refusal.Invalid(
          "coordinates must be a GeoJSON array such as [121.5,25.0], not '" + coordinates + "'");
    }
  }

  private static GeoFilter parse(
      String georel,
      String geometry,
      Value coordinates,
      @Nullable String geoproperty,
      Context context) {
    if (geometry.equals("GeometryCollection"))
      throw new Refusal.Invalid("a geo-query cannot have a GeometryCollection");
    return new GeoFilter(
        relation(georel),
        GeoJson.geometry(geometry, coordinates),
        geoproperty == null
            ? Names.LOCATION
            : Members.name(geoproperty, "geoproperty: an attribute name", context));
  }

  private static Relation relation(String georel) {
    return switch (georel) {
      case "within" -> new Relation.Within();
      case "contains" -> new Relation.Contains();
      case "intersects" -> new Relation.Intersects();
      case "equals" -> new Relation.Equals();
      case "disjoint" -> new Relation.Disjoint();
      case "overlaps" -> new Relation.Overlaps();
      default -> near(georel);
    };
  }

  private static Relation near(String georel) {
    double min = 0;
    double max = Double.POSITIVE_INFINITY;
    var parts = georel.split(";", -1);
    if (!parts[0].equals("near") || parts.length < 2) throw wrong(georel);
    for (int i = 1; i < parts.length; i++)
      if (parts[i].startsWith("maxDistance==")) max = meters(parts[i].substring(13), georel);
      else if (parts[i].startsWith("minDistance==")) min = meters(parts[i].substring(13), georel);
      else throw wrong(georel);
    return new Relation.Near(min, max);
  }

  private static double meters(String text, String georel) {
    try {
      double meters = Double.parseDouble(text);
      if (meters > 0 && meters < Double.POSITIVE_INFINITY) return meters;
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong(georel);
  }

  private static Refusal wrong(String georel) {
    return new Refusal.Invalid(
        "georel must be within, contains, intersects, equals, disjoint, overlaps,"
            + " near;maxDistance==METERS or near;minDistance==METERS, with more than 0 metres, not '"
            + georel
            + "'");
  }
}
