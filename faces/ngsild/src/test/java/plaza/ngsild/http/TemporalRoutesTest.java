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
        "aggrMethods=median",
        "aggrMethods=avg&aggrPeriodDuration=hour"
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
                + "?attrs=mood,owner&aggrMethods=min,max,avg,totalCount"
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
        "&attrs=bikes&aggrMethods=avg,max&aggrPeriodDuration=PT1H"
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
