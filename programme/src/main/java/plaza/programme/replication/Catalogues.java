package plaza.programme.replication;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Moments;
import plaza.programme.service.DataNeed;

/// Reads the catalogue of another city: its NGSI-LD types and attributes (clauses 5.7.5 to 5.7.10),
/// or a DCAT catalogue in JSON-LD whose datasets name the types they conform to.
public final class Catalogues {
  private static final String NGSI_LD = "/ngsi-ld/v1";
  private static final int ASKED_FOR_AGE = 20;
  private final OtherCities others;

  public Catalogues(OtherCities others) {
    this.others = others;
  }

  /// @param catalogue of a city's Plaza or broker, with or without `/ngsi-ld/v1`; or of a DCAT
  ///   catalogue
  /// @param dated types of which the newest reading is wanted too
  public Holdings read(URI catalogue, Set<String> dated) {
    var base = catalogue.toString().replaceFirst("[?#].*$", "").replaceFirst("/+$", "");
    if (base.endsWith(NGSI_LD + "/types"))
      base = base.substring(0, base.length() - "/types".length());
    var broker = base.endsWith(NGSI_LD) ? base : base + NGSI_LD;
    try {
      return broker(broker, dated);
    } catch (Refusal.NotFound noBroker) {
      return dcat(others.read(catalogue), catalogue);
    }
  }

  private Holdings broker(String base, Set<String> dated) {
    var types = new TreeMap<String, Set<String>>();
    boolean named = false;
    for (var item : items(others.read(URI.create(base + "/types?details=true")))) {
      if (!(item instanceof Value.Struct(var members))) continue;
      var type = type(members);
      if (type == null) continue;
      var attributes = types.computeIfAbsent(type, _ -> new TreeSet<>());
      for (var name : texts(members.get("attributeNames"))) {
        attributes.add(DataNeed.expanded(name));
        named = true;
      }
    }
    if (!named && !types.isEmpty()) attributes(base, types);
    var newest = new HashMap<String, Instant>();
    types.keySet().stream()
        .filter(dated::contains)
        .limit(ASKED_FOR_AGE)
        .forEach(type -> {
          var at = newest(others.read(URI.create(base + "/entities?limit=20&type=" + url(type))));
          if (at != null) newest.put(type, at);
        });
    return new Holdings(types, newest);
  }

  /// Of a broker that does not say it with its types.
  private void attributes(String base, Map<String, Set<String>> types) {
    for (var item : items(others.read(URI.create(base + "/attributes?details=true")))) {
      if (!(item instanceof Value.Struct(var members))) continue;
      var names = texts(members.get("id"));
      if (names.isEmpty()) names = texts(members.get("attributeName"));
      for (var type : texts(members.get("typeNames")))
        for (var name : names)
          types
              .computeIfAbsent(DataNeed.expanded(type), _ -> new TreeSet<>())
              .add(DataNeed.expanded(name));
    }
  }

  private static @Nullable String type(Map<String, Value> members) {
    for (var name : List.of("id", "typeName"))
      for (var text : texts(members.get(name))) return DataNeed.expanded(text);
    return null;
  }

  private static @Nullable Instant newest(Value value) {
    return switch (value) {
      case Value.Items(var items) -> {
        Instant newest = null;
        for (var item : items) newest = later(newest, newest(item));
        yield newest;
      }
      case Value.Struct(var members) -> {
        Instant newest = null;
        for (var member : members.entrySet())
          newest =
              later(
                  newest,
                  member.getKey().equals("observedAt")
                      ? moment(member.getValue())
                      : newest(member.getValue()));
        yield newest;
      }
      case Value.Text _, Value.Whole _, Value.Decimal _, Value.Flag _, Value.Null _ -> null;
    };
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) return one == null ? other : one;
    return one.isAfter(other) ? one : other;
  }

  private static @Nullable Instant moment(Value value) {
    try {
      return value instanceof Value.Text(var text) ? Moments.parse(text) : null;
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  private static Holdings dcat(Value document, URI catalogue) {
    var types = new TreeMap<String, Set<String>>();
    datasets(document, types);
    if (types.isEmpty())
      throw new Refusal.Unavailable(
          catalogue
              + " is neither an NGSI-LD broker nor a DCAT catalogue whose datasets say with"
              + " dct:conformsTo which entity types they hold");
    return new Holdings(types, Map.of());
  }

  private static void datasets(Value value, Map<String, Set<String>> types) {
    switch (value) {
      case Value.Items(var items) -> items.forEach(item -> datasets(item, types));
      case Value.Struct(var members) -> {
        for (var name : List.of("dct:conformsTo", "dcterms:conformsTo", "conformsTo"))
          for (var type : texts(members.get(name))) {
            var attributes = types.computeIfAbsent(DataNeed.expanded(type), _ -> new TreeSet<>());
            for (var variable : List.of("schema:variableMeasured", "variableMeasured"))
              for (var attribute : texts(members.get(variable)))
                attributes.add(DataNeed.expanded(attribute));
          }
        members.values().forEach(member -> datasets(member, types));
      }
      case Value.Text _, Value.Whole _, Value.Decimal _, Value.Flag _, Value.Null _ -> {}
    }
  }

  private static List<Value> items(Value value) {
    return value instanceof Value.Items(var items) ? items : List.of(value);
  }

  /// Texts, or the `@id`s of objects.
  private static List<String> texts(@Nullable Value value) {
    return switch (value) {
      case null -> List.of();
      case Value.Text(var text) -> text.isBlank() ? List.of() : List.of(text);
      case Value.Struct(var members) -> texts(members.get("@id"));
      case Value.Items(var items) -> items.stream().flatMap(i -> texts(i).stream()).toList();
      case Value.Whole _, Value.Decimal _, Value.Flag _, Value.Null _ -> List.of();
    };
  }

  private static String url(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
