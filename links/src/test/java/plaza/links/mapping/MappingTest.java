package plaza.links.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.testkit.TestCity.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.links.kind.Body;
import plaza.links.kind.Identity;
import plaza.links.kind.Message;

class MappingTest {
  private static final String SDM = "https://smartdatamodels.org/";
  private static final Vocabulary VOCABULARY =
      new Vocabulary(
          SDM, Map.of("temp", "https://example.org/temperature", "ex", "https://example.org/"));

  @Test
  void whatIsObservedIsAReadingAndWhatIsNotIsAFact() {
    var edits =
        edits(
            """
            {"id": "urn:x:1", "type": "Lamp", "scope": "/Taipei/Daan", "name": .payload.n,
             "power": {"value": .payload.w, "unitCode": "WTT", "observedAt": .receivedAt}}
            """,
            "{\"n\": \"Corner\", \"w\": 9.5}");

    assertThat(edits).hasSize(2);
    assertThat(edits.get(0))
        .isInstanceOfSatisfying(
            Edit.Append.class,
            fact -> {
              assertThat(fact.create() && fact.overwrite()).isTrue();
              assertThat(fact.fragment().types()).containsExactly(SDM + "Lamp");
              assertThat(fact.fragment().scopes()).containsExactly("/Taipei/Daan");
              assertThat(fact.fragment().findText(SDM + "name")).hasValue("Corner");
            });
    assertThat(edits.get(1))
        .isInstanceOfSatisfying(
            Edit.Observe.class,
            reading -> {
              var power = reading.fragment().find(SDM + "power").orElseThrow();
              assertThat(power.observedAt()).isEqualTo(NOON);
              assertThat(power.unitCode()).isEqualTo("WTT");
              assertThat(power.content()).isEqualTo(new Content.Property(Value.of(9.5)));
            });
  }

  @Test
  void everyKindOfAttributeHasItsForm() {
    var fragment =
        fact(
            """
            {"id": "urn:x:1", "type": ["Lamp", "ex:Pole"], "temp": 21,
             "location": {"type": "Point", "coordinates": [121.5, 25.0]},
             "area": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [1, 2]}},
             "on": {"type": "Relationship", "object": "urn:x:street"},
             "near": {"object": ["urn:x:a", "urn:x:b"], "objectType": "Lamp"},
             "label": {"languageMap": {"en": "Lamp", "zh": "燈"}},
             "state": {"vocab": "lit"}, "raw": {"json": {"a": 1}},
             "levels": {"valueList": [1, 2]}, "stops": {"objectList": ["urn:x:a"]},
             "address": {"street": "Main"}, "tags": ["a", "b"],
             "height": {"value": 8, "accuracy": 0.5}}
            """);

    assertThat(fragment.types()).containsExactly("https://example.org/Pole", SDM + "Lamp");
    assertThat(content(fragment, "https://example.org/temperature"))
        .isEqualTo(new Content.Property(Value.of(21)));
    assertThat(fragment.findPlace(Names.LOCATION)).map(GeoValue::geometry).isPresent();
    assertThat(fragment.findPlace(SDM + "area")).isPresent();
    assertThat(content(fragment, SDM + "on")).isEqualTo(new Content.Relationship("urn:x:street"));
    assertThat(content(fragment, SDM + "near"))
        .isEqualTo(
            new Content.Relationship(List.of("urn:x:a", "urn:x:b"), List.of(SDM + "Lamp"), true));
    assertThat(content(fragment, SDM + "label")).isInstanceOf(Content.LanguageProperty.class);
    assertThat(content(fragment, SDM + "state"))
        .isEqualTo(new Content.VocabProperty(List.of(SDM + "lit"), false));
    assertThat(content(fragment, SDM + "raw")).isInstanceOf(Content.JsonProperty.class);
    assertThat(content(fragment, SDM + "levels")).isInstanceOf(Content.ListProperty.class);
    assertThat(content(fragment, SDM + "stops")).isInstanceOf(Content.ListRelationship.class);
    assertThat(content(fragment, SDM + "address"))
        .isEqualTo(new Content.Property(new Value.Struct(Map.of("street", Value.of("Main")))));
    assertThat(content(fragment, SDM + "tags"))
        .isEqualTo(new Content.Property(Value.of(List.of("a", "b"))));
    assertThat(fragment.find(SDM + "height").orElseThrow().subAttributes())
        .containsExactly(Attribute.of(SDM + "accuracy", Value.of(0.5)));
  }

  @Test
  void aListHoldsSeveralEntitiesOrSeveralReadings() {
    var edits =
        edits(
            """
            [for (.payload) {"id": "urn:x:" + .n, "type": "Lamp", "power":
              [for (.w) {"value": ., "observedAt": "2026-06-01T12:00:0" + . + "Z"}]}]
            """,
            "[{\"n\": \"1\", \"w\": [1, 2]}, {\"n\": \"2\", \"w\": [3]}]");

    assertThat(edits).hasSize(2);
    assertThat(((Edit.Observe) edits.getFirst()).fragment().attributes()).hasSize(2);
  }

  @Test
  void aMessageMayBeLeftOut() {
    assertThat(edits("if (.payload.test) null else {}", "{\"test\": true}")).isEmpty();
  }

  @Test
  void localTimesOfIslandsBecomeUtc() {
    var edits =
        edits(
            """
            {"id": "urn:x:1", "type": "Lamp", "power": {"value": 1,
              "observedAt": instant(.payload.t, "yyyy-MM-dd HH:mm:ss", "Asia/Taipei")}}
            """,
            "{\"t\": \"2025-04-09 07:30:00\"}");

    assertThat(((Edit.Observe) edits.getFirst()).fragment().attributes().getFirst().observedAt())
        .isEqualTo(Instant.parse("2025-04-08T23:30:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          "lamp"                                                       | must give an entity
          {"type": "Lamp"}                                             | needs an id
          {"id": 5, "type": "Lamp"}                                    | needs an id
          {"id": "lamp 1", "type": "Lamp"}                             | absolute URI
          {"id": "urn:x:1"}                                            | needs a type
          {"id": "urn:x:1", "type": "https://plaza.city/ns#Pilot"}     | belongs to Plaza
          {"id": "urn:x:1", "type": "L", "https://plaza.city/private#a": 1} | belongs to Plaza
          {"id": "urn:x:1", "type": "L", "p": {"value": 1, "object": "urn:x:2"}} | one thing
          {"id": "urn:x:1", "type": "L", "p": {"value": 1, "observedAt": "noon"}} | date-time
          {"id": "urn:x:1", "type": "L", "p": {"type": "Relationship", "value": 1}} | not Relationship
          {"id": "urn:x:1", "type": "L", "location": {"type": "Point", "coordinates": [25, 121]}} | latitude
          {"id": "urn:x:1", "type": "L", "p": number("many")}          | many
          {"id": "urn:x:1", "type": "L", "p": [{"value": 1}, {"value": 2}]} | given twice
          """)
  void whatIsNoFragmentIsRefusedWithASentence(String jslt, String why) {
    assertThatThrownBy(() -> edits(jslt, "{}"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(why);
  }

  @Test
  void whatIsNotJsonSaysWhere() {
    assertThatThrownBy(() -> edits("{}", "{\"a\": 1,\n oops"))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void limitsHold() {
    var tight = new MappingLimits(Duration.ofSeconds(1), 200, 100, 50, 3);
    var entity = "{\"id\": \"urn:x:\" + ., \"type\": \"L\"}";
    refusedBy(tight, "[for (.payload) " + entity + "]", "[1, 2, 3, 4]", "4 entities");
    refusedBy(
        tight,
        "{\"id\": \"urn:x:1\", \"type\": \"L\", \"p\": [for (.payload) [for ($all) .]]}"
            .replace("$all", "[0,1,2,3,4,5,6,7,8,9]"),
        "[1, 2, 3, 4, 5]",
        "more than 50 values");
    refusedBy(tight, "{}", "\"" + "x".repeat(100) + "\"", "102 bytes");
    assertThatThrownBy(() -> new Mapping(" ".repeat(201), VOCABULARY, tight))
        .isInstanceOf(Refusal.TooLarge.class);
  }

  @Test
  void aMappingThatNeverEndsCostsItsMessagesOnly() throws InterruptedException {
    var limits = new MappingLimits(Duration.ofSeconds(1), 1_000, 1_000, 1_000, 10);
    var endless =
        """
        def fib(n) if ($n < 2) 1 else fib($n - 1) + fib($n - 2)
        {"id": "urn:x:1", "type": "L", "p": fib(.payload)}
        """;
    var watched = new WatchedMapping(new Mapping(endless, VOCABULARY, limits));

    var mapped = watched.map(List.of(json("5"), json("48"), json("6")));

    assertThat(mapped.get(0)).isInstanceOf(Mapped.Edits.class);
    assertThat(mapped.get(1).toString()).contains("longer than PT1S");
    assertThat(mapped.get(2)).isInstanceOf(Mapped.Edits.class);
  }

  @Test
  void aMappingThatCallsItselfWithoutEndFails() {
    assertThatThrownBy(() -> edits("def f(x) f($x) + 1 f(1)", "{}"))
        .isInstanceOf(Refusal.Invalid.class);
  }

  private static void refusedBy(MappingLimits limits, String jslt, String payload, String why) {
    assertThatThrownBy(() -> new Mapping(jslt, VOCABULARY, limits).edits(json(payload)))
        .isInstanceOf(Refusal.TooLarge.class)
        .hasMessageContaining(why);
  }

  private static plaza.graph.Entity fact(String jslt) {
    return ((Edit.Append) edits(jslt, "{}").getFirst()).fragment();
  }

  private static Content content(plaza.graph.Entity fragment, String name) {
    return fragment.find(name).orElseThrow().content();
  }

  private static List<Edit> edits(String jslt, String payload) {
    return new Mapping(jslt, VOCABULARY, MappingLimits.DEFAULT).edits(json(payload));
  }

  private static Message json(String payload) {
    return new Message(
        "lamps/1",
        new Identity.Unrepeated(),
        new Body.Document(payload.getBytes(UTF_8)),
        Map.of(),
        NOON);
  }
}
