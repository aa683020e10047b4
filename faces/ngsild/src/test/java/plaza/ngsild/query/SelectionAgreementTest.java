package plaza.ngsild.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoJson;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Distance;
import plaza.graph.query.Evaluator;
import plaza.json.Json;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.parse.DateTimes;
import plaza.testkit.Seeds;

/// Clauses 4.10, 4.17 and 4.19: what is parsed and evaluated agrees with plain readings of the
/// texts.
class SelectionAgreementTest {
  private static final List<String> RELATIONS =
      List.of("within", "contains", "intersects", "equals", "disjoint", "overlaps");

  /// Coordinates on a coarse grid, so that shapes touch, cover and equal each other often.
  private record Shape(String type, String coordinates) {
    static Shape random(Random random) {
      return switch (random.nextInt(6)) {
        case 0 -> new Shape("Point", point(random));
        case 1 -> new Shape("MultiPoint", "[" + point(random) + "," + point(random) + "]");
        case 2 -> new Shape("LineString", line(random));
        case 3 -> new Shape("MultiLineString", "[" + line(random) + "," + line(random) + "]");
        case 4 -> new Shape("Polygon", box(random, 0));
        default -> new Shape("MultiPolygon", "[" + box(random, 0) + "," + box(random, 10) + "]");
      };
    }

    private static String point(Random random) {
      return "[" + random.nextInt(5) + "," + random.nextInt(5) + "]";
    }

    private static String line(Random random) {
      int x = random.nextInt(4);
      int y = random.nextInt(4);
      return "[[%d,%d],[%d,%d]]".formatted(x, y, x + 1 + random.nextInt(2), y + random.nextInt(3));
    }

    private static String box(Random random, int shift) {
      int west = random.nextInt(4) + shift;
      int south = random.nextInt(4);
      int east = west + 1 + random.nextInt(3);
      int north = south + 1 + random.nextInt(3);
      return "[[[%1$d,%2$d],[%3$d,%2$d],[%3$d,%4$d],[%1$d,%4$d],[%1$d,%2$d]]]"
          .formatted(west, south, east, north);
    }

    Value.Struct geoJson() {
      return (Value.Struct)
          Json.parse("{\"type\": \"" + type + "\", \"coordinates\": " + coordinates + "}");
    }

    Geometry geometry() {
      return GeoJson.geometry(type, Json.parse(coordinates));
    }
  }

  @Test
  void clause410EveryRelationOfEveryKindOfShapeIsAsTheDefinitionsHaveIt() {
    var context = Contexts.builtIn().core();
    int[] met = new int[RELATIONS.size()];
    for (long seed : Seeds.of(20_000).toArray()) {
      var random = new Random(seed);
      var wanted = Shape.random(random);
      var held = new ArrayList<Shape>();
      var attributes = new ArrayList<Attribute>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        var shape = Shape.random(random);
        held.add(shape);
        attributes.add(instance(shape, i));
      }
      var entity = Entity.of("urn:x:1", "urn:x:T", attributes);
      int relation = random.nextInt(RELATIONS.size());
      var georel = RELATIONS.get(relation);
      var geo = GeoQueries.parse(georel, wanted.type(), wanted.coordinates(), null, context);

      boolean found = Evaluator.matches(geo, entity);

      assertThat(found)
          .as("seed %d: %s %s of %s", seed, georel, wanted, held)
          .isEqualTo(
              held.stream()
                  .anyMatch(shape -> relates(georel, shape.geometry(), wanted.geometry())));
      if (found) met[relation]++;
    }
    if (Seeds.areMany())
      assertThat(Arrays.stream(met).min().orElse(0))
          .as("each relation holds at times")
          .isPositive();
  }

  /// By the intersection matrix of the two (DE-9IM), which is how Simple Features defines them.
  private static boolean relates(String georel, Geometry entity, Geometry wanted) {
    var matrix = entity.relate(wanted);
    return switch (georel) {
      case "within" -> matrix.matches("T*F**F***");
      case "contains" -> matrix.matches("T*****FF*");
      case "disjoint" -> matrix.matches("FF*FF****");
      case "intersects" -> !matrix.matches("FF*FF****");
      case "equals" -> matrix.matches("T*F**FFF*");
      case "overlaps" ->
          entity.getDimension() == wanted.getDimension()
              && matrix.matches(entity.getDimension() == 1 ? "1*T***T**" : "T*T***T**");
      default -> throw new IllegalStateException(georel);
    };
  }

  @Test
  void clause410NearIsByTheGreatCircleBetweenPoints() {
    var context = Contexts.builtIn().core();
    int met = 0;
    for (long seed : Seeds.of(5_000).toArray()) {
      var random = new Random(seed);
      double[] here = {random.nextDouble() * 0.1 + 121.5, random.nextDouble() * 0.1 + 25};
      double[] there = {random.nextDouble() * 0.1 + 121.5, random.nextDouble() * 0.1 + 25};
      int meters = 1 + random.nextInt(15_000);
      boolean nearer = random.nextBoolean();
      var geo =
          GeoQueries.parse(
              "near;" + (nearer ? "max" : "min") + "Distance==" + meters,
              "Point",
              Arrays.toString(here),
              null,
              context);
      var entity =
          Entity.of(
              "urn:x:1",
              "urn:x:T",
              List.of(
                  Attribute.of(
                      Names.LOCATION,
                      new Content.GeoProperty(GeoValue.point(there[0], there[1])))));
      // The cosine rule of spheres: another formula than the one in use.
      double cosine =
          Math.sin(Math.toRadians(here[1])) * Math.sin(Math.toRadians(there[1]))
              + Math.cos(Math.toRadians(here[1]))
                  * Math.cos(Math.toRadians(there[1]))
                  * Math.cos(Math.toRadians(here[0] - there[0]));
      double apart = Distance.EARTH_RADIUS_METERS * Math.acos(Math.min(1, cosine));
      if (Math.abs(apart - meters) < 1) continue;

      boolean found = Evaluator.matches(geo, entity);

      assertThat(found)
          .as("seed %d: %f m", seed, apart)
          .isEqualTo(nearer ? apart < meters : apart > meters);
      if (found) met++;
    }
    if (Seeds.areMany()) assertThat(met).isBetween(1_000, 4_000);
  }

  private static Attribute instance(Shape shape, int number) {
    var content = new Content.GeoProperty(GeoValue.of(shape.geoJson()));
    return new Attribute(
        Names.LOCATION,
        number == 0 ? null : "urn:x:dataset:" + number,
        content,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null);
  }

  @Test
  void clause419ScopeQueriesAreAsTheirPatternsRead() {
    int met = 0;
    for (long seed : Seeds.of(20_000).toArray()) {
      var random = new Random(seed);
      var scopes = new ArrayList<String>();
      for (int i = random.nextInt(3); i >= 0; i--) scopes.add(scope(random, false));
      var alternatives = new ArrayList<List<String>>();
      for (int i = random.nextInt(2); i >= 0; i--) {
        var all = new ArrayList<String>();
        for (int j = random.nextInt(2); j >= 0; j--) all.add(scope(random, true));
        alternatives.add(all);
      }
      var text = text(random, alternatives);
      boolean expected =
          alternatives.stream()
              .anyMatch(all ->
                  all.stream()
                      .allMatch(
                          pattern -> scopes.stream().anyMatch(one -> one.matches(regex(pattern)))));

      boolean found = Selections.scopes(text).accepts(scopes);

      assertThat(found).as("seed %d: %s of %s", seed, text, scopes).isEqualTo(expected);
      if (found) met++;
    }
    if (Seeds.areMany()) assertThat(met).isGreaterThan(1_000);
  }

  private static String scope(Random random, boolean pattern) {
    var text = new StringBuilder();
    int levels = 1 + random.nextInt(3);
    for (int i = 0; i < levels; i++)
      text.append('/')
          .append(
              pattern && random.nextInt(3) == 0
                  ? i == levels - 1 && random.nextBoolean() ? "#" : "+"
                  : List.of("A", "B").get(random.nextInt(2)));
    return text.toString();
  }

  /// `+` is one level; a final `#` any number below, none included.
  private static String regex(String pattern) {
    var text = pattern.replace("+", "[^/]+");
    return text.endsWith("/#") ? text.substring(0, text.length() - 2) + "(/.*)?" : text;
  }

  @Test
  void clause417TypeSelectionsAreAsTheyRead() {
    var context = Contexts.builtIn().core();
    var names = List.of("A", "B", "C", "D");
    int met = 0;
    for (long seed : Seeds.of(20_000).toArray()) {
      var random = new Random(seed);
      var types = new ArrayList<String>();
      for (int i = random.nextInt(3); i >= 0; i--) types.add(names.get(random.nextInt(4)));
      var alternatives = new ArrayList<List<String>>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        var all = new ArrayList<String>();
        for (int j = random.nextInt(2); j >= 0; j--) all.add(names.get(random.nextInt(4)));
        alternatives.add(all);
      }
      var text = text(random, alternatives);
      var selection = Selections.types(text, context);

      boolean found =
          selection != null && selection.accepts(types.stream().map(context::expand).toList());

      assertThat(found)
          .as("seed %d: %s of %s", seed, text, types)
          .isEqualTo(alternatives.stream().anyMatch(types::containsAll));
      if (found) met++;
    }
    if (Seeds.areMany()) assertThat(met).isGreaterThan(1_000);
  }

  /// A text with a slip in it is refused in a sentence, or read; nothing else happens.
  @Test
  void whatIsAlmostASelectionIsReadOrRefused() {
    var context = Contexts.builtIn().core();
    var refused = new int[1];
    for (long seed : Seeds.of(5_000).toArray()) {
      var random = new Random(seed);
      var shape = Shape.random(random);
      readOrRefused(seed, refused, () -> Selections.types(slip("(A;B)|C,D", random), context));
      readOrRefused(seed, refused, () -> Selections.scopes(slip("/a/+|(/b/#;/c_1)", random)));
      readOrRefused(
          seed,
          refused,
          () ->
              GeoQueries.parse(
                  slip("near;maxDistance==100", random),
                  slip(shape.type(), random),
                  slip(shape.coordinates(), random),
                  slip("location", random),
                  context));
      readOrRefused(
          seed,
          refused,
          () -> ProjectionParser.parse(slip("id,a{b,c|d}", random), null, context, 2));
      readOrRefused(
          seed, refused, () -> Paths.ordering(slip("address[city.name]", random), context));
      readOrRefused(
          seed, refused, () -> DateTimes.parse(slip("2026-06-01T12:00:00.5Z", random), "timeAt"));
      readOrRefused(seed, refused, () -> Collation.parse(slip("de-u-co-phonebk", random)));
    }
    if (Seeds.areMany()) assertThat(refused[0]).isBetween(1, 34_999);
  }

  private static String slip(String text, Random random) {
    return random.nextInt(3) == 0 ? Mutations.of(text, random) : text;
  }

  private static void readOrRefused(long seed, int[] refused, Runnable reads) {
    try {
      reads.run();
    } catch (Refusal said) {
      assertThat(said.getMessage()).as("seed %d", seed).isNotBlank();
      refused[0]++;
    } catch (RuntimeException crash) {
      throw new AssertionError("seed " + seed, crash);
    }
  }

  private static String text(Random random, List<List<String>> alternatives) {
    var separator = random.nextBoolean() ? "|" : ",";
    return String.join(
        separator,
        alternatives.stream()
            .map(all -> all.size() == 1 ? all.getFirst() : "(" + String.join(";", all) + ")")
            .toList());
  }
}
