package plaza.demo.taipei;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.GeoValue;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;

/// The places of the dashboard's GeoJSON files as entities.
final class Places {
  private final Source source;
  private final List<Faulty> faulty = new ArrayList<>();

  Places(Source source) {
    this.source = source;
  }

  List<Faulty> faulty() {
    return faulty;
  }

  /// Makes an entity of a feature.
  @FunctionalInterface
  private interface Maker {
    Entity entity(int index, Feature feature);
  }

  private record Feature(Map<String, Value> properties, @Nullable GeoValue place) {
    /// The text of a property, empty when it has none.
    String text(String name) {
      return switch (properties.get(name)) {
        case Value.Text(var text) -> text.strip();
        case null -> "";
        default -> "";
      };
    }
  }

  private List<Entity> read(String file, boolean needsPlace, Maker maker) throws IOException {
    var entities = new ArrayList<Entity>();
    var features = (Value.Items) member((Value.Struct) Json.parse(source.read(file)), "features");
    int index = 0;
    for (var item : features.items()) {
      index++;
      try {
        var feature = (Value.Struct) item;
        var place =
            member(feature, "geometry") instanceof Value.Struct geometry
                ? GeoValue.of(geometry)
                : null;
        if (place == null && needsPlace) throw new Refusal.Invalid("it has no geometry");
        entities.add(
            maker.entity(
                index,
                new Feature(((Value.Struct) member(feature, "properties")).members(), place)));
      } catch (Refusal refusal) {
        faulty.add(
            new Faulty(file, index, "feature " + index, String.valueOf(refusal.getMessage())));
      }
    }
    return entities;
  }

  private static Value member(Value.Struct struct, String name) {
    var value = struct.members().get(name);
    return value == null ? Value.Null.VALUE : value;
  }

  /// @param english names by Chinese name
  List<Entity> districts(Map<String, String> english) throws IOException {
    return read(
        "districts.geojson.gz",
        true,
        (_, feature) -> {
          var name = feature.text("TNAME");
          var names = new LinkedHashMap<String, Value>();
          names.put("zh-TW", Value.of(name));
          if (english.containsKey(name)) names.put("en", Value.of(english.getOrDefault(name, "")));
          var attributes = new ArrayList<Attribute>();
          attributes.add(Terms.languages("name", names));
          attributes.add(Terms.text("districtCode", feature.text("CPTID")));
          place(feature, attributes);
          dataset("districts", attributes);
          return Entity.of(Terms.districtId(feature.text("CPTID")), Terms.DISTRICT, attributes);
        });
  }

  List<Entity> pumpingStations() throws IOException {
    return read(
        "pumping-stations.geojson.gz",
        false,
        (_, feature) -> {
          var at = moment(feature.text("rec_time"));
          var attributes = new ArrayList<Attribute>();
          attributes.add(Terms.text("name", feature.text("station_name")));
          place(feature, attributes);
          count("pumpNumber", "pumb_num", feature, attributes);
          count("gateNumber", "door_num", feature, attributes);
          attributes.add(
              Attribute.of(Terms.of("pumpLights"), Value.of(feature.text("all_pumb_lights")), at));
          text("riverBasin", "river_basin", feature, attributes);
          metres("warningLevel", "warning_level", feature, attributes);
          metres("startPumpingLevel", "start_pumping_level", feature, attributes);
          dataset("pumping-stations", attributes);
          return entity("PumpingStation", encoded(feature.text("station_name")), attributes);
        });
  }

  List<Entity> floodZones() throws IOException {
    return read(
        "flood-simulation-78mm.geojson.gz",
        true,
        (index, feature) -> {
          var attributes = new ArrayList<Attribute>();
          attributes.add(Terms.text("name", feature.text("Name")));
          attributes.add(Terms.text("depth", feature.text("F_depth")));
          attributes.add(Attribute.of(Terms.of("rainMillimetresPerHour"), Value.of(78.8)));
          place(feature, attributes);
          dataset("flood-simulation", attributes);
          return entity("FloodZone", "taipei-78mm-" + index, attributes);
        });
  }

  List<Entity> welfareOrganisations() throws IOException {
    return read(
        "welfare-organisations.geojson.gz",
        true,
        (index, feature) -> {
          var attributes = new ArrayList<Attribute>();
          attributes.add(Terms.text("name", feature.text("name")));
          text("mainType", "main_type", feature, attributes);
          text("subType", "sub_type", feature, attributes);
          text("address", "address", feature, attributes);
          place(feature, attributes);
          dataset("welfare-organisations", attributes);
          return entity("WelfareOrganisation", "taipei-" + index, attributes);
        });
  }

  List<Entity> levees() throws IOException {
    return read(
        "levees.geojson.gz",
        true,
        (index, feature) -> {
          var attributes = new ArrayList<Attribute>();
          attributes.add(Terms.text("name", feature.text("name")));
          attributes.add(Terms.text("registerNumber", feature.text("ID")));
          text("river", "river", feature, attributes);
          place(feature, attributes);
          dataset("levees", attributes);
          return entity("Levee", "taipei-" + index, attributes);
        });
  }

  List<Entity> busRoutes() throws IOException {
    return read(
        "bus-routes.geojson.gz",
        true,
        (index, feature) -> {
          var attributes = new ArrayList<Attribute>();
          attributes.add(Terms.text("name", feature.text("routeuid")));
          count("routeStatus", "route_status", feature, attributes);
          place(feature, attributes);
          dataset("bus-routes", attributes);
          return entity("BusRoute", "taipei-" + index, attributes);
        });
  }

  private static Entity entity(String type, String name, List<Attribute> attributes) {
    return Entity.of("urn:ngsi-ld:" + type + ":" + name, Terms.of(type), attributes);
  }

  private static void place(Feature feature, List<Attribute> attributes) {
    if (feature.place != null) attributes.add(Terms.location(feature.place));
  }

  private static void dataset(String name, List<Attribute> attributes) {
    attributes.add(Terms.relationship("refDataset", Datasets.id(name)));
  }

  private static void text(
      String name, String property, Feature feature, List<Attribute> attributes) {
    if (!feature.text(property).isEmpty()) attributes.add(Terms.text(name, feature.text(property)));
  }

  private static void count(
      String name, String property, Feature feature, List<Attribute> attributes) {
    if (feature.properties.get(property) instanceof Value.Whole number)
      attributes.add(Attribute.of(Terms.of(name), number));
  }

  /// A level that the source writes as text.
  private static void metres(
      String name, String property, Feature feature, List<Attribute> attributes) {
    var text = feature.text(property);
    if (text.isEmpty()) return;
    try {
      attributes.add(Attribute.of(Terms.of(name), Value.of(Double.parseDouble(text))));
    } catch (NumberFormatException e) {
      attributes.add(Terms.text(name, text)); // as it is, rather than not at all
    }
  }

  private static Instant moment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new Refusal.Invalid("rec_time must look like 2023-06-01T16:11:00Z, not '" + text + "'");
    }
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }
}
