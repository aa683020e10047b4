package plaza.ngsild;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Value;

/// Entities of every kind the model can hold, the same for the same seed.
public final class RandomEntities {
  public static final String OTHER = "https://example.org/";
  private static final List<String> WORDS =
      List.of("bikes", "name", "temperature", "speed", "street", "colour", "owner", "übung", "名稱");

  /// Names that contexts, or what members of documents mean, could run into.
  private static final List<String> ODD_NAMES =
      List.of(
          OTHER + "deep/er#name",
          OTHER + "off-street",
          OTHER,
          "https://example.org/vocab#bikes",
          "https://data.example/model/name",
          "urn:example:attribute:x",
          "tag:a@b.c,2026:x",
          Names.DEFAULT_VOCAB + "off-street",
          Names.DEFAULT_VOCAB + "a/b",
          Names.DEFAULT_VOCAB + "type",
          Names.DEFAULT_VOCAB + "value",
          Names.DEFAULT_VOCAB + "observedAt",
          Names.DEFAULT_VOCAB + "createdAt",
          Names.DEFAULT_VOCAB + "previousValue",
          Names.DEFAULT_VOCAB + "dataset",
          Names.DEFAULT_VOCAB + "lang",
          Names.DEFAULT_VOCAB + "objectType",
          Names.NGSI_LD + "name",
          Names.NGSI_LD + "observationSpace",
          Names.NGSI_LD + "default-context");

  private final Random random;
  private final RandomValues values;

  public RandomEntities(long seed) {
    this.random = new Random(seed);
    this.values = new RandomValues(random);
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
        var attribute = attribute(name, 3);
        if (used.add(name + ' ' + attribute.datasetId())) attributes.add(attribute);
      }
    }
    return new Entity(
        "urn:ngsi-ld:Thing:" + random.nextInt(1000),
        types,
        random.nextInt(3) == 0 ? List.of("/Taipei/Daan", "/Taipei", "名稱/Übung_2") : List.of(),
        grouped(attributes),
        null,
        null,
        null,
        0);
  }

  /// The same with what the system says of entities and attributes, at every depth.
  public Entity stamped() {
    var entity = entity();
    return entity
        .with(entity.attributes().stream().map(this::stamped).toList())
        .stamped(moment(), moment(), 0)
        .ending(maybe(this::moment));
  }

  private Attribute stamped(Attribute one) {
    if (one.name().equals(Names.VALUE_TYPE)) return one; // a member rather than an attribute
    return new Attribute(
        one.name(),
        one.datasetId(),
        one.content(),
        one.observedAt(),
        one.unitCode(),
        one.subAttributes().stream().map(this::stamped).toList(),
        moment(),
        moment(),
        null,
        maybe(this::moment));
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
      if (random.nextInt(6) == 0)
        subs.add(Attribute.of(Names.VALUE_TYPE, Value.of("http://www.w3.org/2001/XMLSchema#date")));
    }
    var content = content();
    boolean united = content instanceof Content.Property || content instanceof Content.ListProperty;
    return new Attribute(
        name,
        maybe(() -> "urn:ngsi-ld:dataset:" + random.nextInt(5)),
        content,
        maybe(this::moment),
        united ? maybe(() -> List.of("CEL", "%", "km/h", "µg·m⁻³").get(random.nextInt(4))) : null,
        grouped(subs),
        null,
        null,
        null,
        null);
  }

  private Instant moment() {
    long second =
        switch (random.nextInt(9)) {
          case 0 -> -62_167_219_200L; // the first of the year 0
          case 1 -> 253_402_300_799L; // the last of the year 9999
          default -> 1_750_000_000L + random.nextInt(1_000_000);
        };
    return Instant.ofEpochSecond(
        second, List.of(0, 123_000, 999_999_000, 500_000_000).get(random.nextInt(4)));
  }

  public Content content() {
    return switch (random.nextInt(8)) {
      case 0 -> new Content.Relationship(ids(1), types(), false);
      case 1 -> new Content.Relationship(ids(random.nextInt(3)), types(), true);
      case 2 -> new Content.GeoProperty(values.place());
      case 3 -> language();
      case 4 ->
          random.nextBoolean()
              ? new Content.VocabProperty(List.of(name()), random.nextBoolean())
              : new Content.VocabProperty(List.of(name(), name(), "urn:x:term"), true);
      case 5 -> new Content.JsonProperty(values.value(4));
      case 6 ->
          new Content.ListProperty(
              random.nextInt(5) == 0 ? List.of() : List.of(values.value(2), values.value(2)));
      default -> {
        if (random.nextInt(6) == 0)
          yield new Content.ListRelationship(ids(random.nextInt(4)), types());
        yield new Content.Property(values.value(3));
      }
    };
  }

  private Content language() {
    var map = new LinkedHashMap<String, Value>();
    map.put("en", Value.of(values.text()));
    map.put("zh-TW", Value.of(List.of(values.text(), values.text())));
    if (random.nextInt(3) == 0) map.put("@none", Value.of(values.text()));
    if (random.nextInt(3) == 0) map.put("de-CH-1996", Value.of(values.text()));
    return new Content.LanguageProperty(map);
  }

  private List<String> ids(int count) {
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(_ -> "urn:ngsi-ld:Other:" + random.nextInt(9))
        .toList();
  }

  private List<String> types() {
    return switch (random.nextInt(6)) {
      case 0 -> List.of(name());
      case 1 -> List.of(name(), name());
      default -> List.of();
    };
  }

  public String name() {
    if (random.nextInt(16) == 0) return ODD_NAMES.get(random.nextInt(ODD_NAMES.size()));
    return (random.nextBoolean() ? Names.DEFAULT_VOCAB : OTHER)
        + WORDS.get(random.nextInt(WORDS.size()));
  }

  private <T> @Nullable T maybe(Supplier<T> what) {
    return random.nextInt(3) == 0 ? what.get() : null;
  }
}
