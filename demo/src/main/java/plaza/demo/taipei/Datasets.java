package plaza.demo.taipei;

import java.util.ArrayList;
import java.util.List;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Value;

/// Where the data come from and under which licence, as entities, in DCAT's words.
final class Datasets {
  static final String STATIONS = "urn:ngsi-ld:Dataset:taipei-youbike-stations";
  static final String READINGS = "urn:ngsi-ld:Dataset:taipei-youbike-readings";

  private static final String TYPE = Terms.of("Dataset");
  private static final String DCT = "http://purl.org/dc/terms/";
  static final String LICENCE = "https://data.gov.tw/en/license";
  private static final String YOUBIKE = "https://data.gov.tw/dataset/137993";
  private static final String YOUBIKE_REPOSITORY =
      "https://github.com/tses89214/youbike-historical-data/tree/9d4d637";
  private static final String DASHBOARD =
      "https://github.com/tpe-doit/Taipei-City-Dashboard/tree/d4c7e2d";

  private Datasets() {}

  static List<Entity> all() {
    return List.of(
        of(
            STATIONS,
            "YouBike 2.0 stations",
            "Taipei's public-bike stations, as registered",
            YOUBIKE,
            YOUBIKE_REPOSITORY),
        of(
            READINGS,
            "YouBike 2.0 readings, 2025-04-09 to 2025-05-12",
            "Bikes and free docks of each station, every 10 to 60 minutes, with its gaps and"
                + " contradictions as they were published",
            YOUBIKE,
            YOUBIKE_REPOSITORY),
        of(
            id("districts"),
            "Districts",
            "The 12 districts of Taipei",
            "https://data.taipei",
            DASHBOARD),
        of(
            id("pumping-stations"),
            "Rain pumping stations",
            "Levels and gates of rain pumping stations on 2023-06-01",
            "https://data.taipei",
            DASHBOARD),
        of(
            id("flood-simulation"),
            "Flood simulation, 78.8 mm/h",
            "Simulated depth of water for 78.8 mm of rain in an hour: a simulation, no observation",
            "https://data.taipei",
            DASHBOARD),
        of(
            id("welfare-organisations"),
            "Care and welfare institutions",
            "Institutions of care and welfare",
            "https://data.taipei",
            DASHBOARD),
        of(id("levees"), "Levees", "Levees of Taipei", "https://data.taipei", DASHBOARD),
        of(
            id("bus-routes"),
            "Bus routes",
            "Lines of 50 bus routes",
            "https://data.taipei",
            DASHBOARD));
  }

  static String id(String name) {
    return "urn:ngsi-ld:Dataset:taipei-" + name;
  }

  private static Entity of(
      String id, String title, String description, String landingPage, String source) {
    var attributes = new ArrayList<Attribute>();
    attributes.add(Attribute.of(DCT + "title", Value.of(title)));
    attributes.add(Attribute.of(DCT + "description", Value.of(description)));
    attributes.add(Terms.text("name", title));
    attributes.add(Attribute.of(DCT + "publisher", Value.of("Taipei City Government")));
    attributes.add(Attribute.of(DCT + "license", Value.of(LICENCE)));
    attributes.add(Attribute.of(DCT + "source", Value.of(source)));
    attributes.add(Attribute.of("http://www.w3.org/ns/dcat#landingPage", Value.of(landingPage)));
    return Entity.of(id, TYPE, attributes);
  }
}
