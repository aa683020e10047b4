package plaza.ngsild.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Value;
import plaza.json.Json;

/// Evolutions, purges and discovery over several servers (clauses 5.6.11, 5.6.12, 5.6.16, 5.6.21,
/// 5.7.3 to 5.7.10).
final class DistributedEvolutionTest {
  private static final String BUS = "urn:ngsi-ld:Bus:1";
  private static final String IN_JANUARY =
      "timerel=between&timeAt=2026-01-01T00:00:00Z&endTimeAt=2026-02-01T00:00:00Z";

  private final Town north = new Town("north");
  private final Town south = new Town("south");

  @AfterEach
  void close() {
    north.close();
    south.close();
  }

  private static String evolution(String id, String... speeds) {
    var instances = new java.util.ArrayList<String>();
    for (var speed : speeds) {
      var parts = speed.split("@");
      instances.add(
          "{\"type\":\"Property\",\"value\":%s,\"observedAt\":\"2026-01-%sT00:00:00Z\"}"
              .formatted(parts[0], parts[1]));
    }
    return "{\"id\":\"%s\",\"type\":\"Bus\",\"speed\":[%s]}"
        .formatted(id, String.join(",", instances));
  }

  private void register(String mode) {
    north.register(
        south.url(),
        """
        "mode":"%s","information":[{"entities":[{"type":"Bus"}]}],
        "observationInterval":{"startAt":"2020-01-01T00:00:00Z"},
        "operations":["retrieveTemporal","queryTemporal","upsertTemporal","appendAttrsTemporal",
        "deleteTemporal","deleteAttrsTemporal","updateAttrInstanceTemporal",
        "deleteAttrInstanceTemporal"]\
        """
            .formatted(mode));
  }

  private static Value values(Value evolution) {
    return Town.members(Town.members(evolution).get("speed")).get("values");
  }

  @Test
  void evolutionsOfSourcesAndOursBecomeOne() {
    north.post("/temporal/entities?local=true", evolution(BUS, "1@01", "3@03"));
    south.post("/temporal/entities?local=true", evolution(BUS, "2@02", "4@04"));
    south.post("/temporal/entities?local=true", evolution("urn:ngsi-ld:Bus:2", "9@02"));
    register("inclusive");

    var one = north.get("/temporal/entities/" + BUS + "?options=temporalValues&" + IN_JANUARY);
    var many = north.get("/temporal/entities?type=Bus&options=temporalValues&" + IN_JANUARY);

    var all =
        Json.parse(
            "[[1,\"2026-01-01T00:00:00Z\"],[2,\"2026-01-02T00:00:00Z\"],"
                + "[3,\"2026-01-03T00:00:00Z\"],[4,\"2026-01-04T00:00:00Z\"]]");
    assertThat(values(one.json())).isEqualTo(all);
    assertThat(many.ids()).containsExactly(BUS, "urn:ngsi-ld:Bus:2");
    assertThat(values(many.items().getFirst())).isEqualTo(all);
  }

  /// Clause 4.5.7: that an attribute was deleted is a part of its history.
  @Test
  void deletionsAtASourceAreTold() {
    south.post(
        "/entities?local=true",
        """
        {"id":"%s","type":"Bus","speed":{"value":1,"observedAt":"2026-01-01T00:00:00Z"},
        "line":{"object":"urn:ngsi-ld:Line:1"},"name":{"languageMap":{"en":"one"}},
        "stops":{"objectList":["urn:ngsi-ld:Stop:1"]},"plan":{"json":{"a":1}},
        "load":{"value":5,"observedAt":"2026-01-02T00:00:00Z"}}\
        """
            .formatted(BUS));
    for (var name : List.of("speed", "line", "name", "stops", "plan"))
      south.delete("/entities/" + BUS + "/attrs/" + name + "?local=true");
    register("inclusive");

    var one = north.get("/temporal/entities/" + BUS);
    var many = north.get("/temporal/entities?type=Bus&timerel=after&timeAt=2020-01-01T00:00:00Z");

    assertThat(one.warnings()).isEmpty();
    assertThat(Town.members(one.json()).keySet())
        .contains("speed", "line", "name", "stops", "plan", "load");
    assertThat(Town.members(one.json()).get("speed").toString()).contains("urn:ngsi-ld:null");
    assertThat(many.warnings()).isEmpty();
    assertThat(many.ids()).containsExactly(BUS);
  }

  /// Clause 6.3.10: what is left is asked for with the end of the part as the beginning.
  @Test
  void anEvolutionThatASourceSendsInPartsIsWhole() {
    try (var other = inParts()) {
      registerParts(other);

      var one = north.get("/temporal/entities/" + BUS + "?options=temporalValues&" + IN_JANUARY);
      var many = north.get("/temporal/entities?type=Bus&options=temporalValues&" + IN_JANUARY);

      var all =
          Json.parse(
              "[[1,\"2026-01-01T00:00:00Z\"],[2,\"2026-01-02T00:00:00Z\"],"
                  + "[3,\"2026-01-03T00:00:00Z\"]]");
      assertThat(values(one.json())).isEqualTo(all);
      assertThat(one.warnings()).isEmpty();
      assertThat(values(many.items().getFirst())).isEqualTo(all);
      assertThat(many.warnings()).isEmpty();
      assertThat(other.last().query())
          .contains("id=" + BUS)
          .contains("timerel=between&timeAt=2026-01-02T00:00:00Z&endTimeAt=2026-02-01");
    }
  }

  /// Clause 6.3.10: with lastN parts come from the end.
  @Test
  void theLastInstancesOfPartsAreTheLastOfAll() {
    try (var other = new OtherBroker()) {
      registerParts(other);
      other.following(asked ->
          asked.query().contains("endTimeAt=2026-02-01")
              ? other
                  .answers(206, evolution(BUS, "3@03"))
                  .with(range("2026-02-01T00:00:00Z", "2026-01-03T00:00:00Z", "2"))
              : other.answers(200, evolution(BUS, "1@01", "2@02")).with(Map.of()));

      var last =
          north.get("/temporal/entities/" + BUS + "?options=temporalValues&lastN=2&" + IN_JANUARY);

      assertThat(values(last.json()))
          .isEqualTo(Json.parse("[[3,\"2026-01-03T00:00:00Z\"],[2,\"2026-01-02T00:00:00Z\"]]"));
      assertThat(other.last().query()).contains("endTimeAt=2026-01-03T00:00:00Z&lastN=2");
    }
  }

  @Test
  void aSourceThatGetsNoFurtherIsWarnedAbout() {
    try (var other = new OtherBroker()) {
      registerParts(other);
      other
          .answers(206, evolution(BUS, "1@01"))
          .with(range("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "*"));

      var one = north.get("/temporal/entities/" + BUS + "?options=temporalValues&" + IN_JANUARY);

      assertThat(other.asked).hasSize(1);
      assertThat(one.warnings()).hasSize(1).first().asString().startsWith("199");
    }
  }

  private static Map<String, String> range(String start, String end, String size) {
    return Map.of("Content-Range", "DateTime %s-%s/%s".formatted(start, end, size));
  }

  private static OtherBroker inParts() {
    var other = new OtherBroker();
    return other.following(asked -> {
      boolean first = asked.query().contains("timeAt=2026-01-01");
      var evolution = first ? evolution(BUS, "1@01", "2@02") : evolution(BUS, "2@02", "3@03");
      return other
          .answers(
              first ? 206 : 200, asked.path().endsWith(BUS) ? evolution : "[" + evolution + "]")
          .with(first ? range("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "*") : Map.of());
    });
  }

  private void registerParts(OtherBroker other) {
    north.register(
        other.url(),
        """
        "information":[{"entities":[{"type":"Bus"}]}],
        "observationInterval":{"startAt":"2020-01-01T00:00:00Z"},
        "operations":["retrieveTemporal","queryTemporal"]\
        """);
  }

  @Test
  void filtersAndAggregatesAreOfTheWhole() {
    north.post("/temporal/entities?local=true", evolution(BUS, "1@01", "3@03"));
    south.post("/temporal/entities?local=true", evolution(BUS, "2@02", "4@04"));
    register("inclusive");

    assertThat(north.get("/temporal/entities?type=Bus&q=speed==4&" + IN_JANUARY).ids())
        .containsExactly(BUS);
    assertThat(north.get("/temporal/entities?type=Bus&q=speed==5&" + IN_JANUARY).ids()).isEmpty();
    var total =
        north.get(
            "/temporal/entities/"
                + BUS
                + "?attrs=speed&format=aggregatedValues&aggrMethods=sum,totalCount&"
                + IN_JANUARY);
    assertThat(total.text()).contains("\"sum\":[[10,").contains("\"totalCount\":[[4,");
    assertThat(
            values(
                north
                    .get(
                        "/temporal/entities/"
                            + BUS
                            + "?options=temporalValues&lastN=2&"
                            + IN_JANUARY)
                    .json()))
        .isEqualTo(Json.parse("[[4,\"2026-01-04T00:00:00Z\"],[3,\"2026-01-03T00:00:00Z\"]]"));
  }

  @Test
  void whatIsRecordedForAProxiedSourceGoesThere() {
    register("redirect");

    assertThat(north.send("POST", "/temporal/entities", evolution(BUS, "1@01")).status())
        .isEqualTo(201);
    assertThat(
            north
                .send(
                    "POST",
                    "/temporal/entities/" + BUS + "/attrs",
                    "{\"speed\":[{\"type\":\"Property\",\"value\":2,\"observedAt\":\"2026-01-02T00:00:00Z\"}]}")
                .status())
        .isEqualTo(204);

    assertThat(north.get("/temporal/entities/" + BUS + "?local=true").status()).isEqualTo(404);
    assertThat(
            values(
                south
                    .get("/temporal/entities/" + BUS + "?local=true&options=temporalValues")
                    .json()))
        .isEqualTo(Json.parse("[[1,\"2026-01-01T00:00:00Z\"],[2,\"2026-01-02T00:00:00Z\"]]"));
    assertThat(north.delete("/temporal/entities/" + BUS).status()).isEqualTo(204);
    assertThat(south.get("/temporal/entities/" + BUS + "?local=true").status()).isEqualTo(404);
  }

  /// Clauses 4.5.7, 5.6.14, 5.6.15: whoever must be forgotten is, wherever it was recorded.
  @Test
  void instancesOfSourcesAreErasedAndCorrectedFromHere() {
    north.post("/temporal/entities?local=true", evolution(BUS, "1@01"));
    south.post("/temporal/entities?local=true", evolution(BUS, "2@02", "3@03", "4@04"));
    register("inclusive");
    var named = Town.members(north.get("/temporal/entities/" + BUS).json()).get("speed");
    var ids =
        ((Value.Items) named)
            .items().stream()
                .map(one -> ((Value.Text) Town.members(one).get("instanceId")).text())
                .toList();

    assertThat(ids).hasSize(4).doesNotHaveDuplicates();
    var speed = "/temporal/entities/" + BUS + "/attrs/speed/";
    assertThat(north.delete(speed + ids.get(1)).status()).isEqualTo(204);
    assertThat(
            north
                .send(
                    "PATCH",
                    speed + ids.get(2),
                    "{\"speed\":[{\"type\":\"Property\",\"value\":33,\"observedAt\":\"2026-01-03T00:00:00Z\"}]}")
                .status())
        .isEqualTo(204);
    assertThat(north.delete(speed + "urn:x:nothing").status()).isEqualTo(404);

    assertThat(
            values(
                south
                    .get("/temporal/entities/" + BUS + "?local=true&options=temporalValues")
                    .json()))
        .isEqualTo(Json.parse("[[33,\"2026-01-03T00:00:00Z\"],[4,\"2026-01-04T00:00:00Z\"]]"));
    assertThat(
            values(
                north
                    .get("/temporal/entities/" + BUS + "?local=true&options=temporalValues")
                    .json()))
        .isEqualTo(Json.parse("[[1,\"2026-01-01T00:00:00Z\"]]"));
  }

  @Test
  void typesAndAttributesOfSourcesAreKnownHere() {
    north.hold("{\"id\":\"urn:ngsi-ld:Tram:1\",\"type\":\"Tram\",\"line\":{\"value\":\"5\"}}");
    south.hold("{\"id\":\"%s\",\"type\":\"Bus\",\"speed\":{\"value\":1}}".formatted(BUS));
    south.hold("{\"id\":\"urn:ngsi-ld:Car:1\",\"type\":\"Car\"}");
    north.register("inclusive", south, "Bus");
    north.register("inclusive", south, "Tram");

    assertThat(north.get("/types").member("typeList")).isEqualTo(Json.parse("[\"Bus\",\"Tram\"]"));
    assertThat(north.get("/types?local=true").member("typeList"))
        .isEqualTo(Json.parse("[\"Tram\"]"));
    assertThat(north.get("/types?details=true").items()).hasSize(2);
    assertThat(north.get("/types/Bus").member("entityCount")).isEqualTo(Value.of(1));
    assertThat(north.get("/attributes").member("attributeList"))
        .isEqualTo(Json.parse("[\"line\",\"speed\"]"));
    assertThat(north.get("/attributes/speed").member("attributeCount")).isEqualTo(Value.of(1));
    assertThat(north.get("/attributes?details=true").items()).hasSize(2);
  }

  @Test
  void aPurgeReachesSources() {
    for (int i = 1; i <= 3; i++) {
      var bus =
          "{\"id\":\"urn:ngsi-ld:Bus:%d\",\"type\":\"Bus\",\"speed\":{\"value\":%d},\"line\":{\"value\":\"5\"}}"
              .formatted(i, i);
      south.hold(bus);
      north.hold(bus);
    }
    north.register("inclusive", south, "Bus");

    assertThat(north.delete("/entities?type=Bus&q=speed>2").status()).isEqualTo(204);
    assertThat(north.get("/entities?type=Bus&local=true").items()).hasSize(2);
    assertThat(south.get("/entities?type=Bus&local=true").items()).hasSize(2);
    assertThat(north.delete("/entities?type=Bus&drop=line").status()).isEqualTo(204);
    assertThat(south.get("/entities?type=Bus&local=true&attrs=line").items()).isEmpty();
  }

  @Test
  void aPurgeLeavesWhatItsSourceWasNotRegisteredFor() {
    south.hold(
        "{\"id\":\"%s\",\"type\":\"Bus\",\"speed\":{\"value\":1},\"line\":{\"value\":\"5\"}}"
            .formatted(BUS));
    north.register(
        south.url(),
        """
        "information":[{"entities":[{"type":"Bus"}],"propertyNames":["speed"]}],
        "operations":["purgeEntity"]\
        """);

    assertThat(north.delete("/entities?type=Bus").status()).isEqualTo(204);

    assertThat(south.get("/entities/" + BUS + "?options=keyValues").json())
        .isEqualTo(Json.parse("{\"id\":\"%s\",\"type\":\"Bus\",\"line\":\"5\"}".formatted(BUS)));
  }
}
