package plaza.programme.service;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.record.Fields;

/// One thing a service needs of a city's data.
///
/// @param type expanded entity type
/// @param attributes expanded names; empty when the type alone is needed
/// @param mandatory whether it works without
/// @param weight among all needs; positive
/// @param maxAgeSeconds how old the newest reading may be; null when it does not matter
public record DataNeed(
    String name,
    String type,
    List<String> attributes,
    boolean mandatory,
    BigDecimal weight,
    @Nullable Long maxAgeSeconds) {
  private static final int MOST = 100;
  private static final String DEFAULT_VOCABULARY = "https://uri.etsi.org/ngsi-ld/default-context/";

  public DataNeed {
    attributes = List.copyOf(attributes);
    if (weight.signum() <= 0)
      throw new Refusal.Invalid("weight of the data need " + name + " must be above 0");
  }

  /// `{name, type, attributes, mandatory, weight, maxAgeSeconds}`; type is needed, a need is
  /// mandatory and of weight 1 unless said otherwise. A short name is one of NGSI-LD's default
  /// context.
  public static DataNeed of(Value.Struct json) {
    var input = new Fields("a data requirement", json);
    var type = expanded(input.text("type", 2048));
    if (Names.isPrivate(type))
      throw new Refusal.Invalid("the type " + type + " is never given to anybody");
    var attributes = new ArrayList<String>();
    for (var name : input.texts("attributes", MOST)) attributes.add(expanded(name));
    var need =
        new DataNeed(
            input.findText("name", 200).orElse(shortName(type)),
            type,
            attributes,
            !input.has("mandatory") || input.flag("mandatory"),
            input.findNumber("weight").map(BigDecimal::valueOf).orElse(BigDecimal.ONE),
            input.findCount("maxAgeSeconds", 1, 366L * 86_400).orElse(null));
    input.done();
    return need;
  }

  public static List<DataNeed> all(List<Value> items) {
    return items.stream()
        .map(item -> {
          if (item instanceof Value.Struct json) return of(json);
          throw new Refusal.Invalid("dataRequirements must be a list of objects");
        })
        .toList();
  }

  static List<DataNeed> all(Fields input) {
    return input.structs("dataRequirements", MOST).stream().map(DataNeed::of).toList();
  }

  public static String expanded(String name) {
    return name.contains(":") ? Names.uri(name, "the name") : DEFAULT_VOCABULARY + name;
  }

  public static String shortName(String name) {
    return name.substring(
        1
            + Math.max(
                name.lastIndexOf('#'), Math.max(name.lastIndexOf('/'), name.lastIndexOf(':'))));
  }

  public Value.Struct toValue() {
    var members = new LinkedHashMap<String, Value>();
    members.put("name", Value.of(name));
    members.put("type", Value.of(type));
    if (!attributes.isEmpty()) members.put("attributes", Value.of(attributes));
    members.put("mandatory", Value.of(mandatory));
    members.put("weight", Value.of(weight.doubleValue()));
    var age = maxAgeSeconds;
    if (age != null) members.put("maxAgeSeconds", Value.of(age.longValue()));
    return new Value.Struct(members);
  }
}
