package plaza.demo.taipei;

import java.util.List;
import java.util.Map;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Value;

/// The names of the city's entities and attributes: Smart Data Models' where there are any, under
/// NGSI-LD's default vocabulary, so that clients find them without a context of their own.
public final class Terms {
  public static final String STATION = of("BikeHireDockingStation");
  public static final String DISTRICT = of("District");
  public static final String ADDRESS = of("address");
  public static final String BIKES = of("availableBikeNumber");
  static final String NAME = of("name");
  static final String FREE = of("freeSlotNumber");
  static final String TOTAL = of("totalSlotNumber");
  static final String STATUS = Names.NGSI_LD + "status";

  private Terms() {}

  public static String of(String shortName) {
    return Names.DEFAULT_VOCAB + shortName;
  }

  static String stationId(String sno) {
    return "urn:ngsi-ld:BikeHireDockingStation:" + sno;
  }

  /// @param code as the city numbers its districts, such as `6301000`
  public static String districtId(String code) {
    return "urn:ngsi-ld:District:" + code;
  }

  static Attribute text(String shortName, String text) {
    return Attribute.of(of(shortName), Value.of(text));
  }

  static Attribute relationship(String shortName, String object) {
    return Attribute.of(of(shortName), new Content.Relationship(object));
  }

  static Attribute location(GeoValue place) {
    return Attribute.of(Names.LOCATION, new Content.GeoProperty(place));
  }

  static Attribute languages(String shortName, Map<String, Value> texts) {
    return Attribute.of(of(shortName), new Content.LanguageProperty(texts));
  }

  static Attribute texts(String shortName, List<String> texts) {
    return Attribute.of(of(shortName), Value.of(texts));
  }
}
