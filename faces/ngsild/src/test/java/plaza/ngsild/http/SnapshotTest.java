package plaza.ngsild.http;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.testkit.Eventually.eventually;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Value;
import plaza.ledger.Policy;
import plaza.testkit.MemoryStore;

/// Clauses 4.3.7, 5.5.15, 5.16, 6.3.22, 6.36 to 6.38: frozen results.
class SnapshotTest {
  private final Broker broker = new Broker();

  @BeforeEach
  void fill() {
    fill(broker);
  }

  private static void fill(Broker broker) {
    for (int i = 0; i < 5; i++)
      broker.post(
          "/entities",
          """
          {"id": "urn:x:%d", "type": "%s",
           "n": {"type": "Property", "value": %d, "observedAt": "2026-06-01T12:00:00Z"}}
          """
              .formatted(i, i < 3 ? "A" : "B", i));
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private static String snapshotOf(String type, String more) {
    return """
    {"type": "Snapshot"%s,
     "snapshotQueries": [{"type": "Query", "entities": [{"type": "%s"}]}]}
    """
        .formatted(more, type);
  }

  private String ready(Broker.Answer created) throws InterruptedException {
    return ready(broker, created);
  }

  private static String ready(Broker broker, Broker.Answer created) throws InterruptedException {
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    var location = created.header("Location").substring("/ngsi-ld/v1".length());
    for (int i = 0; i < 3_000; i++) {
      var shown = broker.get(location);
      if (!shown.member("snapshotStatus").equals(Value.of("preparing")))
        return location.substring("/snapshots/".length());
      Thread.sleep(20);
    }
    throw new AssertionError("the snapshot was never ready");
  }

  @Test
  void clause5161AQueryIsFrozen() throws Exception {
    var id = ready(broker.post("/snapshots", snapshotOf("A", "")));
    broker.send("PATCH", "/entities/urn:x:1/attrs/n", "{\"value\": 100}");
    broker.delete("/entities/urn:x:2");

    var frozen = broker.get("/entities?q=n>=0", "NGSILD-Snapshot", id);
    assertThat(frozen.items()).hasSize(3);
    assertThat(frozen.header("NGSILD-Snapshot")).isEqualTo(id);
    assertThat(broker.get("/entities", "NGSILD-Snapshot", id).items())
        .as("local, so that nothing needs to narrow it")
        .hasSize(3);
    assertThat(
            ((Value.Struct) broker.get("/entities/urn:x:1", "NGSILD-Snapshot", id).member("n"))
                .members()
                .get("value"))
        .isEqualTo(Value.of(1));
    assertThat(broker.get("/entities/urn:x:4", "NGSILD-Snapshot", id).status()).isEqualTo(404);
    assertThat(broker.get("/types", "NGSILD-Snapshot", id).member("typeList"))
        .isEqualTo(Broker.json("[\"A\"]"));
    assertThat(broker.get("/temporal/entities/urn:x:4", "NGSILD-Snapshot", id).status())
        .isEqualTo(404);
    var status = broker.get("/snapshots/" + id);
    assertThat(status.member("snapshotStatus")).isEqualTo(Value.of("success"));
    assertThat(status.member("snapshotPriority")).isEqualTo(Value.of(5));
    assertThat(status.member("snapshotQueriesDetails"))
        .isEqualTo(Broker.json("[{\"resultStatus\": \"success\"}]"));
    for (var member : new String[] {"createdAt", "modifiedAt", "expiresAt", "lastUsedAt"})
      assertThat(status.member(member)).isInstanceOf(Value.Text.class);
  }

  @Test
  void whatHappensInASnapshotStaysThere() throws Exception {
    var id = ready(broker.post("/snapshots", snapshotOf("A", "")));
    broker.post("/entities", "{\"id\": \"urn:x:9\", \"type\": \"A\"}", "NGSILD-Snapshot", id);
    broker.delete("/entities/urn:x:0", "NGSILD-Snapshot", id);

    assertThat(broker.get("/entities?type=A", "NGSILD-Snapshot", id).items()).hasSize(3);
    assertThat(broker.get("/entities/urn:x:9").status()).isEqualTo(404);
    assertThat(broker.get("/entities/urn:x:0").status()).isEqualTo(200);
    assertThat(broker.get("/entities?type=A", "NGSILD-Snapshot", "urn:x:none").status())
        .isEqualTo(404);
    assertThat(
            broker
                .get("/entities?type=A", "NGSILD-Snapshot", id, "NGSILD-Tenant", "elsewhere")
                .status())
        .isEqualTo(404);
    assertThat(
            broker.get("/entities?type=A", "NGSILD-Snapshot", id, "Plaza-Branch", "flood").status())
        .isEqualTo(400);
  }

  @Test
  void aTemporalQueryBringsItsStretchOfHistory() throws Exception {
    for (int minute = 1; minute < 6; minute++)
      broker.send(
          "PATCH",
          "/entities/urn:x:3/attrs/n",
          "{\"value\": %d, \"observedAt\": \"2026-06-01T12:0%d:00Z\"}".formatted(minute, minute));
    var id =
        ready(
            broker.post(
                "/snapshots",
                """
                {"type": "Snapshot", "snapshotTemporalQueries": [{"type": "Query",
                  "entities": [{"type": "B"}], "q": "n>2",
                  "temporalQ": {"timerel": "between", "timeAt": "2026-06-01T12:02:00Z",
                    "endTimeAt": "2026-06-01T12:05:00Z"}}]}
                """));

    var evolution =
        broker.get("/temporal/entities/urn:x:3?options=temporalValues", "NGSILD-Snapshot", id);
    assertThat(evolution.text())
        .contains("12:02:00Z", "12:03:00Z", "12:04:00Z")
        .doesNotContain("12:01:00Z", "12:05:00Z");
    assertThat(broker.get("/entities/urn:x:4", "NGSILD-Snapshot", id).status()).isEqualTo(404);
    var clone = ready(broker.post("/snapshots/" + id + "/clone", "{\"type\": \"Snapshot\"}"));
    assertThat(
            broker
                .get("/temporal/entities/urn:x:3?options=temporalValues", "NGSILD-Snapshot", clone)
                .text())
        .isEqualTo(evolution.text());
  }

  @Test
  void clause5162ACloneIsItsOwn() throws Exception {
    var id = ready(broker.post("/snapshots", snapshotOf("A", ", \"id\": \"urn:x:snap\"")));
    assertThat(id).isEqualTo("urn:x:snap");
    var clone =
        ready(
            broker.post(
                "/snapshots/" + id + "/clone",
                "{\"type\": \"Snapshot\", \"snapshotPriority\": 7}"));
    broker.delete("/entities/urn:x:1", "NGSILD-Snapshot", id);

    assertThat(broker.get("/entities/urn:x:1", "NGSILD-Snapshot", clone).status()).isEqualTo(200);
    assertThat(broker.get("/snapshots/" + clone).member("snapshotPriority")).isEqualTo(Value.of(7));
    assertThat(
            broker.send("POST", "/snapshots", snapshotOf("A", ", \"id\": \"urn:x:snap\"")).status())
        .isEqualTo(409);
    assertThat(
            broker.send("POST", "/snapshots/urn:x:no/clone", "{\"type\": \"Snapshot\"}").status())
        .isEqualTo(404);
  }

  /// Clause 5.16.2.4: what was changed in the snapshot is copied as it is now.
  @Test
  void clause5162ACloneIsAsItsOriginalIsNow() throws Exception {
    broker.post(
        "/entities",
        """
        {"id": "urn:x:late", "type": "Late", "speed": {"type": "Property", "value": 1,
          "observedAt": "2026-01-02T00:00:00Z"}}
        """);
    var id = ready(broker.post("/snapshots", snapshotOf("Late", "")));
    var changed = "{\"speed\": {\"type\": \"Property\", \"value\": 99}}";
    broker.send("PATCH", "/entities/urn:x:late/attrs", changed, "NGSILD-Snapshot", id);

    var clone = ready(broker.post("/snapshots/" + id + "/clone", "{\"type\": \"Snapshot\"}"));

    assertThat(broker.get("/entities/urn:x:late", "NGSILD-Snapshot", clone).member("speed"))
        .isEqualTo(Broker.json("{\"type\": \"Property\", \"value\": 99}"));
  }

  @Test
  void clause5161TheStatusSaysHowTheQueriesWent() throws Exception {
    var empty = ready(broker.post("/snapshots", snapshotOf("Nothing", "")));
    var partial =
        ready(
            broker.post(
                "/snapshots",
                """
                {"type": "Snapshot", "snapshotQueries": [
                  {"type": "Query", "entities": [{"type": "A"}]},
                  {"type": "Query", "entities": [{"type": "Nothing"}]}]}
                """));

    assertThat(broker.get("/snapshots/" + empty).member("snapshotStatus"))
        .isEqualTo(Value.of("empty"));
    assertThat(broker.get("/snapshots/" + partial).member("snapshotStatus"))
        .isEqualTo(Value.of("partial"));
    assertThat(broker.get("/snapshots/" + partial).member("snapshotQueriesDetails"))
        .isEqualTo(Broker.json("[{\"resultStatus\": \"success\"}, {\"resultStatus\": \"empty\"}]"));
  }

  @Test
  void clauses5164To5167SnapshotsAreChangedDeletedAndPurged() throws Exception {
    var id = ready(broker.post("/snapshots", snapshotOf("A", "")));
    var changed =
        broker.send(
            "PATCH",
            "/snapshots/" + id,
            "{\"snapshotPriority\": 2, \"snapshotLifetime\": \"P1D\", \"snapshotStatus\": \"failure\"}");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.member("snapshotPriority")).isEqualTo(Value.of(2));
    assertThat(changed.member("snapshotStatus")).isEqualTo(Value.of("success"));
    assertThat(broker.delete("/snapshots").status()).isEqualTo(400);
    assertThat(broker.delete("/snapshots?q=speed>1").status()).isEqualTo(400);
    assertThat(broker.delete("/snapshots?q=snapshotPriority>2").status()).isEqualTo(404);
    var other = ready(broker.post("/snapshots", snapshotOf("A", "")));
    assertThat(
            broker.delete("/snapshots?q=snapshotPriority<=2;snapshotStatus==\"success\"").status())
        .isEqualTo(204);
    assertThat(broker.get("/snapshots/" + id).status()).isEqualTo(404);
    assertThat(broker.get("/entities", "NGSILD-Snapshot", id).status()).isEqualTo(404);
    assertThat(broker.delete("/snapshots/" + other).status()).isEqualTo(204);
    assertThat(broker.delete("/snapshots/" + other).status()).isEqualTo(404);
    assertThat(broker.city.ledger.branches().list("default")).isEmpty();
  }

  @Test
  void aSnapshotEndsWithItsLifetime() throws Exception {
    var made = broker.post("/snapshots", snapshotOf("A", ", \"snapshotLifetime\": \"PT2S\""));
    var id = made.header("Location").substring("/ngsi-ld/v1/snapshots/".length());

    eventually(() -> assertThat(broker.get("/snapshots/" + id).status()).isEqualTo(404));
    assertThat(broker.get("/entities", "NGSILD-Snapshot", id).status()).isEqualTo(404);
  }

  @Test
  void aSnapshotOutlivesTheServer() throws Exception {
    var store = new MemoryStore();
    String id;
    try (var before = new Broker(store, Policy.OPEN, ConsumptionLimits.DEFAULT)) {
      fill(before);
      id = ready(before, before.post("/snapshots", snapshotOf("A", "")));
      try (var after = new Broker(store, Policy.OPEN, ConsumptionLimits.DEFAULT)) {
        assertThat(after.get("/snapshots/" + id).member("snapshotStatus"))
            .isEqualTo(Value.of("success"));
        assertThat(after.get("/entities", "NGSILD-Snapshot", id).items()).hasSize(3);
      }
    }
  }

  @Test
  void clause5166WhoeverWantsToKnowIsTold() throws Exception {
    var bodies = new LinkedBlockingQueue<String>();
    var server = listening(bodies);
    try {
      var endpoint = "http://127.0.0.1:" + server.getAddress().getPort() + "/told";
      var id =
          ready(
              broker.post(
                  "/snapshots",
                  snapshotOf(
                      "A",
                      ", \"endpoint\": \"%s\", \"receiverInfo\": [{\"key\": \"X-Me\", \"value\": \"1\"}]"
                          .formatted(endpoint))));

      var told = Broker.json(bodies.poll(60, TimeUnit.SECONDS));
      assertThat(((Value.Struct) told).members())
          .containsEntry("type", Value.of("SnapshotNotification"))
          .containsEntry("snapshotId", Value.of(id))
          .containsEntry("snapshotStatus", Value.of("success"));
      broker.send("PATCH", "/snapshots/" + id, "{\"snapshotPriority\": 9}");
      assertThat(bodies.poll(60, TimeUnit.SECONDS)).contains("\"snapshotPriority\":9");
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer listening(LinkedBlockingQueue<String> bodies) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/told",
        exchange -> {
          assertThat(exchange.getRequestHeaders().getFirst("X-Me")).isEqualTo("1");
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"type\": \"Snapshot\"}",
        "{\"type\": \"Query\", \"snapshotQueries\": [{\"type\": \"Query\"}]}",
        "{\"type\": \"Snapshot\", \"snapshotQueries\": []}",
        "{\"type\": \"Snapshot\", \"snapshotQueries\": [{}]}",
        "{\"type\": \"Snapshot\", \"snapshotQueries\": [{\"type\": \"Query\", \"temporalQ\": {}}]}",
        "{\"type\": \"Snapshot\", \"snapshotTemporalQueries\": [{\"type\": \"Query\"}]}",
        "{\"type\": \"Snapshot\", \"snapshotPriority\": 11, \"snapshotQueries\": [{\"type\": \"Query\"}]}",
        "{\"type\": \"Snapshot\", \"snapshotLifetime\": \"long\", \"snapshotQueries\": [{\"type\": \"Query\"}]}",
        "{\"type\": \"Snapshot\", \"endpoint\": \"mine\", \"snapshotQueries\": [{\"type\": \"Query\"}]}",
        "{\"type\": \"Snapshot\", \"id\": \"mine\", \"snapshotQueries\": [{\"type\": \"Query\"}]}"
      })
  void clause5241RefusesWhatIsNoSnapshot(String body) {
    var answer = broker.send("POST", "/snapshots", body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("BadRequestData");
  }
}
