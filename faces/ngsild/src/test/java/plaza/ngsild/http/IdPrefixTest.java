package plaza.ngsild.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Value;

/// Clauses 4.4, 5.5.7: identifiers mean what JSON-LD says of them, wherever they stand: a prefix of
/// the @context is resolved.
class IdPrefixTest {
  private static final String CONTEXT = "http://example.org/context.jsonld";
  private static final String[] LINK = {
    "Link", "<" + CONTEXT + ">; rel=\"http://www.w3.org/ns/json-ld#context\""
  };
  private static final String BUS = "https://bus.example/1";

  private final Broker broker = new Broker();

  @BeforeEach
  void fill() {
    broker.web.put(
        CONTEXT,
        "{\"@context\":{\"bus\":\"https://bus.example/\",\"set\":\"https://set.example/\"}}");
    broker.post(
        "/entities",
        """
        {"id":"bus:1","type":"Bus","speed":[{"value":1},
         {"value":2,"datasetId":"set:a","observedAt":"2026-01-01T00:00:00Z"}],
         "next":{"object":"bus:2"}}\
        """,
        LINK);
    broker.post("/entities", "{\"id\":\"bus:2\",\"type\":\"Bus\"}", LINK);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void entitiesAndInstancesAreMeantByTheirPrefix() {
    assertThat(broker.get("/entities/bus:1", LINK).member("id")).isEqualTo(Value.of(BUS));
    assertThat(broker.get("/entities?type=Bus&id=bus:1,bus:2", LINK).items()).hasSize(2);
    for (var path :
        new String[] {
          "/entities/bus:1?options=keyValues&datasetId=set:a",
          "/entities/bus:1?options=keyValues&datasetId=https://set.example/a"
        })
      assertThat(broker.get(path, LINK).text()).as(path).contains("2").doesNotContain("\"@none\"");
    assertThat(broker.get("/entities?type=Bus&id=bus:1&datasetId=set:a", LINK).text())
        .contains("\"value\":2")
        .doesNotContain("\"value\":1");
    assertThat(
            broker
                .post(
                    "/entityOperations/query",
                    """
                    {"type":"Query","entities":[{"type":"Bus","id":"bus:1"}],"datasetId":["set:a"]}\
                    """,
                    LINK)
                .text())
        .contains("\"value\":2")
        .doesNotContain("\"value\":1");
  }

  @Test
  void theyAreSoInEvolutionsToo() {
    var range = "&timerel=after&timeAt=2020-01-01T00:00:00Z&timeproperty=createdAt";
    assertThat(
            broker.get("/temporal/entities?type=Bus&id=bus:1&datasetId=set:a" + range, LINK).text())
        .contains("\"value\":2")
        .doesNotContain("\"value\":1");
    assertThat(broker.delete("/temporal/entities/bus:1/attrs/speed?datasetId=set:a", LINK).status())
        .isEqualTo(204);
    assertThat(broker.get("/entities/bus:1", LINK).text()).doesNotContain("set.example");
  }

  @Test
  void oneInstanceIsDeletedByItsPrefix() {
    assertThat(broker.delete("/entities/bus:1/attrs/speed?datasetId=set:a", LINK).status())
        .isEqualTo(204);
    assertThat(broker.get("/entities/bus:1", LINK).text())
        .doesNotContain("set.example")
        .contains("\"value\":1");
  }

  @Test
  void whatWasMetBeforeIsMeantByItsPrefix() {
    assertThat(broker.get("/entities/bus:1?join=flat&containedBy=bus:2", LINK).items()).hasSize(1);
    assertThat(broker.get("/entities/bus:1?join=flat", LINK).items()).hasSize(2);
  }

  @Test
  void registrationsAreAboutTheEntitiesAndInstancesTheyMean() {
    var made =
        broker.post(
            "/csourceRegistrations",
            """
            {"type":"ContextSourceRegistration","endpoint":"http://127.0.0.1:9/",
             "information":[{"entities":[{"type":"Tram","id":"bus:9"}]}],"datasetId":["set:a"]}\
            """,
            LINK);
    var path = made.header("Location").substring("/ngsi-ld/v1".length());

    assertThat(broker.get(path).text())
        .contains("\"id\":\"https://bus.example/9\"")
        .contains("\"https://set.example/a\"");
    assertThat(broker.get("/csourceRegistrations?type=Tram&id=bus:9", LINK).items()).hasSize(1);
    assertThat(broker.get("/csourceRegistrations?type=Tram&id=https://bus.example/9").items())
        .hasSize(1);

    assertThat(
            broker
                .send(
                    "PATCH",
                    path,
                    "{\"information\":[{\"entities\":[{\"type\":\"Tram\",\"id\":\"bus:8\"}]}]}",
                    LINK)
                .status())
        .isEqualTo(204);
    assertThat(broker.get("/csourceRegistrations?type=Tram&id=https://bus.example/8").items())
        .hasSize(1);
  }
}
