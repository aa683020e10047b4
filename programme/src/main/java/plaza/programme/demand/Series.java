package plaza.programme.demand;

import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.GeoJson;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.record.Fields;

/// Readings that stand beside an answer: of one entity, or of all of a type in an area.
///
/// @param label for people, such as `Bikes at 內湖`
/// @param entity id; null for a type
/// @param type expanded; null for one entity
/// @param area GeoJSON; null for all the city
/// @param attribute expanded name
public record Series(
    String label,
    @Nullable String entity,
    @Nullable String type,
    Value.@Nullable Struct area,
    String attribute) {
  private static final int MOST = 6;

  public Series {
    if ((entity == null) == (type == null))
      throw new Refusal.Invalid("the series " + label + " needs either entity or type");
    if (area != null && type == null)
      throw new Refusal.Invalid("the series " + label + " has an area, so it needs a type");
    if (area != null) GeoJson.geometry(area);
    for (var name : new String[] {type, attribute})
      if (name != null && (Names.isPrivate(name) || name.startsWith(Names.PLAZA)))
        throw new Refusal.Invalid(
            "the series " + label + " must be of the city's readings, not of " + name);
  }

  /// Reads `series: [{label, entity or type, area, attribute}]`; short names are of NGSI-LD's
  /// default context.
  static List<Series> list(Fields input) {
    return input.structs("series", MOST).stream().map(Series::of).toList();
  }

  public static Series of(Value.Struct json) {
    var fields = new Fields("a series", json);
    var attribute = expanded(fields.text("attribute", 2_048));
    var series =
        new Series(
            fields.findText("label", 200).orElse(shortened(attribute)),
            fields.findUri("entity").orElse(null),
            fields.findText("type", 2_048).map(Series::expanded).orElse(null),
            fields.findPlace("area").orElse(null),
            attribute);
    fields.done();
    return series;
  }

  private static String expanded(String name) {
    return name.contains(":") ? Names.uri(name, "a series' name") : Names.DEFAULT_VOCAB + name;
  }

  private static String shortened(String name) {
    return name.substring(1 + Math.max(name.lastIndexOf('#'), name.lastIndexOf('/')));
  }

  Value.Struct toValue() {
    var members = new LinkedHashMap<String, Value>();
    members.put("label", Value.of(label));
    if (entity != null) members.put("entity", Value.of(entity));
    if (type != null) members.put("type", Value.of(type));
    if (area != null) members.put("area", area);
    members.put("attribute", Value.of(attribute));
    return new Value.Struct(members);
  }
}
