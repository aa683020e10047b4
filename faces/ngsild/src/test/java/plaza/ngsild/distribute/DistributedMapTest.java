package plaza.ngsild.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Value;
import plaza.graph.query.Sight;
import plaza.json.Json;
import plaza.ledger.Policy;

/// Entity maps over several servers, each with a map of its own (clauses 4.3.6.7, 4.5.25, 5.5.14,
/// 5.14).
final class DistributedMapTest {
  private static final String IN_JANUARY =
      "timerel=between&timeAt=2026-01-01T00:00:00Z&endTimeAt=2026-02-01T00:00:00Z";
  private static final String ALL =
      "[\"federationOps\",\"retrieveTemporal\",\"queryTemporal\",\"createEntityMapQueryTemporal\"]";

  private final Town north = new Town("north");
  private final Town south = new Town("south");
  private final OtherBroker other = new OtherBroker();

  @AfterEach
  void close() {
    north.close();
    south.close();
    other.close();
  }

  private static String bus(int i, int speed) {
    return ("{\"id\":\"urn:ngsi-ld:Bus:%d\",\"type\":\"Bus\",\"speed\":{\"type\":\"Property\","
            + "\"value\":%d,\"observedAt\":\"2026-01-0%dT00:00:00Z\"}}")
        .formatted(i, speed, i);
  }

  private void register(String endpoint, String id, String operations) {
    north.register(
        endpoint,
        "\"id\":\"%s\",\"information\":[{\"entities\":[{\"type\":\"Bus\"}]}],\"operations\":%s"
            .formatted(id, operations));
  }

  private void registerEvolutions(String endpoint, String id, String operations) {
    north.register(
        endpoint,
        "\"id\":\"%s\",\"observationInterval\":{\"startAt\":\"2020-01-01T00:00:00Z\"},\"information\":[{\"entities\":[{\"type\":\"Bus\"}]}],\"operations\":%s"
            .formatted(id, operations));
  }

  private static Map<String, Value> members(Town.Answer answer, String name) {
    return Town.members(answer.member(name));
  }

  private static String map(Town.Answer answer) {
    var header = answer.header("NGSILD-EntityMap");
    assertThat(header).startsWith("/ngsi-ld/v1/entityMaps/");
    return header.substring("/ngsi-ld/v1".length());
  }

  @Test
  void aMapSaysWhoKnowsWhatAndWhichMapsSourcesKeep() {
    north.hold(bus(1, 1));
    south.hold(bus(1, 1));
    south.hold(bus(2, 2));
    register(south.url(), "urn:r:south", "[\"federationOps\"]");

    var made = north.get("/entityMaps?type=Bus");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.member("entityMap"))
        .isEqualTo(
            Json.parse(
                "{\"urn:ngsi-ld:Bus:1\":[\"@none\",\"urn:r:south\"],"
                    + "\"urn:ngsi-ld:Bus:2\":[\"urn:r:south\"]}"));
    var linked = ((Value.Text) members(made, "linkedMaps").get("urn:r:south")).text();
    assertThat(Town.members(south.get("/entityMaps/" + linked).member("entityMap")))
        .containsOnlyKeys("urn:ngsi-ld:Bus:1", "urn:ngsi-ld:Bus:2");
  }

  @Test
  void laterPagesAreFilteredAnewAndFilled() {
    for (int i = 1; i <= 9; i++) (i % 2 == 0 ? north : south).hold(bus(i, i));
    register(south.url(), "urn:r:south", "[\"federationOps\"]");

    var first = north.get("/entities?type=Bus&q=speed>2&limit=3&entityMap=true");
    var header = first.header("NGSILD-EntityMap");
    // One that was to come does not match any more; one comes that nobody knew.
    south.send("PATCH", "/entities/urn:ngsi-ld:Bus:7/attrs/speed", "{\"value\":0}");
    south.hold(
        "{\"id\":\"urn:ngsi-ld:Bus:99\",\"type\":\"Bus\",\"speed\":{\"type\":\"Property\",\"value\":9}}");
    var ids = new ArrayList<>(first.ids());
    for (int offset = 3; offset < 9; offset += 3)
      ids.addAll(
          north
              .get(
                  "/entities?type=Bus&q=speed>2&limit=3&offset=" + offset,
                  "NGSILD-EntityMap",
                  header)
              .ids());

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.ids()).hasSize(3);
    assertThat(ids)
        .containsExactlyInAnyOrder(
            "urn:ngsi-ld:Bus:3",
            "urn:ngsi-ld:Bus:4",
            "urn:ngsi-ld:Bus:5",
            "urn:ngsi-ld:Bus:6",
            "urn:ngsi-ld:Bus:8",
            "urn:ngsi-ld:Bus:9");
    assertThat(north.get(map(first)).text()).doesNotContain("Bus:7").doesNotContain("Bus:99");
    assertThat(
            north
                .get("/entities?type=Bus&q=speed>2&count=true&entityMap=true&limit=1")
                .header("NGSILD-Results-Count"))
        .isEqualTo("7");
  }

  @Test
  void aSourceIsAskedWithItsOwnMapAndOnlyForWhatItHas() {
    north.hold(bus(1, 1));
    register(other.url(), "urn:r:other", "[\"federationOps\"]");
    other.answers(
        201,
        "{\"id\":\"urn:ngsi-ld:EntityMap:theirs\",\"type\":\"EntityMap\",\"expiresAt\":\"2100-01-01T00:00:00Z\",\"entityMap\":{\"urn:ngsi-ld:Bus:5\":[\"@none\"]},\"linkedMaps\":{}}");

    var made = north.get("/entityMaps?type=Bus&entityMapLifetime=PT2M");
    assertThat(other.last().path()).endsWith("/ngsi-ld/v1/entityMaps");
    assertThat(other.last().query()).contains("type=Bus").contains("entityMapLifetime=PT2M");
    other.answers(
        200, "[" + bus(5, 5).replace("Bus\",", "Bus\",\"@context\":\"" + core() + "\",") + "]");
    var page = north.get("/entities?type=Bus", "NGSILD-EntityMap", made.header("NGSILD-EntityMap"));

    assertThat(page.ids()).containsExactly("urn:ngsi-ld:Bus:1", "urn:ngsi-ld:Bus:5");
    assertThat(other.last().header("NGSILD-EntityMap")).isEqualTo("urn:ngsi-ld:EntityMap:theirs");
    assertThat(other.last().query())
        .contains("id=urn:ngsi-ld:Bus:5")
        .doesNotContain("urn:ngsi-ld:Bus:1");
    int asked = other.asked.size();
    assertThat(
            north
                .get(
                    "/entities/urn:ngsi-ld:Bus:1",
                    "NGSILD-EntityMap",
                    made.header("NGSILD-EntityMap"))
                .status())
        .isEqualTo(200);
    assertThat(other.asked).as("the map leads nowhere else").hasSize(asked);
    other.answers(204, "");
    assertThat(north.delete(map(made)).status()).isEqualTo(204);
    assertThat(other.last().method()).isEqualTo("DELETE");
    assertThat(other.last().path()).endsWith("/entityMaps/urn:ngsi-ld:EntityMap:theirs");
  }

  @Test
  void fewMatchesAmongManyCandidatesFillTheirPages() {
    for (int i = 100; i < 180; i++)
      south.hold(
          "{\"id\":\"urn:ngsi-ld:Bus:%d\",\"type\":\"Bus\",\"speed\":{\"value\":%d}}"
              .formatted(i, i % 20));
    register(south.url(), "urn:r:south", "[\"federationOps\"]");
    var query = "/entities?type=Bus&q=speed==7&splitEntities=true&limit=2";

    var first = north.get(query + "&entityMap=true");
    var second =
        north.get(query + "&offset=2", "NGSILD-EntityMap", first.header("NGSILD-EntityMap"));
    var third =
        north.get(query + "&offset=4", "NGSILD-EntityMap", first.header("NGSILD-EntityMap"));

    assertThat(first.ids()).containsExactly("urn:ngsi-ld:Bus:107", "urn:ngsi-ld:Bus:127");
    assertThat(second.ids()).containsExactly("urn:ngsi-ld:Bus:147", "urn:ngsi-ld:Bus:167");
    assertThat(third.ids()).isEmpty();
    assertThat(members(north.get(map(first)), "entityMap")).hasSize(4);
  }

  private static String core() {
    return "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld";
  }

  @Test
  void aSourceWithoutMapsIsAskedForItsEntities() {
    south.hold(bus(2, 2));
    register(south.url(), "urn:r:south", "[\"retrieveOps\"]");

    var made = north.get("/entityMaps?type=Bus");

    assertThat(made.member("entityMap"))
        .isEqualTo(Json.parse("{\"urn:ngsi-ld:Bus:2\":[\"urn:r:south\"]}"));
    assertThat(members(made, "linkedMaps")).isEmpty();
    assertThat(
            north
                .get("/entities?type=Bus", "NGSILD-EntityMap", made.header("NGSILD-EntityMap"))
                .ids())
        .containsExactly("urn:ngsi-ld:Bus:2");
  }

  @Test
  void aRetrievalLearnsWhoKnowsTheEntity() {
    north.hold(bus(1, 1));
    south.hold(bus(1, 2));
    register(south.url(), "urn:r:south", "[\"federationOps\"]");
    register(other.url(), "urn:r:other", "[\"federationOps\"]");
    other.answers(404, "");

    var first = north.get("/entities/urn:ngsi-ld:Bus:1?entityMap=true");
    int asked = other.asked.size();
    var again =
        north.get(
            "/entities/urn:ngsi-ld:Bus:1", "NGSILD-EntityMap", first.header("NGSILD-EntityMap"));

    assertThat(north.get(map(first)).member("entityMap"))
        .isEqualTo(Json.parse("{\"urn:ngsi-ld:Bus:1\":[\"@none\",\"urn:r:south\"]}"));
    assertThat(members(north.get(map(first)), "linkedMaps")).containsOnlyKeys("urn:r:south");
    assertThat(other.last().query()).contains("entityMap=true");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("NGSILD-EntityMap")).isEqualTo(first.header("NGSILD-EntityMap"));
    assertThat(other.asked).as("it did not have it").hasSize(asked);
  }

  @Test
  void evolutionsHaveMapsOverSources() {
    for (int i = 1; i <= 5; i++) (i == 1 ? north : south).hold(bus(i, i));
    registerEvolutions(south.url(), "urn:r:south", ALL);
    var query = "/temporal/entities?type=Bus&q=speed>1&limit=2&options=temporalValues&";

    var first = north.get(query + IN_JANUARY + "&entityMap=true&count=true");
    var header = first.header("NGSILD-EntityMap");
    var second = north.get(query + IN_JANUARY + "&offset=2", "NGSILD-EntityMap", header);

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(200);
    assertThat(first.header("NGSILD-Results-Count")).isEqualTo("4");
    var ids = new ArrayList<>(first.ids());
    ids.addAll(second.ids());
    assertThat(ids)
        .containsExactlyInAnyOrder(
            "urn:ngsi-ld:Bus:2", "urn:ngsi-ld:Bus:3", "urn:ngsi-ld:Bus:4", "urn:ngsi-ld:Bus:5");
    assertThat(members(north.get(map(first)), "linkedMaps")).containsOnlyKeys("urn:r:south");
    var alone = north.get("/temporal/entityMaps?type=Bus&" + IN_JANUARY);
    assertThat(members(alone, "entityMap")).hasSize(5);
    var one = north.get("/temporal/entities/urn:ngsi-ld:Bus:2?entityMap=true");
    assertThat(north.get(map(one)).member("entityMap"))
        .isEqualTo(Json.parse("{\"urn:ngsi-ld:Bus:2\":[\"urn:r:south\"]}"));
  }

  /// What somebody may not see is not in his map either, nor can he feel for it.
  @Test
  void aMapHoldsNothingItsMakerMayNotSee() {
    var vocab = "https://uri.etsi.org/ngsi-ld/default-context/";
    var view = new Sight.View(Set.of(vocab + "Bus"), Set.of(vocab + "speed"), null, null, null);
    var sight = Sight.of(view, "ask the operator");
    Policy narrow =
        (actor, address) ->
            actor.isAnonymous()
                ? new Policy.Rights(sight, sight)
                : Policy.OPEN.rights(actor, address);
    try (var city = new Town("city", narrow, SourceLimits.DEFAULT)) {
      city.register("inclusive", south, "Bus");
      south.hold(bus(1, 1).replace("\"speed\"", "\"driver\":{\"value\":\"Ann\"},\"speed\""));
      south.hold(bus(2, 2));

      assertThat(Town.members(city.get("/entityMaps?type=Bus").member("entityMap"))).hasSize(2);
      assertThat(
              Town.members(
                  city.get("/entityMaps?type=Bus&q=driver==\"Ann\"&splitEntities=false")
                      .member("entityMap")))
          .isEmpty();
    }
  }
}
