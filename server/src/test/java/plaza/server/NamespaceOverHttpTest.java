package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.testkit.Eventually;

/// What a pilot's key may write of its own, on a running server, by NGSI-LD.
class NamespaceOverHttpTest {
  private static final String ENTITIES = "/ngsi-ld/v1/entities";
  private static final String BATCH = "/ngsi-ld/v1/entityOperations/";
  private static final String LINK =
      "<https://plaza.city/pilots/vans>; rel=\"http://www.w3.org/ns/json-ld#context\";"
          + " type=\"application/ld+json\"";

  @TempDir Path folder;

  @Test
  void aPilotWritesItsOwnAndNothingElseUntilItEnds() throws Exception {
    var told = new CopyOnWriteArrayList<String>();
    var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    try (var client = HttpClient.newHttpClient();
        var server =
            RunningServer.start(
                folder,
                "run",
                "--port",
                "0",
                "--allow-private-hosts",
                "true",
                "--anonymous",
                "read-public",
                "--pilots-entities",
                "50",
                "--data",
                folder.resolve("data").toString())) {
      var city = RunningPilot.people(client, server, "Vans", "Rival");
      BikeReadings.write(city.person("dan"));
      var pilot = RunningPilot.start(city, "vans", "Vans");
      var rival = RunningPilot.start(city, "rival", "Rival");
      itsOwn(pilot);
      nothingElse(pilot, rival);
      notForOthers(pilot, rival, city);
      subscribed(pilot, receiver.getAddress().getPort(), told);
      noMoreThanAllowed(pilot);
      ended(pilot);
    } finally {
      receiver.stop(0);
    }
  }

  private static String van(RunningPilot pilot, String name, int load) {
    return "{'id': '%s', 'type': '%s', 'load': {'type': 'Property', 'value': %d}}"
        .formatted(pilot.id("Van", name), pilot.type("Van"), load);
  }

  private static void itsOwn(RunningPilot pilot) {
    var key = pilot.key();
    key.post(ENTITIES, van(pilot, "1", 3)).expect(201);
    key.patch(
            ENTITIES + "/" + pilot.id("Van", "1") + "/attrs",
            "{'load': {'type': 'Property', 'value': 4}}")
        .expect(204);
    key.post(BATCH + "upsert", "[" + van(pilot, "1", 5) + "," + van(pilot, "2", 1) + "]")
        .expect(201);
    key.post(
            "/ngsi-ld/v1/temporal/entities",
            """
            {'id': '%s', 'type': '%s', 'load': [
              {'type': 'Property', 'value': 1, 'observedAt': '2025-05-01T00:00:00Z'},
              {'type': 'Property', 'value': 2, 'observedAt': '2025-05-02T00:00:00Z'}]}
            """
                .formatted(pilot.id("Van", "3"), pilot.type("Van")))
        .expect(201);
    assertThat(key.get(ENTITIES + "?type=" + pilot.asked("Van")).expect(200).each("id"))
        .containsExactlyInAnyOrder(
            pilot.id("Van", "1"), pilot.id("Van", "2"), pilot.id("Van", "3"));
    // By its own context the short name is enough.
    assertThat(key.with("Link", LINK).get(ENTITIES + "?type=Van").expect(200).each("type"))
        .containsExactly("Van", "Van", "Van");
    key.with("Link", LINK)
        .post(ENTITIES, "{'id': '%s', 'type': 'Van'}".formatted(pilot.id("Van", "4")))
        .expect(201);
    key.delete(ENTITIES + "/" + pilot.id("Van", "4")).expect(204);
  }

  private static void nothingElse(RunningPilot pilot, RunningPilot rival) {
    var key = pilot.key();
    var station = BikeReadings.NEIHU.id();
    for (var refused :
        List.of(
            key.patch(
                ENTITIES + "/" + station + "/attrs",
                "{'availableBikeNumber': {'type': 'Property', 'value': 99}}"),
            key.delete(ENTITIES + "/" + station),
            // Its own type under a foreign id, a foreign type under its own id, and both foreign.
            key.post(
                ENTITIES, "{'id': 'urn:ngsi-ld:Van:1', 'type': '%s'}".formatted(pilot.type("Van"))),
            key.post(ENTITIES, "{'id': '%s', 'type': 'Van'}".formatted(pilot.id("Van", "9"))),
            key.post(ENTITIES, van(rival, "1", 1)),
            key.post(
                ENTITIES,
                "{'id': '%s', 'type': ['%s', 'BikeHireDockingStation']}"
                    .formatted(pilot.id("Van", "9"), pilot.type("Van"))))) {
      assertThat(refused.expect(403).text())
          .contains("a pilot writes only what is its own", pilot.type(""), ":vans:<any name>");
    }
    var batch =
        key.post(
                BATCH + "upsert",
                "["
                    + van(pilot, "1", 6)
                    + ",{'id': '"
                    + station
                    + "',"
                    + " 'type': 'BikeHireDockingStation', 'availableBikeNumber': 99}]")
            .expect(207);
    assertThat(batch.text()).contains("a pilot writes only what is its own");
    key.with("Plaza-Branch", "nowhere").post(ENTITIES, van(pilot, "7", 1)).expect(403);
  }

  private static void notForOthers(RunningPilot pilot, RunningPilot rival, CityPeople city) {
    var path = ENTITIES + "/" + pilot.id("Van", "1");
    rival.key().get(path).expect(403);
    city.nobody().get(path).expect(403);
    city.nobody().get(ENTITIES + "?type=" + pilot.asked("Van")).expect(403);
    assertThat(city.nobody().get("/ngsi-ld/v1/types").expect(200).text())
        .doesNotContain("plaza.city/pilots");
    assertThat(city.person("of-Rival").get(path).response().statusCode()).isEqualTo(403);
    assertThat(city.person("po").get(path).expect(200).text("type")).isEqualTo(pilot.type("Van"));
  }

  private static void subscribed(RunningPilot pilot, int port, List<String> told) {
    pilot
        .key()
        .post(
            "/ngsi-ld/v1/subscriptions",
            """
            {'type': 'Subscription', 'entities': [{'type': '%s'}],
             'notification': {'endpoint': {'uri': 'http://127.0.0.1:%d/'}}}
            """
                .formatted(pilot.type("Van"), port))
        .expect(201);
    pilot
        .key()
        .patch(
            ENTITIES + "/" + pilot.id("Van", "2") + "/attrs",
            "{'load': {'type': 'Property', 'value': 77}}")
        .expect(204);
    Eventually.eventually(() -> assertThat(told).anyMatch(one -> one.contains("77")));
  }

  private static void noMoreThanAllowed(RunningPilot pilot) {
    var vans = new StringBuilder("[");
    for (int i = 100; i < 146; i++) vans.append(i == 100 ? "" : ",").append(van(pilot, "" + i, i));
    pilot.key().post(BATCH + "create", vans + "]").expect(201);
    pilot.key().post(ENTITIES, van(pilot, "200", 1)).expect(201);
    assertThat(pilot.key().post(ENTITIES, van(pilot, "201", 1)).expect(429).text())
        .contains("holds 50 entities and may hold 50");
    pilot.key().post(BATCH + "upsert", "[" + van(pilot, "200", 2) + "]").expect(204);
    pilot.key().delete(ENTITIES + "/" + pilot.id("Van", "200")).expect(204);
    pilot.key().post(ENTITIES, van(pilot, "201", 1)).expect(201);
  }

  private static void ended(RunningPilot pilot) {
    var city = pilot.city();
    city.person("po").step(pilot.path(), "finish", "{'earlyFinish': 'All is seen.'}").expect(200);
    Eventually.eventually(() ->
        assertThat(pilot.key().post(ENTITIES, van(pilot, "300", 1)).expect(403).text())
            .contains("kept for reading since"));
    // Read-only while it is evaluated.
    pilot.key().get(ENTITIES + "/" + pilot.id("Van", "1")).expect(200);
    city.person("b1")
        .post(
            "/api/v1/gates",
            "{'pilot': '%s', 'outcome': 'STOP', 'rationale': 'No effect.'}"
                .formatted(pilot.path().substring(pilot.path().lastIndexOf('/') + 1)))
        .expect(201);
    var gate =
        city.person("b1")
            .get("/api/v1/gates?pilot=" + pilot.path().substring("/api/v1/pilots/".length()))
            .expect(200)
            .each("id")
            .getFirst();
    for (var voter : List.of("b2", "b3", "b4"))
      city.person(voter).post("/api/v1/gates/" + gate + "/votes", "{'approve': true}").expect(201);
    city.person("b2").step(pilot.path(), "gateStop", "{}").expect(200);
    // Its keys end with it.
    Eventually.eventually(() ->
        assertThat(pilot.key().get(ENTITIES + "/" + pilot.id("Van", "1")).response().statusCode())
            .isIn(401, 403));
    // Kept for the city.
    city.person("po").get(ENTITIES + "/" + pilot.id("Van", "1")).expect(200);
    assertThat(city.person("po").get(pilot.path()).expect(200).text("namespaceUntil")).isNotEmpty();
  }
}
