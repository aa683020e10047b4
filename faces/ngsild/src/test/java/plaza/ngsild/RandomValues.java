package plaza.ngsild;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import plaza.graph.GeoValue;
import plaza.graph.Value;

/// JSON values and geometries, also those that nobody expects.
final class RandomValues {
  private static final List<String> TEXTS =
      List.of(
          "",
          "red",
          "Xinyi Road",
          "信義",
          "a\"b\\c",
          "2026-06-01",
          "urn:ngsi-ld:x",
          "\n\t",
          "\u0000\u0001\u001f\u007f",
          "🚀👩‍👩‍👧",
          "e\u0301 is no é",
          "\u202eright to left\u2028\ufeff",
          "</script><!--",
          "@type",
          "@none",
          "Property",
          "null",
          "12:30:00Z",
          "2026-06-01T12:00:00Z",
          "{\"type\": \"Point\"}",
          "long ".repeat(2_000));
  private static final List<String> KEYS =
      List.of(
          "type",
          "value",
          "city",
          "object",
          "street",
          "@type",
          "@value",
          "coordinates",
          "languageMap",
          "observedAt",
          "unitCode",
          "datasetId",
          "dataset",
          "json",
          "id",
          "",
          "a b.c",
          "名稱");

  private final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  String text() {
    // Mostly the first, so that queries meet them.
    return TEXTS.get(random.nextInt(random.nextBoolean() ? 8 : TEXTS.size()));
  }

  double number() {
    return random.nextInt(20_000) / 100.0 - 100;
  }

  Value value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> Value.of(text());
      case 1 -> Value.of(random.nextInt(100));
      case 2 -> Value.of(number());
      case 3 -> Value.of(random.nextBoolean());
      case 4 -> extreme();
      case 5 -> Value.of(random.nextLong());
      case 6 -> new Value.Items(many(3, () -> nullable(depth - 1)));
      default -> struct(depth);
    };
  }

  private Value struct(int depth) {
    var members = new LinkedHashMap<String, Value>();
    for (int i = random.nextInt(4); i > 0; i--)
      members.put(KEYS.get(random.nextInt(KEYS.size())), nullable(depth - 1));
    if (random.nextInt(8) == 0) {
      members.put("@type", Value.of("DateTime"));
      members.put("@value", Value.of("2026-06-01T12:00:00Z"));
    }
    members.put("street", value(depth - 1));
    return new Value.Struct(members);
  }

  /// Null may stand inside of a value.
  Value nullable(int depth) {
    return random.nextInt(9) == 0 ? Value.Null.VALUE : value(depth);
  }

  private Value extreme() {
    return switch (random.nextInt(10)) {
      case 0 -> Value.of(-0.0);
      case 1 -> Value.of((1L << 53) + 1);
      case 2 -> Value.of(Long.MIN_VALUE);
      case 3 -> Value.of(1.7976931348623157e308);
      case 4 -> Value.of(4.9e-324);
      case 5 -> Value.of(-1.5e-7);
      case 6 -> Value.of(1e21);
      case 7 -> Value.of(0);
      case 8 -> Value.of(5.0);
      default -> Value.of(Double.longBitsToDouble(random.nextLong() & ~(1L << 62)));
    };
  }

  GeoValue place() {
    return switch (random.nextInt(7)) {
      case 0 -> geometry("MultiPoint", new Value.Items(many(3, this::position)));
      case 1 -> geometry("LineString", line());
      case 2 -> geometry("MultiLineString", new Value.Items(many(2, this::line)));
      case 3 -> geometry("Polygon", polygon());
      case 4 -> geometry("MultiPolygon", new Value.Items(many(2, this::polygon)));
      default -> geometry("Point", position());
    };
  }

  private GeoValue geometry(String type, Value coordinates) {
    var members = new LinkedHashMap<String, Value>();
    members.put("type", Value.of(type));
    if (random.nextInt(6) == 0)
      members.put("bbox", new Value.Items(List.of(Value.of(0), Value.of(0))));
    members.put("coordinates", coordinates);
    return GeoValue.of(new Value.Struct(members));
  }

  private Value position() {
    var numbers = new ArrayList<>(List.of(degrees(180), degrees(90)));
    if (random.nextInt(5) == 0) numbers.add(Value.of(random.nextInt(500)));
    return new Value.Items(numbers);
  }

  private Value degrees(int most) {
    return switch (random.nextInt(8)) {
      case 0 -> Value.of(most);
      case 1 -> Value.of(-most);
      case 2 -> Value.of(-0.0);
      default -> Value.of(number() % most);
    };
  }

  private Value line() {
    return new Value.Items(List.of(position(), position(), position()));
  }

  /// A box, sometimes with a hole in it.
  private Value polygon() {
    double west = random.nextInt(90);
    double south = random.nextInt(40);
    var rings = new ArrayList<>(List.of(ring(west, south, 10)));
    if (random.nextBoolean()) rings.add(ring(west + 2, south + 2, 3));
    return new Value.Items(rings);
  }

  private static Value ring(double west, double south, double size) {
    double[][] corners = {{0, 0}, {size, 0}, {size, size}, {0, size}, {0, 0}};
    var ring = new ArrayList<Value>();
    for (var corner : corners)
      ring.add(new Value.Items(List.of(Value.of(west + corner[0]), Value.of(south + corner[1]))));
    return new Value.Items(ring);
  }

  /// One up to so many.
  private <T> List<T> many(int most, Supplier<T> one) {
    var all = new ArrayList<T>();
    for (int i = random.nextInt(most); i >= 0; i--) all.add(one.get());
    return all;
  }
}
