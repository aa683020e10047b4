package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Value;
import plaza.testkit.Eventually;

/// Past readings happening again in a branch of a pilot's, on a running server that is killed in
/// between.
class SandboxOverHttpTest {
  private static final String ENTITIES = "/ngsi-ld/v1/entities";
  private static final String STATIONS = ENTITIES + "?type=BikeHireDockingStation&limit=100";
  private static final String EVOLUTION = "/ngsi-ld/v1/temporal/entities/";
  // The first morning: three stations of Neihu, twelve readings each, one silent for one of them.
  private static final String FROM = "2025-04-06T23:00:00Z";
  private static final String UNTIL = "2025-04-07T01:00:00Z";
  private static final int READINGS = 35;

  @TempDir Path folder;

  @Test
  void thePastHappensAgainForThePilotAndNobodyElse() throws Exception {
    var told = new CopyOnWriteArrayList<String>();
    var receiver = receiver(told);
    var data = folder.resolve("data").toString();
    String[] run = {"run", "--port", "0", "--allow-private-hosts", "true", "--data", data};
    try (var client = HttpClient.newHttpClient()) {
      RunningPilot pilot;
      RunningPilot rival;
      CityPeople city;
      try (var server = RunningServer.start(folder, run)) {
        city = RunningPilot.people(client, server, "Vans", "Rival");
        BikeReadings.write(city.person("dan"));
        pilot = RunningPilot.start(city, "vans", "Vans");
        rival = RunningPilot.start(city, "rival", "Rival");
        var sandbox = opened(pilot, "{'from': '%s', 'until': '%s', 'speed': 600}", FROM, UNTIL);
        replayed(pilot, sandbox, receiver.getAddress().getPort(), told);
        forNobodyElse(rival, pilot.city(), sandbox);
        writable(pilot, sandbox);
        turned(pilot, sandbox);
        var slow =
            opened(
                pilot,
                "{'name': 'slow', 'from': '%s', 'until': '%s', 'speed': 300, 'time': 'original'}",
                FROM,
                UNTIL);
        Eventually.eventually(() ->
            assertThat(count(pilot.key().get(sandboxes(pilot, slow)), "readings")).isPositive());
        server.kill();
      }
      try (var server = RunningServer.start(folder, run)) {
        afterTheKill(again(pilot, server), again(city.person("po"), server));
      }
    } finally {
      receiver.stop(0);
    }
    assertThat(RunningServer.run(folder, "verify", "--data", data).output())
        .contains("all is well");
  }

  private static HttpServer receiver(List<String> told) throws Exception {
    var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    return receiver;
  }

  private static Asker again(Asker asker, RunningServer server) {
    return new Asker(asker.client(), server.url(), asker.headers());
  }

  private static RunningPilot again(RunningPilot pilot, RunningServer server) {
    return new RunningPilot(
        pilot.city(), pilot.path(), pilot.slug(), pilot.team(), again(pilot.key(), server));
  }

  private static String sandboxes(RunningPilot pilot, String branch) {
    return pilot.path() + "/sandboxes/" + branch.substring(branch.lastIndexOf('.') + 1);
  }

  /// @return its branch
  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency of its own
  private static String opened(RunningPilot pilot, String json, Object... with) {
    return pilot
        .city()
        .person("of-" + pilot.team())
        .post(pilot.path() + "/sandboxes", json.formatted(with))
        .expect(201)
        .text("branch");
  }

  private static long count(Asker.Answer answer, String member) {
    return (long) answer.expect(200).at(member).asNumber();
  }

  private static Asker in(Asker asker, String branch) {
    return asker.with("Plaza-Branch", branch);
  }

  private static void replayed(RunningPilot pilot, String branch, int port, List<String> told) {
    var inside = in(pilot.key(), branch);
    inside
        .post(
            "/ngsi-ld/v1/subscriptions",
            """
            {'type': 'Subscription', 'entities': [{'type': 'BikeHireDockingStation'}],
             'watchedAttributes': ['availableBikeNumber'],
             'notification': {'endpoint': {'uri': 'http://127.0.0.1:%d/'}}}
            """
                .formatted(port))
        .expect(201);
    Eventually.eventually(() ->
        assertThat(pilot.key().get(sandboxes(pilot, branch)).expect(200).text("state"))
            .isEqualTo("FINISHED"));
    var done = pilot.key().get(sandboxes(pilot, branch));
    assertThat(count(done, "readings")).isEqualTo(READINGS);
    assertThat(done.at("progress").asNumber()).isEqualTo(1);
    var stations = inside.get(STATIONS).expect(200);
    assertThat(stations.items()).hasSize(3);
    assertThat(stations.text())
        .contains("replayedFrom", "2025-04-07T00:50:00Z")
        .doesNotContain("freeSlotNumber", "Shilin");
    Eventually.eventually(() -> {
      var readings = new HashSet<String>();
      for (var one : told)
        for (int i = 0; i < 12; i++)
          if (one.contains("line-1\"") && one.contains(original(i))) readings.add(original(i));
      // The earliest may be over before the subscription is there.
      assertThat(readings.size()).isGreaterThan(6);
    });
  }

  private static String original(int slot) {
    return java.time.Instant.parse(FROM).plusSeconds(600L * slot).toString();
  }

  private static void forNobodyElse(RunningPilot rival, CityPeople city, String branch) {
    in(rival.key(), branch).get(STATIONS).expect(403);
    in(city.nobody(), branch).get(STATIONS).expect(401);
    in(city.person("of-Rival"), branch).get(STATIONS).expect(403);
    in(city.person("dan"), branch)
        .patch(
            ENTITIES + "/" + BikeReadings.NEIHU.id() + "/attrs",
            "{'availableBikeNumber': {'type': 'Property', 'value': 1}}")
        .expect(403);
    // An officer sees that there is nothing in it but what the pilot was granted.
    var all = in(city.person("po"), branch).get(STATIONS).expect(200);
    assertThat(all.items()).hasSize(3);
    assertThat(all.text()).doesNotContain("freeSlotNumber", "Station urn");
    rival.key().get(rival.path().replace("rival", "vans") + "/sandboxes").expect(403);
    city.person("dan").post("/api/v1/branches", "{'name': '" + branch + "2'}").expect(400);
  }

  private static void writable(RunningPilot pilot, String branch) {
    var inside = in(pilot.key(), branch);
    var station = ENTITIES + "/" + BikeReadings.NEIHU.id();
    inside
        .patch(station + "/attrs", "{'availableBikeNumber': {'type': 'Property', 'value': 4711}}")
        .expect(204);
    assertThat(inside.get(station).expect(200).text()).contains("4711");
    assertThat(pilot.key().get(station).expect(200).text()).doesNotContain("4711");
    inside
        .post(
            ENTITIES,
            """
            {'id': 'urn:ngsi-ld:BikeHireDockingStation:new', 'type': 'BikeHireDockingStation',
             'location': {'type': 'GeoProperty',
                          'value': {'type': 'Point', 'coordinates': [121.6, 25.1]}}}
            """)
        .expect(201);
    inside
        .post(
            ENTITIES,
            """
            {'id': 'urn:ngsi-ld:BikeHireDockingStation:far', 'type': 'BikeHireDockingStation',
             'location': {'type': 'GeoProperty',
                          'value': {'type': 'Point', 'coordinates': [121.5, 25.1]}}}
            """)
        .expect(403);
    inside
        .patch(station + "/attrs", "{'freeSlotNumber': {'type': 'Property', 'value': 1}}")
        .expect(403);
    pilot.key().get(ENTITIES + "/urn:ngsi-ld:BikeHireDockingStation:new").expect(404);
  }

  private static void turned(RunningPilot pilot, String branch) {
    var path = sandboxes(pilot, branch);
    var key = pilot.key();
    assertThat(key.patch(path, "{'state': 'RUNNING'}").expect(409).text()).contains("finished");
    key.patch(path, "{'position': '2024-01-01T00:00:00Z'}").expect(400);
    key.patch(path, "{'position': '%s', 'speed': 60}".formatted(FROM)).expect(200);
    var paused = key.patch(path, "{'state': 'PAUSED'}").expect(200).text("position");
    assertThat(key.get(path).expect(200).text("position")).isEqualTo(paused);
    key.patch(path, "{'state': 'RUNNING', 'speed': 'max'}").expect(200);
    Eventually.eventually(
        () -> assertThat(key.get(path).expect(200).text("state")).isEqualTo("FINISHED"));
    assertThat(count(key.get(path), "readings")).isGreaterThanOrEqualTo(READINGS + 30);
    // Laid out anew, it says what it said.
    assertThat(in(key, branch).get(ENTITIES + "/" + BikeReadings.NEIHU.id()).text())
        .doesNotContain("4711");
    assertThat(key.post(pilot.path() + "/sandboxes", "{'from': 'x'}").expect(400).text())
        .contains("from of a sandbox must be a date-time");
    key.delete(path).expect(204);
    key.get(path).expect(404);
    assertThat(in(key, branch).get(STATIONS).expect(404).text()).contains("has no branch");
  }

  private static void afterTheKill(RunningPilot pilot, Asker pmo) {
    var branch = "sandbox.vans.slow";
    var path = sandboxes(pilot, branch);
    // It goes on where it was, not from the beginning.
    assertThat(count(pilot.key().get(path), "readings")).isPositive();
    pilot.key().patch(path, "{'speed': 2400}").expect(200);
    Eventually.eventually(
        () -> assertThat(pilot.key().get(path).expect(200).text()).contains("FINISHED"));
    assertThat(count(pilot.key().get(path), "readings")).isEqualTo(READINGS);
    // Each reading once, with the time it had.
    var times = new ArrayList<String>();
    var evolution =
        in(pilot.key(), branch)
            .get(
                EVOLUTION
                    + BikeReadings.NEIHU.id()
                    + "?timerel=after&timeAt="
                    + "2025-04-06T22:59:59Z")
            .expect(200);
    for (var reading : evolution.items("availableBikeNumber"))
      times.add(((Value.Text) Asker.within(reading, "observedAt")).text());
    assertThat(times).hasSize(12).doesNotHaveDuplicates();

    pmo.step(pilot.path(), "finish", "{'earlyFinish': 'All is seen.'}").expect(200);
    Eventually.eventually(() -> in(pilot.key(), branch).get(STATIONS).expect(404));
    assertThat(pmo.get(pilot.path() + "/sandboxes").expect(200).items()).isEmpty();
    Eventually.eventually(() ->
        assertThat(pmo.get(pilot.path() + "/events").expect(200).text())
            .contains("openSandbox", "endSandbox"));
  }
}
