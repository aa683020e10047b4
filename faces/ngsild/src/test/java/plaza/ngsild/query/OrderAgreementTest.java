package plaza.ngsild.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ngsild.RandomEntities;
import plaza.ngsild.Written;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.represent.Representation;
import plaza.testkit.Seeds;

/// Clause 4.23: entities come in the order a plain reading of the text puts them in.
class OrderAgreementTest {
  private static final Context CORE = Contexts.builtIn().core();

  /// Values that are close to each other, or of the same text and different kinds.
  private static final List<String> MIXED =
      List.of(
          "5",
          "5.0",
          "-0.0",
          "0",
          "9007199254740992",
          "9007199254740993",
          "9223372036854775807",
          "9223372036854775806",
          "1e21",
          "true",
          "false",
          "\"5\"",
          "\"red\"",
          "\"Red\"",
          "\"réd\"",
          "\"10:00:00Z\"",
          "\"2026-01-01T00:00:00Z\"",
          "[5]",
          "[\"red\"]",
          "{\"city\": \"Taipei\"}",
          "{\"city\": \"Tainan\", \"street\": null}",
          "{\"city\": 5, \"street\": [1]}",
          "{\"@type\": \"DateTime\", \"@value\": \"2026-01-01T00:00:00Z\"}",
          "{\"@type\": \"DateTime\", \"@value\": \"2026-01-01T00:00:00.000Z\"}",
          "{\"@type\": \"DateTime\", \"@value\": \"2026-01-01T00:00:00.5Z\"}",
          "{\"@type\": \"xsd:dateTime\", \"@value\": \"2026-01-01T01:00:00+01:00\"}",
          "{\"@type\": \"DateTime\", \"@value\": \"soon\"}",
          "{\"@type\": \"Date\", \"@value\": \"2026-01-01\"}",
          "{\"@type\": \"Date\", \"@value\": \"2025-12-31\"}",
          "{\"@type\": \"Time\", \"@value\": \"10:00:00Z\"}",
          "{\"@type\": \"Time\", \"@value\": \"10:00:00.25Z\"}",
          "{\"@type\": \"Time\", \"@value\": \"10:00:00,250Z\"}",
          "{\"@type\": \"https://example.org/grade\", \"@value\": 7}");

  @Test
  void randomEntitiesComeInTheOrderOfThePlainReading() {
    int apart = 0;
    for (long seed : Seeds.of(2_000).toArray()) {
      var random = new Random(seed * 31L);
      var expected = new NaiveOrder(random);
      var order =
          EntityOrder.parse(expected.text(), Map.of("orderFrom", expected.from())::get, CORE);
      var entities = new ArrayList<EntityOrder.Keyed>();
      var documents = new ArrayList<Map<String, Value>>();
      for (int i = 0; i < 8; i++) {
        var entity = entity(seed * 8 + i, random);
        entities.add(order.keyed(entity));
        documents.add(normalized(entity));
      }
      for (int i = 0; i < 8; i++)
        for (int j = 0; j < i; j++) {
          var one = entities.get(i);
          var other = entities.get(j);
          int sign = Integer.signum(order.compare(one, other));
          assertThat(sign)
              .as(
                  "seed %d: orderBy=%s from %s, %s and %s",
                  seed, expected.text(), expected.from(), documents.get(i), documents.get(j))
              .isEqualTo(Integer.signum(expected.compare(documents.get(i), documents.get(j))));
          if (sign != Integer.signum(one.entity().id().compareTo(other.entity().id()))) apart++;
        }
    }
    if (Seeds.areMany()) assertThat(apart).as("told apart by more than ids").isGreaterThan(1_000);
  }

  /// With one attribute more that most have, and that can be compared.
  private static Entity entity(long seed, Random random) {
    var some = new RandomEntities(seed);
    var entity = seed % 2 == 0 ? some.entity() : some.stamped();
    var attributes = new ArrayList<>(entity.attributes());
    var datasetIds = new ArrayList<>(List.of("urn:d:2", "urn:d:1", ""));
    java.util.Collections.shuffle(datasetIds, random);
    for (var datasetId : datasetIds.subList(0, random.nextInt(4)))
      attributes.add(mixed(datasetId, 1, random));
    return new Entity(
        "urn:x:" + random.nextInt(1_000_000),
        entity.types(),
        entity.scopes(),
        attributes,
        entity.createdAt(),
        entity.modifiedAt(),
        entity.expiresAt(),
        0);
  }

  private static Attribute mixed(String datasetId, int depth, Random random) {
    var subs = new ArrayList<Attribute>();
    if (random.nextInt(4) == 0)
      subs.add(
          Attribute.of(
              Names.VALUE_TYPE,
              Value.of(
                  Names.NGSI_LD + List.of("DateTime", "Time", "Date").get(random.nextInt(3)))));
    if (depth > 0 && random.nextBoolean()) {
      subs.add(mixed("urn:d:1", 0, random));
      subs.add(mixed("", 0, random));
    }
    return new Attribute(
        CORE.expand("mix"),
        datasetId.isEmpty() ? null : datasetId,
        content(random),
        random.nextBoolean() ? null : java.time.Instant.ofEpochSecond(random.nextInt(3)),
        random.nextBoolean() ? null : "CEL",
        subs,
        null,
        null,
        null,
        null);
  }

  private static Content content(Random random) {
    if (random.nextInt(3) == 0)
      return new Content.GeoProperty(
          GeoValue.of(
              (Value.Struct)
                  Json.parse(
                      "{\"type\": \"Point\", \"coordinates\": [%d, %d]}"
                          .formatted(random.nextInt(360) - 180, random.nextInt(180) - 90))));
    return new Content.Property(Json.parse(MIXED.get(random.nextInt(MIXED.size()))));
  }

  private static Map<String, Value> normalized(Entity entity) {
    var text = Written.entity(entity, CORE, Representation.NORMALIZED.withSystem());
    return ((Value.Struct) Json.parse(text)).members();
  }

  /// The root order of Unicode (CLDR) and what languages make of it; what stands together with `=`
  /// is the same.
  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '°',
      value = {
        "und § a b|a_b|a-b|a,b|a;b|a:b|a!b|a?b|a.b|a'b|a\"b|a(b|a)b|a[b|a]b|a{b|a}b|a@b|a*b|a/b|a\\b|a&b|a#b|a%b|a`b|a^b|a+b|a<b|a=b|a>b|a~b|a$b|a1b|ab",
        "und § 1|10|2|a|A|á|Á|ä|ab|Ab|b|B|e|é|ea|ñ|z|Ω|б|信",
        "und-x-icu § resume|Resume|résumé|Résumé|resumes",
        "und-u-kn § a2|a10|a010b|a11",
        "und-u-ks-level1 § a=A=á=ä|b=B|resume=Résumé|z",
        "und-u-ks-level2 § a=A|á=Á|b=B|z",
        "sv § a|o|z|å|ä|ö",
        "de § a|ä|ad|ae|af|o|ö|z",
        "de-u-co-phonebk § ad|ae|ä|af|z",
        "es § n|nz|ñ|o"
      })
  void textsComeInTheOrderOfTheirCollation(String tag, String ascending) {
    var collation = Collation.parse(tag);
    var texts = new ArrayList<String>();
    var ranks = new ArrayList<Integer>();
    var groups = ascending.split("\\|");
    for (int rank = 0; rank < groups.length; rank++)
      for (var text :
          tag.contains("-ks-") ? groups[rank].split("=") : new String[] {groups[rank]}) {
        texts.add(text);
        ranks.add(rank);
      }
    for (int i = 0; i < texts.size(); i++)
      for (int j = 0; j < texts.size(); j++)
        assertThat(
                Integer.signum(collation.key(texts.get(i)).compareTo(collation.key(texts.get(j)))))
            .as("%s: '%s' and '%s'", tag, texts.get(i), texts.get(j))
            .isEqualTo(Integer.compare(ranks.get(i), ranks.get(j)));
  }
}
