package plaza.api.programme;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.web.Exchange;

/// Places as GeoJSON (RFC 7946), for maps and desktop GIS.
final class Features {
  static final String TYPE = "application/geo+json";

  private Features() {}

  static boolean areWanted(Exchange exchange, Records records) {
    return records == Records.PLACES
        && exchange.header("Accept").filter(accept -> accept.contains(TYPE)).isPresent();
  }

  static void send(Exchange exchange, Value.Struct json) {
    exchange.setHeader("Vary", "Accept").send(200, TYPE, Json.bytes(json));
  }

  static Value.Struct collection(List<Value.Struct> views) {
    return new Value.Struct(
        Map.of(
            "type",
            Value.of("FeatureCollection"),
            "features",
            new Value.Items(views.stream().<Value>map(Features::of).toList())));
  }

  /// Its location is the geometry; all else are properties.
  static Value.Struct of(Value.Struct view) {
    var properties = new LinkedHashMap<>(view.members());
    var location = properties.remove("location");
    var feature = new LinkedHashMap<String, Value>();
    feature.put("type", Value.of("Feature"));
    feature.put("id", view.members().getOrDefault("id", Value.Null.VALUE));
    feature.put("geometry", location == null ? Value.Null.VALUE : location);
    feature.put("properties", new Value.Struct(properties));
    return new Value.Struct(feature);
  }
}
