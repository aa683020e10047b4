package plaza.ngsild.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.query.Sight;
import plaza.json.Json;
import plaza.ledger.Policy;

/// How each source is treated as it wants to be (clauses 4.3.6.4 to 4.3.6.6, 4.14, 5.2.34, 6.3.17,
/// 6.3.18), by one that answers strictly by the standard.
final class SourceTreatmentTest {
  private static final String BUS = "{\"id\":\"urn:ngsi-ld:Bus:1\",\"type\":\"Bus\"}";
  private static final String BUSES = "\"information\":[{\"entities\":[{\"type\":\"Bus\"}]}]";

  private final Town north = new Town("north");
  private final OtherBroker other = new OtherBroker();

  @AfterEach
  void close() {
    north.close();
    other.close();
  }

  @Test
  void aSourceIsAskedForWhatItWasRegisteredFor() {
    north.register(
        other.answers(200, "[]").url(),
        """
        "information":[{"entities":[{"type":"Bus","idPattern":"^urn:ngsi-ld:Bus:1"}],
        "propertyNames":["speed","load"]}]\
        """);

    north.get("/entities?type=Bus,Tram&attrs=speed,line&limit=5");

    assertThat(other.last().path()).isEqualTo("/ngsi-ld/v1/entities");
    assertThat(other.last().query().split("&"))
        .contains("type=Bus", "idPattern=^urn:ngsi-ld:Bus:1", "attrs=speed", "options=sysAttrs");
    assertThat(other.last().header("Via")).isEqualTo("1.1 north");
    assertThat(other.last().header("Accept")).isEqualTo("application/json");
  }

  @Test
  void whatASourceWasNotRegisteredForIsLeftOut() {
    north.register(
        other
            .answers(
                200,
                """
                [{"id":"urn:ngsi-ld:Bus:1","type":"Bus","speed":{"type":"Property","value":1},
                "secret":{"type":"Property","value":1}},{"id":"urn:ngsi-ld:Tram:1","type":"Tram"}]\
                """)
            .url(),
        """
        "information":[{"entities":[{"type":"Bus"}],"propertyNames":["speed"]}]\
        """);

    assertThat(north.get("/entities?type=Bus,Tram&options=keyValues").json())
        .isEqualTo(Json.parse("[{\"id\":\"urn:ngsi-ld:Bus:1\",\"type\":\"Bus\",\"speed\":1}]"));
  }

  @Test
  void whatTheSourceWantsToBeToldIsTold() {
    north.register(
        other.answers(200, "[]").url(),
        BUSES
            + """
            ,"tenant":"lines","contextSourceInfo":[{"key":"X-Line","value":"7"},
            {"key":"X-User","value":"urn:ngsi-ld:request"},{"key":"X-None","value":"urn:ngsi-ld:request"},
            {"key":"Authorization","value":"urn:ngsi-ld:request"},{"key":"accept","value":"application/ld+json"},
            {"key":"Content-Length","value":"99"}]\
            """);

    north.get("/entities?type=Bus", "X-User", "abcd");

    assertThat(other.last().header("X-Line")).isEqualTo("7");
    assertThat(other.last().header("X-User")).isEqualTo("abcd");
    assertThat(other.last().headers()).doesNotContainKey("x-none");
    assertThat(other.last().header("Content-Length")).isNotEqualTo("99");
    assertThat(other.last().header("NGSILD-Tenant")).isEqualTo("lines");
    assertThat(other.last().header("Accept")).isEqualTo("application/ld+json");
  }

  @Test
  void tenantsHaveTheirOwnSources() {
    north.register(Address.tenant("metro"), other.answers(200, "[" + BUS + "]").url(), BUSES);

    assertThat(north.get("/entities?type=Bus").items()).isEmpty();
    assertThat(north.get("/entities?type=Bus", "NGSILD-Tenant", "metro").ids())
        .containsExactly("urn:ngsi-ld:Bus:1");
    assertThat(other.last().headers()).doesNotContainKey("ngsild-tenant");
    assertThat(other.last().header("Via")).isEqualTo("1.1 north.metro");
  }

  @Test
  void theSourcesContextNamesEverything() {
    north.register(
        other.url(),
        """
        "information":[{"entities":[{"type":"https://example.org/Bus"}]}],"operations":%s,
        "mode":"redirect","contextSourceInfo":[{"key":"jsonldContext",
        "value":"https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld"}]\
        """
            .formatted(Town.ALL));
    other.answers(201, "");

    var answer =
        north.send(
            "POST",
            "/entities",
            """
            {"id":"urn:ngsi-ld:Bus:1","type":"Coach","pace":{"type":"Property","value":1,
            "seen":{"type":"VocabProperty","vocab":"Coach"}},
            "@context":{"Coach":"https://example.org/Bus","pace":"https://example.org/speed"}}\
            """,
            "Content-Type",
            "application/ld+json");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(other.last().header("Content-Type")).isEqualTo("application/json");
    assertThat(other.last().json())
        .isEqualTo(
            Json.parse(
                """
                {"id":"urn:ngsi-ld:Bus:1","type":"https://example.org/Bus","https://example.org/speed":
                {"type":"Property","value":1,"seen":{"type":"VocabProperty",
                "vocab":"https://example.org/Bus"}}}\
                """));
  }

  /// Clause 4.3.6.6: "over both payload and query parameters".
  @Test
  void filtersGoOnInTheSourcesNames() {
    north.register(
        other.answers(200, "[]").url(),
        BUSES
            + """
            ,"contextSourceInfo":[{"key":"jsonldContext",
            "value":"https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld"}]\
            """);
    var vocabulary = "https://uri.etsi.org/ngsi-ld/default-context/";

    north.post(
        "/entityOperations/query",
        """
        {"type":"Query","entities":[{"type":"Coach"}],"q":"pace>3;(line==\\"5\\"|owner)",
        "@context":{"Coach":"%1$sBus","pace":"%1$sspeed","line":"%1$sroute"}}\
        """
            .formatted(vocabulary),
        "Content-Type",
        "application/ld+json");

    assertThat(other.last().json())
        .isEqualTo(
            Json.parse(
                """
                {"type":"Query","entities":[{"type":"Bus"}],"q":"speed>3;(route==\\"5\\"|owner)"}\
                """));
  }

  @Test
  void aSourceThatWantsLocalAnswersIsToldSo() {
    north.register(other.answers(200, "[]").url(), BUSES + ",\"management\":{\"localOnly\":true}");

    north.get("/entities?type=Bus");

    assertThat(other.last().query()).contains("local=true");
  }

  @Test
  void aSlowSourceCostsItsTimeoutAndThenItsCooldown() {
    north.register(
        other.answers(200, "[]").after(60_000).url(),
        BUSES + ",\"management\":{\"timeout\":2000,\"cooldown\":60000}");
    north.hold(BUS);

    long start = System.nanoTime();
    var first = north.get("/entities?type=Bus");
    var second = north.get("/entities?type=Bus");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    for (var answer : List.of(first, second)) {
      assertThat(answer.ids()).containsExactly("urn:ngsi-ld:Bus:1");
      assertThat(answer.warnings()).singleElement().asString().startsWith("199 north");
    }
    assertThat(other.asked).hasSize(1);
  }

  @Test
  void warningsTellWhatWasWrong() {
    north.register(other.url(), BUSES);

    other.answers(200, "{\"this is\": not NGSI-LD");
    assertThat(north.get("/entities?type=Bus").warnings().getFirst()).startsWith("111 north");
    other.answers(200, "[{\"type\":\"Bus\"}]");
    assertThat(north.get("/entities?type=Bus").warnings().getFirst()).startsWith("111 north");
    other.answers(403, "{\"title\":\"No key\"}");
    assertThat(north.get("/entities?type=Bus").warnings().getFirst())
        .startsWith("299 north")
        .contains("403: No key");
    other.answers(404, "");
    assertThat(north.get("/entities/urn:ngsi-ld:Bus:1").warnings()).isEmpty();
  }

  @Test
  void anAnswerThatMayBeKeptIsUsedAgainWithAWarning() {
    north.register(
        other.answers(200, "[" + BUS + "]").url(),
        BUSES + ",\"management\":{\"cacheDuration\":\"PT1H\"}");

    north.get("/entities?type=Bus");
    var again = north.get("/entities?type=Bus");

    assertThat(again.ids()).containsExactly("urn:ngsi-ld:Bus:1");
    assertThat(again.warnings()).singleElement().asString().startsWith("110 north");
    assertThat(other.asked).hasSize(1);
  }

  @Test
  void aSourceWithBatchQueriesOnlyIsAskedByDocument() {
    north.register(
        other.answers(200, "[" + BUS + "]").url(), BUSES + ",\"operations\":[\"queryBatch\"]");

    var answer = north.get("/entities?type=Bus&q=speed>1&splitEntities=false");

    assertThat(answer.ids()).containsExactly("urn:ngsi-ld:Bus:1");
    assertThat(other.last().path()).isEqualTo("/ngsi-ld/v1/entityOperations/query");
    assertThat(other.last().json())
        .isEqualTo(
            Json.parse("{\"type\":\"Query\",\"entities\":[{\"type\":\"Bus\"}],\"q\":\"speed>1\"}"));
  }

  @Test
  void transientEntitiesOfSourcesThatHaveEndedAreLeftOut() {
    north.register(
        other
            .answers(
                200,
                "[{\"id\":\"urn:ngsi-ld:Bus:1\",\"type\":\"Bus\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}]")
            .url(),
        BUSES);

    assertThat(north.get("/entities?type=Bus").items()).isEmpty();
  }

  @Test
  void whatACallerMayNotSeeStaysUnseenWhereverItComesFrom() {
    var type = "https://uri.etsi.org/ngsi-ld/default-context/Bus";
    var speed = "https://uri.etsi.org/ngsi-ld/default-context/speed";
    var sight =
        Sight.of(new Sight.View(Set.of(type), Set.of(speed), null, null, null), "ask the operator");
    Policy narrow =
        (actor, address) ->
            actor.isAnonymous()
                ? new Policy.Rights(sight, sight)
                : Policy.OPEN.rights(actor, address);
    try (var city = new Town("city", narrow, SourceLimits.DEFAULT);
        var source = new Town("source")) {
      city.register("inclusive", source, "Bus");
      source.hold(
          """
          {"id":"urn:ngsi-ld:Bus:1","type":"Bus","speed":{"value":1},"driver":{"value":"Ann"}}\
          """);

      var seen = Json.parse("{\"id\":\"urn:ngsi-ld:Bus:1\",\"type\":\"Bus\",\"speed\":1}");
      assertThat(city.get("/entities/urn:ngsi-ld:Bus:1?options=keyValues").json()).isEqualTo(seen);
      assertThat(city.get("/entities?type=Bus&options=keyValues").items()).containsExactly(seen);
      // Nobody can feel for hidden values with filters, not even elsewhere.
      assertThat(city.get("/entities?type=Bus&q=driver==\"Ann\"&splitEntities=false").items())
          .isEmpty();
      assertThat(
              city.send(
                      "PATCH",
                      "/entities/urn:ngsi-ld:Bus:1/attrs",
                      "{\"type\":\"Bus\",\"driver\":{\"value\":\"Bob\"}}")
                  .status())
          .isIn(401, 403);
    }
  }

  @Test
  void aSourceWithManyRegistrationsIsAskedOnce() {
    other.answers(200, BUS);
    for (int i = 0; i < 100; i++)
      north.register(
          other.url(),
          "\"information\":[{\"entities\":[{\"type\":\"%s\"}]}]"
              .formatted(i == 99 ? "Bus" : "Kind" + i));

    assertThat(north.get("/entities/urn:ngsi-ld:Bus:1").status()).isEqualTo(200);

    assertThat(other.asked).hasSize(1);
    other.answers(200, "[" + BUS + "]");
    assertThat(north.get("/entities?type=Bus,Kind1,Kind2").ids())
        .containsExactly("urn:ngsi-ld:Bus:1");
    assertThat(other.asked).hasSize(2);
    assertThat(other.last().query()).contains("type=");
  }

  @Test
  void aSourceOfAnOlderVersionIsWrittenToInItsTerms() {
    north.register(
        other.answers(201, "").url(),
        BUSES
            + """
            ,"mode":"redirect","operations":["createEntity"],
            "contextSourceInfo":[{"key":"ngsildConformance","value":"1.3"}]\
            """);

    north.post(
        "/entities",
        """
        {"id":"urn:ngsi-ld:Bus:1","type":"Bus","scope":"/Daan",
        "name":{"type":"LanguageProperty","languageMap":{"en":"one"}},
        "plan":{"type":"JsonProperty","json":{"a":1},"expiresAt":"2100-01-01T00:00:00Z"},
        "speed":{"type":"Property","value":1,"unitCode":"KMH","stops":
        {"type":"ListProperty","valueList":[1,2]}}}\
        """);

    assertThat(other.last().json())
        .isEqualTo(
            Json.parse(
                """
                {"id":"urn:ngsi-ld:Bus:1","type":"Bus",
                "name":{"type":"Property","value":{"en":"one"}},
                "plan":{"type":"Property","value":{"a":1}},
                "speed":{"type":"Property","value":1,"unitCode":"KMH","stops":
                {"type":"Property","value":[1,2]}}}\
                """));
  }

  /// Clause 6.3.17: the code says what has become part of the response.
  @Test
  void warningsOfASourceAreHandedOnWithTheirCodes() {
    north.register(other.url(), BUSES);
    other
        .answers(200, "[" + BUS + "]")
        .with(Map.of("NGSILD-Warning", "110 far \"urn:reg: Response is \\\"Stale\\\"\""));

    assertThat(north.get("/entities?type=Bus").warnings())
        .singleElement()
        .asString()
        .startsWith("110 north \"")
        .endsWith(": far: urn:reg: Response is \\\"Stale\\\"\"");
  }
}
