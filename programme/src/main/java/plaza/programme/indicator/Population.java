package plaza.programme.indicator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.GeoJson;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Condition;
import plaza.graph.query.GeoFilter;
import plaza.graph.query.Operand;
import plaza.graph.query.Path;
import plaza.graph.query.Query;
import plaza.programme.record.Fields;

/// The entities of a type that an indicator is about: those whose attribute says a text, those in
/// an area, or both.
///
/// @param name for people, such as `內湖區 Neihu District`
/// @param attribute expanded name; null when only the area counts
/// @param path member names inside the attribute's value
/// @param equals the text it must be; empty without attribute
/// @param area GeoJSON; null when only the attribute counts
public record Population(
    String name,
    @Nullable String attribute,
    List<String> path,
    String equals,
    Value.@Nullable Struct area) {
  public Population {
    path = List.copyOf(path);
    if (attribute == null && area == null)
      throw new Refusal.Invalid(
          "the population " + name + " needs an attribute with what it equals, or an area");
    if (area != null) GeoJson.geometry(area);
  }

  /// Reads `{name, attribute, path, equals, area}`.
  public static Population of(Value.Struct json) {
    var fields = new Fields("a population", json);
    var attribute = fields.findUri("attribute").orElse(null);
    var population =
        new Population(
            fields.text("name", 200),
            attribute,
            fields.texts("path", 10),
            attribute == null ? "" : fields.text("equals", 500),
            fields.findPlace("area").orElse(null));
    fields.done();
    return population;
  }

  public Value.Struct toValue() {
    var members = new LinkedHashMap<String, Value>();
    members.put("name", Value.of(name));
    if (attribute != null) {
      members.put("attribute", Value.of(attribute));
      if (!path.isEmpty()) members.put("path", Value.of(path));
      members.put("equals", Value.of(equals));
    }
    if (area != null) members.put("area", area);
    return new Value.Struct(members);
  }

  /// All entities of a type that belong to it.
  public Query query(String entityType) {
    var conditions = new ArrayList<Condition>();
    if (attribute != null)
      conditions.add(
          new Condition.Test(
              new Path(attribute, List.of(), path),
              Condition.Operator.EQUAL,
              new Operand.Exactly(Value.of(equals))));
    var query = Query.type(entityType);
    if (!conditions.isEmpty()) query = query.where(new Condition.And(conditions));
    return area == null ? query : query.where(GeoFilter.within(GeoJson.geometry(area)));
  }
}
