package plaza.ngsild.http;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.ngsild.http.Broker.json;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Value;

class TemporalRoutesTest {
  private static final String PATH = "/temporal/entities/urn:ngsi-ld:Station:1";
  private final Broker broker = new Broker();

  @BeforeEach
  void fill() {
    var created =
        broker.post(
            "/temporal/entities",
            """
            {"id": "urn:ngsi-ld:Station:1", "type": "Station",
             "bikes": [%s],
             "owner": [{"type": "Relationship", "object": "urn:p:1", "observedAt": "2026-06-01T00:00:00Z"}],
             "mood": [{"type": "Property", "value": "good", "observedAt": "2026-06-01T00:00:00Z"},
                      {"type": "Property", "value": "bad", "observedAt": "2026-06-01T00:30:00Z"}]}
            """
                .formatted(
                    IntStream.range(0, 6)
                        .mapToObj(i ->
                            "{\"type\": \"Property\", \"value\": %d, \"observedAt\": \"2026-06-01T%02d:%02d:00Z\"}"
                                .formatted(i, i / 2, i % 2 * 30))
                        .collect(Collectors.joining(","))));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo("/ngsi-ld/v1" + PATH);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void clause5611TheNewestReadingIsTheState() {
    assertThat(broker.get("/entities/urn:ngsi-ld:Station:1?options=keyValues").member("bikes"))
        .isEqualTo(Value.of(5));
    var again =
        broker.post(
            "/temporal/entities",
            """
            {"id": "urn:ngsi-ld:Station:1", "type": "Station",
             "bikes": [{"value": 99, "observedAt": "2020-01-01T00:00:00Z"}]}
            """);
    assertThat(again.status()).isEqualTo(204);
    assertThat(broker.get("/entities/urn:ngsi-ld:Station:1?options=keyValues").member("bikes"))
        .isEqualTo(Value.of(5));
    assertThat(bikes(PATH)).hasSize(7);
  }

  @Test
  void clause5612InstancesAreAdded() {
    var added =
        broker.send(
            "POST",
            PATH + "/attrs",
            "{\"bikes\": [{\"value\": 7, \"observedAt\": \"2026-06-02T00:00:00Z\"}]}");

    assertThat(added.status()).isEqualTo(204);
    assertThat(bikes(PATH)).hasSize(7);
    assertThat(
            broker
                .send("POST", "/temporal/entities/urn:x:9/attrs", "{\"bikes\": [{\"value\": 7}]}")
                .status())
        .isEqualTo(404);
  }

  @Test
  void clause457InstancesHaveIdentifiers() {
    assertThat(bikes(PATH).getFirst().toString()).contains("instanceId", "observedAt");
  }

  @ParameterizedTest
  @CsvSource({
    "timerel=before&timeAt=2026-06-01T01:00:00Z, 2",
    "timerel=after&timeAt=2026-06-01T01:00:00Z, 4",
    "timerel=between&timeAt=2026-06-01T00:30:00Z&endTimeAt=2026-06-01T01:30:00Z, 2",
    "timerel=after&timeAt=2026-06-01T00:00:00Z&lastN=3, 3",
    "lastN=4, 4",
    "timerel=after&timeAt=2026-06-01T00:00:00Z&timeproperty=createdAt, 6",
    "timerel=before&timeAt=2026-06-01T00:00:00Z&timeproperty=modifiedAt, 0"
  })
  void clause411TheStretchOfTimeSelects(String query, int found) {
    assertThat(bikes(PATH + "?attrs=bikes&" + query)).hasSize(found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timerel=during&timeAt=2026-06-01T01:00:00Z",
        "timerel=after",
        "timeAt=2026-06-01T01:00:00Z",
        "timerel=after&timeAt=yesterday",
        "timerel=between&timeAt=2026-06-01T01:00:00Z",
        "timerel=between&timeAt=2026-06-01T01:00:00Z&endTimeAt=2026-05-01T01:00:00Z",
        "lastN=0",
        "lastN=x",
        "timeproperty=birthday",
        "options=aggregatedValues",
        "options=aggregatedValues&aggrMethods=median",
        "options=aggregatedValues&aggrMethods=avg&aggrPeriodDuration=hour"
      })
  void clause411WhatIsNoTemporalQueryIsRefused(String query) {
    assertThat(broker.get(PATH + "?" + query).status()).isEqualTo(400);
  }

  @Test
  void clause459ValuesStandWithTheirTimes() {
    assertThat(
            broker
                .get(
                    PATH
                        + "?attrs=bikes,owner&options=temporalValues&timerel=before&timeAt=2026-06-01T01:00:00Z")
                .json())
        .isEqualTo(
            json(
                """
                {"id": "urn:ngsi-ld:Station:1", "type": "Station",
                 "bikes": {"type": "Property", "values": [
                   [0, "2026-06-01T00:00:00Z"], [1, "2026-06-01T00:30:00Z"]]},
                 "owner": {"type": "Relationship", "objects": [
                   ["urn:p:1", "2026-06-01T00:00:00Z"]]}}
                """));
  }

  @Test
  void clause4519EveryMethodAggregatesByPeriod() {
    var answer =
        broker.get(
            PATH
                + "?attrs=bikes&format=aggregatedValues&aggrPeriodDuration=PT1H"
                + "&aggrMethods=avg,sum,min,max,totalCount,distinctCount,stddev,sumsq"
                + "&timerel=between&timeAt=2026-06-01T00:00:00Z&endTimeAt=2026-06-01T02:00:00Z");

    assertThat(answer.member("bikes"))
        .isEqualTo(
            json(
                """
                {"type": "Property",
                 "avg": [[0.5, "2026-06-01T00:00:00Z", "2026-06-01T01:00:00Z"],
                         [2.5, "2026-06-01T01:00:00Z", "2026-06-01T02:00:00Z"]],
                 "sum": [[1, "2026-06-01T00:00:00Z", "2026-06-01T01:00:00Z"],
                         [5, "2026-06-01T01:00:00Z", "2026-06-01T02:00:00Z"]],
                 "min": [[0, "2026-06-01T00:00:00Z", "2026-06-01T01:00:00Z"],
                         [2, "2026-06-01T01:00:00Z", "2026-06-01T02:00:00Z"]],
                 "max": [[1, "2026-06-01T00:00:00Z", "2026-06-01T01:00:00Z"],
                         [3, "2026-06-01T01:00:00Z", "2026-06-01T02:00:00Z"]],
                 "totalCount": [[2, "2026-06-01T00:00:00Z", "2026-06-01T01:00:00Z"],
                                [2, "2026-06-01T01:00:00Z", "2026-06-01T02:00:00Z"]],
                 "distinctCount": [[2, "2026-06-01T00:00:00Z", "2026-06-01T01:00:00Z"],
                                   [2, "2026-06-01T01:00:00Z", "2026-06-01T02:00:00Z"]],
                 "stddev": [[0.5, "2026-06-01T00:00:00Z", "2026-06-01T01:00:00Z"],
                            [0.5, "2026-06-01T01:00:00Z", "2026-06-01T02:00:00Z"]],
                 "sumsq": [[1, "2026-06-01T00:00:00Z", "2026-06-01T01:00:00Z"],
                           [13, "2026-06-01T01:00:00Z", "2026-06-01T02:00:00Z"]]}
                """));
  }

  @Test
  void clause4519TextsHaveALeastAndAGreatestAndNoAverage() {
    var answer =
        broker.get(
            PATH
                + "?attrs=mood,owner&options=aggregatedValues&aggrMethods=min,max,avg,totalCount"
                + "&timerel=between&timeAt=2026-06-01T00:00:00Z&endTimeAt=2026-06-02T00:00:00Z");

    assertThat(answer.json())
        .isEqualTo(
            json(
                """
                {"id": "urn:ngsi-ld:Station:1", "type": "Station",
                 "mood": {"type": "Property",
                   "min": [["bad", "2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z"]],
                   "max": [["good", "2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z"]],
                   "totalCount": [[2, "2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z"]]},
                 "owner": {"type": "Relationship",
                   "totalCount": [[1, "2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z"]]}}
                """));
  }

  @Test
  void clause574QueriesSelectByWhatHeldInTheStretch() {
    var base =
        "/temporal/entities?timerel=between&timeAt=2026-06-01T00:00:00Z&endTimeAt=2026-06-01T01:00:00Z";

    assertThat(broker.get(base + "&type=Station").items()).hasSize(1);
    assertThat(broker.get(base + "&type=Station&q=bikes==1").items()).hasSize(1);
    assertThat(broker.get(base + "&type=Station&q=bikes==4").items()).isEmpty();
    assertThat(broker.get(base + "&type=Depot").items()).isEmpty();
    assertThat(
            broker
                .get("/temporal/entities?type=Station&timerel=after&timeAt=2030-01-01T00:00:00Z")
                .items())
        .isEmpty();
    assertThat(broker.get("/temporal/entities?type=Station").status()).isEqualTo(400);
    assertThat(broker.get(base).status()).isEqualTo(400);
    assertThat(
            broker
                .post(
                    "/temporal/entityOperations/query?options=temporalValues",
                    """
                    {"type": "Query", "entities": [{"type": "Station"}], "attrs": ["bikes"],
                     "temporalQ": {"timerel": "after", "timeAt": "2026-06-01T00:00:00Z", "lastN": 2}}
                    """)
                .items()
                .toString())
        .contains("2026-06-01T02:30:00Z")
        .doesNotContain("2026-06-01T01:00:00Z");
  }

  @Test
  void clause4519ManyEntitiesAggregateAtOnceAsTheyWouldOneByOne() {
    for (int station = 100; station < 130; station++)
      broker.post(
          "/temporal/entities",
          """
          {"id": "urn:ngsi-ld:Station:%d", "type": "Dock", "bikes": [
            {"value": %d, "observedAt": "2026-06-01T00:10:00Z"},
            {"value": %d, "observedAt": "2026-06-01T00:50:00Z"},
            {"value": 1, "observedAt": "2026-06-01T02:50:00Z"}]}
          """
              .formatted(station, station, station + 1));
    var query =
        "&attrs=bikes&format=aggregatedValues&aggrMethods=avg,max&aggrPeriodDuration=PT1H"
            + "&timerel=between&timeAt=2026-06-01T00:00:00Z&endTimeAt=2026-06-02T00:00:00Z";

    var all = broker.get("/temporal/entities?type=Dock&limit=100" + query).items();

    assertThat(all).hasSize(30);
    for (int station = 100; station < 130; station++)
      assertThat(all.get(station - 100))
          .isEqualTo(
              broker
                  .get(
                      "/temporal/entities/urn:ngsi-ld:Station:"
                          + station
                          + "?"
                          + query.substring(1))
                  .json());
  }

  @Test
  void clause6310ATooLongEvolutionComesInParts() {
    var readings =
        IntStream.range(0, 5_001)
            .mapToObj(i ->
                "{\"value\": %d, \"observedAt\": \"2025-01-%02dT%02d:%02d:00Z\"}"
                    .formatted(i, 1 + i / 1440, i / 60 % 24, i % 60))
            .collect(Collectors.joining(","));
    for (int year = 2024; year < 2027; year++)
      broker.post(
          "/temporal/entities",
          "{\"id\": \"urn:a:1\", \"type\": \"A\", \"x\": ["
              + readings.replace("2025-", year + "-")
              + "]}");

    var first =
        broker.get("/temporal/entities/urn:a:1?timerel=after&timeAt=2024-01-01T00:00:00Z&attrs=x");

    assertThat(first.status()).isEqualTo(206);
    assertThat(first.header("Content-Range"))
        .startsWith("DateTime 2024-01-01T00:00:00Z-2025-")
        .endsWith("/*");
    assertThat(broker.get("/temporal/entities/urn:a:1?lastN=5&attrs=x").status()).isEqualTo(200);
  }

  @Test
  void clause456AScopeHasAnEvolution() {
    var id = "urn:a:2";
    broker.post(
        "/entities",
        "{\"id\": \"urn:a:2\", \"type\": \"A\", \"scope\": \"/Taipei/Daan\", \"x\": 1}");
    broker.send("PATCH", "/entities/" + id, "{\"scope\": [\"/Taipei/Xinyi\", \"/Night\"]}");
    var path = "/temporal/entities/" + id;

    var scope = ((Value.Items) broker.get(path + "?options=sysAttrs").member("scope")).items();
    assertThat(scope).hasSize(2);
    var last = ((Value.Struct) scope.getLast()).members();
    assertThat(last.get("value")).isEqualTo(json("[\"/Taipei/Xinyi\", \"/Night\"]"));
    assertThat(last.get("observedAt")).isEqualTo(last.get("modifiedAt"));
    assertThat(broker.get(path + "?options=temporalValues").member("scope").toString())
        .contains("values", "/Taipei/Daan", "/Night");
    var all =
        "/temporal/entities?type=A&timerel=after&timeAt=2020-01-01T00:00:00Z&timeproperty=createdAt";
    assertThat(broker.get(all + "&scopeQ=/Taipei/Daan").items()).hasSize(1);
    assertThat(broker.get(all + "&scopeQ=/Elsewhere").items()).isEmpty();

    var instance = ((Value.Text) last.get("instanceId")).text();
    assertThat(broker.delete(path + "/attrs/scope/" + instance).status()).isEqualTo(204);
    assertThat(broker.get("/entities/" + id).member("scope")).isEqualTo(Value.of("/Taipei/Daan"));
    broker.post(
        "/temporal/entities",
        """
        {"id": "urn:a:2", "type": "A", "scope": [
          {"type": "Property", "value": "/B", "observedAt": "2030-01-01T00:00:00Z"},
          {"type": "Property", "value": "/A", "observedAt": "2029-01-01T00:00:00Z"}]}
        """);
    assertThat(broker.get("/entities/" + id).member("scope")).isEqualTo(Value.of("/B"));
    assertThat(((Value.Items) broker.get(path).member("scope")).items()).hasSize(3);
    assertThat(broker.delete(path + "/attrs/scope?deleteAll=true").status()).isEqualTo(204);
    assertThat(broker.get("/entities/" + id).member("scope")).isEqualTo(Value.Null.VALUE);
  }

  @Test
  void clause574EvolutionsAreOrderedByTheirIds() {
    for (var id : new String[] {"urn:b:2", "urn:b:3", "urn:b:1"})
      broker.post(
          "/temporal/entities",
          "{\"id\": \"%s\", \"type\": \"B\", \"x\": [{\"value\": 1, \"observedAt\": \"2026-06-01T00:00:00Z\"}]}"
              .formatted(id));
    var all =
        "/temporal/entities?type=B&timerel=after&timeAt=2020-01-01T00:00:00Z&limit=2&count=true";

    var page = broker.get(all + "&local=true&orderBy=id;desc");
    assertThat(page.text()).contains("urn:b:3", "urn:b:2").doesNotContain("urn:b:1");
    assertThat(page.text().indexOf("urn:b:3")).isLessThan(page.text().indexOf("urn:b:2"));
    assertThat(page.header("NGSILD-Results-Count")).isEqualTo("3");
    var asked =
        broker.post(
            "/temporal/entityOperations/query?local=true",
            """
            {"type": "Query", "entities": [{"type": "B"}], "ordering": {"orderBy": ["id;desc"]},
             "temporalQ": {"timerel": "after", "timeAt": "2020-01-01T00:00:00Z"}}
            """);
    assertThat(asked.text().indexOf("urn:b:3")).isLessThan(asked.text().indexOf("urn:b:1"));
    assertThat(broker.get(all + "&orderBy=id").status()).isEqualTo(400);
    assertThat(broker.get(all + "&local=true&orderBy=x").status()).isEqualTo(400);
  }

  @Test
  void clause6310AllHistoriesOfAnAnswerEndWhereTheFirstIsCut() {
    for (int part = 0; part < 3; part++) {
      int from = part * 5_000;
      broker.post(
          "/temporal/entities",
          "{\"id\": \"urn:c:1\", \"type\": \"C\", \"x\": ["
              + IntStream.range(from, from + 5_000)
                  .mapToObj(i ->
                      "{\"value\": %d, \"observedAt\": \"%s\"}"
                          .formatted(i, java.time.Instant.ofEpochSecond(i / 2)))
                  .collect(Collectors.joining(","))
              + "], \"y\": [{\"value\": 1, \"observedAt\": \"1970-01-01T00:00:0%d.5Z\"}, {\"value\": 2, \"observedAt\": \"1970-01-01T02:00:00Z\"}]}"
                  .formatted(part));
    }
    var path = "/temporal/entities/urn:c:1?timerel=after&timeAt=1970-01-01T00:00:00Z";
    var first = broker.get(path);

    assertThat(first.status()).isEqualTo(206);
    assertThat(first.header("Content-Range"))
        .isEqualTo("DateTime 1970-01-01T00:00:00Z-1970-01-01T01:23:19Z/*");
    assertThat(((Value.Items) first.member("x")).items()).hasSize(10_000);
    assertThat(((Value.Items) first.member("y")).items()).hasSize(3);
    var rest = broker.get("/temporal/entities/urn:c:1?timerel=after&timeAt=1970-01-01T01:23:19Z");
    assertThat(rest.status()).isEqualTo(200);
    assertThat(((Value.Items) rest.member("x")).items()).hasSize(5_002);
    assertThat(((Value.Items) rest.member("y")).items()).hasSize(3);
    var last = broker.get(path + "&lastN=12000");
    assertThat(last.header("Content-Range"))
        .isEqualTo("DateTime 1970-01-01T02:04:59Z-1970-01-01T00:41:40Z/12000");
  }

  @Test
  void clause4519DatesHaveARangeAndTimesOfDayAnAverage() {
    broker.post(
        "/temporal/entities",
        """
        {"id": "urn:d:1", "type": "D",
         "day": [{"value": {"@type": "Date", "@value": "2026-06-02"}, "observedAt": "2026-06-01T00:00:00Z"},
                 {"value": {"@type": "Date", "@value": "2026-05-02"}, "observedAt": "2026-06-01T01:00:00Z"}],
         "hour": [{"value": {"@type": "Time", "@value": "10:00:00Z"}, "observedAt": "2026-06-01T00:00:00Z"},
                  {"value": {"@type": "Time", "@value": "11:00:01Z"}, "observedAt": "2026-06-01T01:00:00Z"}]}
        """);
    var path = "/temporal/entities/urn:d:1?timerel=after&timeAt=2026-06-01T00:00:00Z";

    var answer = broker.get(path + "&format=aggregatedValues&aggrMethods=min,avg");
    assertThat(answer.member("day").toString()).contains("2026-05-02").doesNotContain("avg");
    assertThat(answer.member("hour").toString()).contains("10:00:00Z", "10:30:00.5Z");
    var refused = broker.get(path + "&attrs=day&format=aggregatedValues&aggrMethods=sum");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error()).isEqualTo("InvalidRequest");
  }

  @Test
  void clause422WhatHasEndedIsNotFoundAndItsEvolutionStays() {
    broker.post(
        "/entities",
        "{\"id\": \"urn:e:1\", \"type\": \"E\", \"expiresAt\": \"2020-01-01T00:00:00Z\", \"x\": 1}");

    assertThat(broker.get("/entities/urn:e:1").status()).isEqualTo(404);
    assertThat(broker.get("/entities?type=E").items()).isEmpty();
    assertThat(broker.get("/temporal/entities/urn:e:1").status()).isEqualTo(200);
  }

  @Test
  void aDeletedAttributeShowsInItsEvolution() {
    broker.delete("/entities/urn:ngsi-ld:Station:1/attrs/owner");

    var owner = broker.get(PATH + "?attrs=owner").member("owner").toString();
    assertThat(owner).contains("urn:ngsi-ld:null", "deletedAt");
  }

  private java.util.List<Value> bikes(String path) {
    return broker.get(path).member("bikes") instanceof Value.Items(var items)
        ? items
        : java.util.List.of();
  }
}
