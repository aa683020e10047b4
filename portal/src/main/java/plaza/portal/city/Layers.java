package plaza.portal.city;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.simplify.TopologyPreservingSimplifier;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoJson;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.ledger.Actor;

/// What else the city has a place for: every type of entity that a link brought in can be laid over
/// the map, without a line written for it.
public final class Layers {
  private static final int MOST = 3_000;
  private static final int MOST_TEXT = 160;
  private static final double ABOUT_FIVE_METRES = 5e-5;
  private static final Set<String> NO_LAYERS =
      Set.of(City.STATION, "District", "AdministrativeDistrict", "AdministrativeArea");

  /// Better words than the type's own name.
  private static final Map<String, String> LABELS =
      Map.of(
          "PumpingStation", "Rain pumping stations",
          "RainPumpingStation", "Rain pumping stations",
          "FloodZone", "Simulated flood, 78.8 mm/h",
          "FloodRiskZone", "Simulated flood, 78.8 mm/h",
          "WelfareOrganisation", "Care and welfare",
          "WelfareOrganization", "Care and welfare",
          "SocialServiceFacility", "Care and welfare",
          "Levee", "Levees",
          "BusRoute", "Bus routes");

  private final City city;

  public Layers(City city) {
    this.city = city;
  }

  /// Layers by their short names, each with its label.
  public Map<String, String> list(Actor actor) {
    var layers = new TreeMap<String, String>();
    for (var type : city.reader().types(actor, city.address())) {
      var name = Words.local(type);
      if (type.startsWith(Names.PLAZA) || NO_LAYERS.contains(name)) continue;
      layers.put(name, LABELS.getOrDefault(name, spaced(name)));
    }
    return layers;
  }

  /// A layer as GeoJSON, every feature with its name and what it says in short.
  Value.Struct get(Actor actor, String name) {
    var types =
        city.reader().types(actor, city.address()).stream()
            .filter(type -> Words.local(type).equals(name) && !type.startsWith(Names.PLAZA))
            .toList();
    if (types.isEmpty()) throw new Refusal.NotFound("there is no layer " + name);
    var features = new ArrayList<Value>();
    for (var type : types)
      city.reader()
          .each(
              actor,
              city.address(),
              Query.type(type),
              entity -> {
                entity
                    .findPlace(Names.LOCATION)
                    .ifPresent(place -> features.add(feature(entity, place.geometry())));
                return features.size() < MOST;
              });
    return collection(features);
  }

  private static Value feature(Entity entity, Geometry shape) {
    var properties = new LinkedHashMap<String, Value>();
    properties.put("id", Value.of(entity.id()));
    properties.put("name", Value.of(Words.text(entity, "name").orElse(Words.local(entity.id()))));
    var rows = new ArrayList<Value>();
    for (var attribute : entity.attributes()) {
      var name = Words.local(attribute.name());
      if (attribute.content() instanceof Content.GeoProperty || name.equals("name")) continue;
      var text = Words.text(attribute.content());
      if (text.length() > MOST_TEXT) text = text.substring(0, MOST_TEXT - 1) + "…";
      rows.add(Value.of(List.of(spaced(name), text)));
    }
    properties.put("rows", new Value.Items(rows));
    return feature(
        shape.getDimension() == 0
            ? shape
            : TopologyPreservingSimplifier.simplify(shape, ABOUT_FIVE_METRES),
        properties);
  }

  static Value feature(Geometry shape, Map<String, Value> properties) {
    var feature = new LinkedHashMap<String, Value>();
    feature.put("type", Value.of("Feature"));
    feature.put("properties", new Value.Struct(properties));
    feature.put("geometry", GeoJson.write(shape));
    return new Value.Struct(feature);
  }

  static Value.Struct collection(List<Value> features) {
    var collection = new LinkedHashMap<String, Value>();
    collection.put("type", Value.of("FeatureCollection"));
    collection.put("features", new Value.Items(features));
    return new Value.Struct(collection);
  }

  /// `startPumpingLevel` as `start pumping level`; words of other scripts stay as they are.
  static String spaced(String name) {
    var words = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").replace('_', ' ');
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT)
            + words.substring(1).toLowerCase(Locale.ROOT);
  }
}
