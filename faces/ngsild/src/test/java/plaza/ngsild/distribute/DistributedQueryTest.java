package plaza.ngsild.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.json.Json;

/// Consumption over several servers (clauses 5.7.1.4, 5.7.2.4, 4.5.5.3).
final class DistributedQueryTest {
  private final Town north = new Town("north");
  private final Town south = new Town("south");

  @AfterEach
  void close() {
    north.close();
    south.close();
  }

  private static String bus(int number, String rest) {
    return "{\"id\":\"urn:ngsi-ld:Bus:%d\",\"type\":\"Bus\"%s}".formatted(number, rest);
  }

  private static String speed(int value, String observedAt) {
    return ",\"speed\":{\"type\":\"Property\",\"value\":%d,\"observedAt\":\"%s\"}"
        .formatted(value, observedAt);
  }

  @Test
  void anEntityOfAnInclusiveSourceIsFoundHere() {
    south.hold(bus(1, ",\"speed\":{\"value\":30}"));
    north.register("inclusive", south, "Bus");

    var answer = north.get("/entities/urn:ngsi-ld:Bus:1");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .isEqualTo(Json.parse(bus(1, ",\"speed\":{\"type\":\"Property\",\"value\":30}")));
    assertThat(answer.warnings()).isEmpty();
  }

  @Test
  void localTrueAsksNobody() {
    south.hold(bus(1, ""));
    north.register("inclusive", south, "Bus");

    assertThat(north.get("/entities/urn:ngsi-ld:Bus:1?local=true").status()).isEqualTo(404);
    assertThat(north.get("/entities?type=Bus&local=true").items()).isEmpty();
  }

  @Test
  void partsOfOneEntityBecomeOneAndTheNewerObservationWins() {
    north.hold(bus(1, speed(10, "2026-01-01T10:00:00Z") + ",\"line\":{\"value\":\"5\"}"));
    south.hold(bus(1, speed(20, "2026-01-01T11:00:00Z") + ",\"load\":{\"value\":0.5}"));
    north.register("inclusive", south, "Bus");

    var one = north.get("/entities/urn:ngsi-ld:Bus:1?options=keyValues");
    var many = north.get("/entities?type=Bus&options=keyValues");

    var whole = Json.parse(bus(1, ",\"line\":\"5\",\"speed\":20,\"load\":0.5"));
    assertThat(Town.members(one.json())).isEqualTo(Town.members(whole));
    assertThat(many.items()).hasSize(1);
    assertThat(Town.members(many.items().getFirst())).isEqualTo(Town.members(whole));
  }

  @Test
  void anAuxiliarySourceOnlyAdds() {
    north.hold(bus(1, speed(10, "2026-01-01T10:00:00Z")));
    south.hold(bus(1, speed(20, "2026-01-01T11:00:00Z") + ",\"load\":{\"value\":0.5}"));
    north.register("auxiliary", south, "Bus");

    var whole = Json.parse(bus(1, ",\"speed\":10,\"load\":0.5"));
    assertThat(Town.members(north.get("/entities/urn:ngsi-ld:Bus:1?options=keyValues").json()))
        .isEqualTo(Town.members(whole));
    assertThat(Town.members(north.get("/entities?type=Bus&options=keyValues").items().getFirst()))
        .isEqualTo(Town.members(whole));
  }

  @Test
  void anExclusiveSourceAloneSpeaksForItsAttributes() {
    north.register(
        south.url(),
        """
        "mode":"exclusive","information":[{"entities":[{"id":"urn:ngsi-ld:Bus:1","type":"Bus"}],
        "propertyNames":["speed"]}],"operations":["redirectionOps"]\
        """);
    north.hold(bus(1, speed(99, "2026-05-01T10:00:00Z") + ",\"line\":{\"value\":\"5\"}"));
    south.hold(bus(1, speed(20, "2026-01-01T11:00:00Z") + ",\"load\":{\"value\":0.5}"));

    assertThat(Town.members(north.get("/entities/urn:ngsi-ld:Bus:1?options=keyValues").json()))
        .isEqualTo(Town.members(Json.parse(bus(1, ",\"line\":\"5\",\"speed\":20"))));
  }

  @Test
  void filtersAreDecidedOnTheWholeWhenEntitiesAreSplit() {
    north.hold(bus(1, ",\"line\":{\"value\":\"5\"}"));
    north.hold(bus(2, ",\"line\":{\"value\":\"7\"}"));
    north.hold(bus(3, ",\"line\":{\"value\":\"5\"}"));
    south.hold(bus(1, ",\"speed\":{\"value\":30}"));
    south.hold(bus(2, ",\"speed\":{\"value\":30}"));
    south.hold(bus(4, ",\"speed\":{\"value\":30}"));
    north.register("inclusive", south, "Bus");

    var answer =
        north.get("/entities?type=Bus&q=speed>20;line==\"5\"&splitEntities=true&count=true");

    assertThat(answer.ids()).containsExactly("urn:ngsi-ld:Bus:1");
    assertThat(answer.header("NGSILD-Results-Count")).isEqualTo("1");
    assertThat(north.get("/entities?type=Bus&attrs=line&splitEntities=true").ids())
        .containsExactlyInAnyOrder("urn:ngsi-ld:Bus:1", "urn:ngsi-ld:Bus:2", "urn:ngsi-ld:Bus:3");
  }

  @Test
  void filtersGoOnWhenEntitiesAreWhole() {
    for (int i = 1; i <= 20; i++) south.hold(bus(i, ",\"speed\":{\"value\":" + i + "}"));
    north.hold(bus(21, ",\"speed\":{\"value\":21}"));
    north.register("inclusive", south, "Bus");

    var answer = north.get("/entities?type=Bus&q=speed>18&splitEntities=false&count=true");

    assertThat(answer.ids())
        .containsExactly("urn:ngsi-ld:Bus:21", "urn:ngsi-ld:Bus:19", "urn:ngsi-ld:Bus:20");
    assertThat(answer.header("NGSILD-Results-Count")).isEqualTo("3");
  }

  @Test
  void aQueryDocumentAsksSourcesToo() {
    south.hold(bus(1, ",\"speed\":{\"value\":30}"));
    south.hold(bus(2, ",\"speed\":{\"value\":3}"));
    north.register("inclusive", south, "Bus");

    var answer =
        north.post(
            "/entityOperations/query",
            """
            {"type":"Query","entities":[{"type":"Bus"}],"q":"speed>20"}\
            """);

    assertThat(answer.ids()).containsExactly("urn:ngsi-ld:Bus:1");
  }

  @Test
  void pagesOverSourcesHaveEveryEntityOnce() {
    for (int i = 1; i <= 12; i++) north.hold(bus(i, ",\"line\":{\"value\":\"n\"}"));
    for (int i = 8; i <= 30; i++) south.hold(bus(i, ",\"speed\":{\"value\":" + i + "}"));
    north.register("inclusive", south, "Bus");

    var ids = new java.util.ArrayList<String>();
    for (int offset = 0; offset < 40; offset += 7) {
      var page = north.get("/entities?type=Bus&limit=7&offset=" + offset);
      ids.addAll(page.ids());
      for (var entity : page.items()) {
        var number =
            Integer.parseInt(
                ((plaza.graph.Value.Text) Town.members(entity).get("id")).text().substring(16));
        assertThat(Town.members(entity).containsKey("line")).isEqualTo(number <= 12);
        assertThat(Town.members(entity).containsKey("speed")).isEqualTo(number >= 8);
      }
    }

    assertThat(ids).hasSize(30).doesNotHaveDuplicates();
    assertThat(north.get("/entities?type=Bus&limit=0&count=true").header("NGSILD-Results-Count"))
        .isEqualTo("30");
  }

  @Test
  void aDeadSourceCostsAWarningAndNothingElse() {
    north.hold(bus(1, ""));
    var dead = new Town("dead");
    north.register("inclusive", dead, "Bus");
    north.register("inclusive", south, "Bus");
    south.hold(bus(2, ""));
    dead.close();

    var answer = north.get("/entities?type=Bus");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.ids()).containsExactly("urn:ngsi-ld:Bus:1", "urn:ngsi-ld:Bus:2");
    assertThat(answer.warnings()).hasSize(1).first().asString().startsWith("199 north ");
  }

  @Test
  void mutualRegistrationsDoNotGoInCircles() {
    north.register(
        south.url(),
        "\"information\":[{\"entities\":[{\"type\":\"Bus\"}]}],\"contextSourceAlias\":\"south\"");
    south.register(
        north.url(),
        "\"information\":[{\"entities\":[{\"type\":\"Bus\"}]}],\"contextSourceAlias\":\"north\"");
    north.hold(bus(1, ""));
    south.hold(bus(2, ""));

    for (var town : new Town[] {north, south}) {
      var answer = town.get("/entities?type=Bus");
      assertThat(answer.ids()).containsExactlyInAnyOrder("urn:ngsi-ld:Bus:1", "urn:ngsi-ld:Bus:2");
      assertThat(answer.warnings()).isEmpty();
    }
  }

  @Test
  void aLoopWithoutAliasesIsFoundAndTold() {
    north.register("inclusive", south, "Bus");
    south.register("inclusive", north, "Bus");
    north.hold(bus(1, ""));
    south.hold(bus(2, ""));

    var answer = north.get("/entities?type=Bus");

    assertThat(answer.ids()).containsExactlyInAnyOrder("urn:ngsi-ld:Bus:1", "urn:ngsi-ld:Bus:2");
    assertThat(answer.warnings()).singleElement().asString().contains("loop");
  }

  /// Clauses 4.9 and 5.7.2.4: what an entity held here is linked with may be at a source.
  @Test
  void filtersFollowLinksOfOurEntitiesToSources() {
    north.hold(
        "{\"id\":\"urn:ngsi-ld:Bus:1\",\"type\":\"Bus\",\"speed\":{\"value\":1},"
            + "\"line\":{\"object\":\"urn:ngsi-ld:Line:1\"}}");
    south.hold("{\"id\":\"urn:ngsi-ld:Line:1\",\"type\":\"Line\",\"color\":{\"value\":\"red\"}}");
    north.register("inclusive", south, "Line");
    var red = "/entities?type=Bus&join=inline&q=line{color}==\"red\"";

    assertThat(north.get(red).ids()).containsExactly("urn:ngsi-ld:Bus:1");
    assertThat(north.get(red + ";speed==1").ids()).containsExactly("urn:ngsi-ld:Bus:1");
    assertThat(north.get(red + ";speed==2").ids()).isEmpty();
    assertThat(north.get(red.replace("red", "blue")).ids()).isEmpty();

    north.register("inclusive", south, "Bus");
    assertThat(north.get(red).ids()).containsExactly("urn:ngsi-ld:Bus:1");
  }
}
