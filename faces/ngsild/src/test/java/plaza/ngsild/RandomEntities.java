package plaza.ngsild;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoJson;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Value;

/// Entities of every kind the model can hold, the same for the same seed.
public final class RandomEntities {
  public static final String OTHER = "https://example.org/";
  private static final List<String> WORDS =
      List.of("bikes", "name", "temperature", "speed", "street", "colour", "owner", "übung", "名稱");
  private static final List<String> TEXTS =
      List.of("", "red", "Xinyi Road", "信義", "a\"b\\c", "2026-06-01", "urn:ngsi-ld:x", "\n\t");

  private final Random random;

  public RandomEntities(long seed) {
    this.random = new Random(seed);
  }

  public Entity entity() {
    var types = new ArrayList<String>();
    types.add(name());
    if (random.nextInt(4) == 0) types.add(name());
    var attributes = new ArrayList<Attribute>();
    var used = new HashSet<String>();
    for (int i = random.nextInt(7); i > 0; i--) {
      var name = random.nextInt(6) == 0 ? Names.LOCATION : name();
      for (int instances = random.nextInt(5) == 0 ? 3 : 1; instances > 0; instances--) {
        var attribute = attribute(name, 2);
        if (used.add(name + ' ' + attribute.datasetId())) attributes.add(attribute);
      }
    }
    return new Entity(
        "urn:ngsi-ld:Thing:" + random.nextInt(1000),
        types,
        random.nextInt(3) == 0 ? List.of("/Taipei/Daan", "/Taipei") : List.of(),
        grouped(attributes),
        null,
        null,
        null,
        0);
  }

  /// Instances of a name stand together, as a document puts them.
  private static List<Attribute> grouped(List<Attribute> all) {
    var groups = new LinkedHashMap<String, List<Attribute>>();
    for (var one : all) groups.computeIfAbsent(one.name(), _ -> new ArrayList<>()).add(one);
    return groups.values().stream().flatMap(List::stream).toList();
  }

  private Attribute attribute(String name, int depth) {
    var subs = new ArrayList<Attribute>();
    if (depth > 0 && random.nextInt(3) == 0) {
      var used = new HashSet<String>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        var sub = attribute(name(), depth - 1);
        if (used.add(sub.name() + ' ' + sub.datasetId())) subs.add(sub);
      }
    }
    var content = content();
    boolean united = content instanceof Content.Property || content instanceof Content.ListProperty;
    return new Attribute(
        name,
        maybe(() -> "urn:ngsi-ld:dataset:" + random.nextInt(5)),
        content,
        maybe(() -> Instant.ofEpochSecond(1_750_000_000L + random.nextInt(1_000_000), 123_000)),
        united ? maybe(() -> "CEL") : null,
        grouped(subs),
        null,
        null,
        null,
        null);
  }

  public Content content() {
    return switch (random.nextInt(8)) {
      case 0 -> new Content.Relationship(ids(1), types(), false);
      case 1 -> new Content.Relationship(ids(2), types(), true);
      case 2 -> new Content.GeoProperty(GeoValue.of(GeoJson.point(number() % 180, number() % 90)));
      case 3 ->
          new Content.LanguageProperty(
              Map.of("en", Value.of(text()), "zh-TW", Value.of(List.of(text(), text()))));
      case 4 -> new Content.VocabProperty(List.of(name()), random.nextBoolean());
      case 5 -> new Content.JsonProperty(value(3));
      case 6 -> new Content.ListProperty(List.of(value(1), value(1)));
      default -> {
        if (random.nextInt(6) == 0) yield new Content.ListRelationship(ids(2), types());
        yield new Content.Property(value(3));
      }
    };
  }

  private List<String> ids(int count) {
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(_ -> "urn:ngsi-ld:Other:" + random.nextInt(9))
        .toList();
  }

  private List<String> types() {
    return random.nextInt(3) == 0 ? List.of(name()) : List.of();
  }

  public String name() {
    return (random.nextBoolean() ? Names.DEFAULT_VOCAB : OTHER)
        + WORDS.get(random.nextInt(WORDS.size()));
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private double number() {
    return random.nextInt(20_000) / 100.0 - 100;
  }

  private Value value(int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> Value.of(text());
      case 1 -> Value.of(random.nextInt(100));
      case 2 -> Value.of(number());
      case 3 -> Value.of(random.nextBoolean());
      case 4 -> Value.of(random.nextLong());
      case 5 -> new Value.Items(List.of(value(depth - 1), value(depth - 1)));
      default ->
          new Value.Struct(
              Map.of(
                  List.of("type", "value", "city", "object").get(random.nextInt(4)),
                  value(depth - 1),
                  "street",
                  value(depth - 1)));
    };
  }

  private <T> @Nullable T maybe(Supplier<T> what) {
    return random.nextInt(3) == 0 ? what.get() : null;
  }
}
