package plaza.ngsild.query;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import plaza.graph.GeoJson;
import plaza.graph.Value;
import plaza.graph.query.Distance;
import plaza.graph.query.Moments;
import plaza.json.Json;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;

/// Clause 4.23 once more, read off the normalized JSON of entities, as slowly and plainly as the
/// text has it: the reference the order of entities is compared with. How two texts compare is not
/// its subject.
final class NaiveOrder implements Comparator<Map<String, Value>> {
  private static final List<String> NAMES =
      List.of("mix", "mix", "mix", "bikes", "name", "speed", "street", "owner", "location");
  private static final List<String> OF_ENTITIES =
      List.of("id", "type", "scope", "createdAt", "modifiedAt", "expiresAt");
  private static final List<String> SAID =
      List.of("observedAt", "createdAt", "modifiedAt", "expiresAt", "unitCode", "datasetId");
  private static final List<String> KINDS =
      List.of(
          "place",
          "number",
          "text",
          "object",
          "array",
          "flag",
          "time",
          "date",
          "dateTime",
          "null",
          "missing");

  private static final Context CORE = Contexts.builtIn().core();

  private final List<Term> terms;
  private final double[] origin;
  private final Collation collation = Collation.parse(null);

  private record Term(List<String> names, String trail, String direction) {
    String text() {
      return String.join(".", names)
          + (trail == null ? "" : "[" + trail + "]")
          + (direction.isEmpty() ? "" : ";" + direction);
    }

    boolean isDescending() {
      return direction.endsWith("desc");
    }
  }

  /// @param key of those of the same kind
  private record Key(String kind, Comparable<?> key) {
    static final Key MISSING = new Key("missing", 0);

    int rank() {
      return KINDS.indexOf(kind);
    }
  }

  NaiveOrder(Random random) {
    this.terms = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) terms.add(term(random));
    this.origin = new double[] {random.nextInt(360) - 180, random.nextInt(180) - 90};
  }

  private static Term term(Random random) {
    var direction = pick(random, List.of("", "asc", "desc", "dist-asc", "dist-desc"));
    if (random.nextInt(6) == 0)
      return new Term(List.of(pick(random, OF_ENTITIES)), null, direction);
    var names = new ArrayList<>(List.of(pick(random, NAMES)));
    while (random.nextInt(3) == 0) names.add(pick(random, NAMES));
    if (random.nextInt(4) == 0) names.add(pick(random, SAID));
    var trail =
        random.nextInt(5) == 0 ? pick(random, List.of("street", "en", "*", "type", "city")) : null;
    return new Term(names, trail, direction);
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  /// What `orderBy` says.
  String text() {
    return String.join(",", terms.stream().map(Term::text).toList());
  }

  /// What `orderFrom` says.
  String from() {
    return "[" + origin[0] + "," + origin[1] + "]";
  }

  @Override
  public int compare(Map<String, Value> one, Map<String, Value> other) {
    for (var term : terms) {
      int sign = compare(key(term, one), key(term, other), term.isDescending());
      if (sign != 0) return sign;
    }
    return text(one.get("id")).compareTo(text(other.get("id")));
  }

  /// Clause 4.23.2. What is nowhere stays last, and what is no place behind all places, also when
  /// the greatest come first.
  @SuppressWarnings("unchecked") // of one kind all keys are of one class
  private static int compare(Key one, Key other, boolean descending) {
    if (one.rank() == other.rank()) {
      int sign = ((Comparable<Object>) one.key).compareTo(other.key);
      return descending ? -sign : sign;
    }
    int sign = Integer.compare(one.rank(), other.rank());
    int last = Math.max(one.rank(), other.rank());
    int first = Math.min(one.rank(), other.rank());
    boolean fixed = last >= KINDS.indexOf("null") || first == KINDS.indexOf("place");
    return descending && !fixed ? -sign : sign;
  }

  private Key key(Term term, Map<String, Value> entity) {
    var name = term.names.getFirst();
    var found = entity.get(name);
    if (found == null) return Key.MISSING;
    switch (name) {
      case "id" -> {
        return of(found);
      }
      case "type" -> {
        // Types are ordered by what they are, not by how they show.
        var first = found instanceof Value.Items(var items) ? items.getFirst() : found;
        return of(expanded(first));
      }
      case "scope" -> {
        return of(found instanceof Value.Items(var items) ? items.getFirst() : found);
      }
      case "createdAt", "modifiedAt", "expiresAt" -> {
        return moment(found);
      }
      default -> {}
    }
    var instance = instance(found);
    for (int i = 1; i < term.names.size(); i++) {
      var next = term.names.get(i);
      var member = instance.get(next);
      if (member == null) return Key.MISSING;
      if (SAID.contains(next)) {
        if (i < term.names.size() - 1 || term.trail != null) return Key.MISSING;
        return next.endsWith("At") ? moment(member) : of(member);
      }
      instance = instance(member);
    }
    return key(term, instance, text(instance.get("type")));
  }

  /// Of several the default one, else the first.
  private static Map<String, Value> instance(Value member) {
    if (!(member instanceof Value.Items(var instances))) return ((Value.Struct) member).members();
    for (var instance : instances) {
      var members = ((Value.Struct) instance).members();
      if (!members.containsKey("datasetId")) return members;
    }
    return ((Value.Struct) instances.getFirst()).members();
  }

  private Key key(Term term, Map<String, Value> instance, String kind) {
    var value =
        switch (kind) {
          case "Property", "GeoProperty" -> instance.get("value");
          case "JsonProperty" -> instance.get("json");
          case "ListProperty" -> instance.get("valueList");
          case "Relationship" -> instance.get("object");
          case "ListRelationship" ->
              new Value.Items(
                  ((Value.Items) instance.get("objectList"))
                      .items().stream()
                          .map(one -> ((Value.Struct) one).members().get("object"))
                          .toList());
          case "VocabProperty" -> expanded(instance.get("vocab"));
          case "LanguageProperty" -> instance.get("languageMap");
          default -> throw new IllegalStateException(kind);
        };
    boolean linked = List.of("Relationship", "ListRelationship", "VocabProperty").contains(kind);
    if (linked) {
      if (term.trail != null) return Key.MISSING;
      return of(value instanceof Value.Items(var one) && one.size() == 1 ? one.getFirst() : value);
    }
    if (kind.equals("LanguageProperty")) {
      var texts = ((Value.Struct) value).members();
      var text =
          term.trail == null || term.trail.equals("*")
              ? texts.values().stream().findFirst().orElse(null)
              : texts.get(term.trail);
      return text == null ? Key.MISSING : of(text);
    }
    if (kind.equals("GeoProperty") && term.direction.startsWith("dist") && term.trail == null)
      return new Key("place", meters(((Value.Struct) value).members()));
    if (term.trail != null) {
      if (!(value instanceof Value.Struct(var members)) || !members.containsKey(term.trail))
        return Key.MISSING;
      return of(members.get(term.trail));
    }
    return value instanceof Value.Text && instance.get("valueType") instanceof Value.Text(var type)
        ? typed(type, value)
        : of(value);
  }

  private static Value expanded(Value vocab) {
    if (vocab instanceof Value.Items(var items))
      return new Value.Items(items.stream().map(NaiveOrder::expanded).toList());
    return Value.of(CORE.expand(text(vocab)));
  }

  private Key of(Value value) {
    return switch (value) {
      case Value.Whole(long number) -> new Key("number", BigDecimal.valueOf(number));
      case Value.Decimal(double number) -> new Key("number", new BigDecimal(number));
      case Value.Text(var text) -> new Key("text", collation.key(text));
      case Value.Flag(boolean set) -> new Key("flag", set);
      case Value.Null _ -> new Key("null", 0);
      case Value.Items _ -> new Key("array", Json.text(value));
      case Value.Struct(var members) when members.containsKey("@value") -> {
        var type = members.containsKey("@type") ? members.get("@type") : members.get("type");
        var held = members.get("@value");
        yield type instanceof Value.Text(var name) ? typed(name, held) : of(held);
      }
      case Value.Struct _ -> new Key("object", Json.text(value));
    };
  }

  private Key typed(String type, Value value) {
    if (!(value instanceof Value.Text(var text))) return of(value);
    try {
      return switch (type.replaceFirst("^.*[/#:]", "")) {
        case "Time", "time" -> new Key("time", LocalTime.parse(bare(text)));
        case "Date", "date" -> new Key("date", LocalDate.parse(text));
        case "DateTime", "dateTime" -> new Key("dateTime", Moments.parse(text));
        default -> of(value);
      };
    } catch (DateTimeException notOne) {
      return of(value);
    }
  }

  private static String bare(String time) {
    return time.replace(',', '.').replaceFirst("Z$", "");
  }

  private static Key moment(Value value) {
    return new Key("dateTime", Instant.parse(text(value)));
  }

  /// The haversine formula between points; shapes are not its subject.
  private double meters(Map<String, Value> place) {
    var type = text(place.get("type"));
    var coordinates = place.get("coordinates");
    if (!type.equals("Point"))
      return Distance.meters(
          new GeometryFactory().createPoint(new Coordinate(origin[0], origin[1])),
          GeoJson.geometry(type, coordinates));
    var position = ((Value.Items) coordinates).items();
    double east = Math.toRadians(position.get(0).asNumber() - origin[0]);
    double north = Math.toRadians(position.get(1).asNumber() - origin[1]);
    double h =
        Math.pow(Math.sin(north / 2), 2)
            + Math.cos(Math.toRadians(origin[1]))
                * Math.cos(Math.toRadians(position.get(1).asNumber()))
                * Math.pow(Math.sin(east / 2), 2);
    double meters = 2 * Distance.EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(h)));
    return Math.round(meters * 1_000) / 1_000.0;
  }

  private static String text(Value value) {
    return ((Value.Text) value).text();
  }
}
