package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Value;

/// From what one person lacks to a service that people use, on a server that starts with an empty
/// folder, through its public addresses only. `docs/api.md` tells the same with curl.
class MainLineOverHttpTest {
  @TempDir Path folder;

  @Test
  void aNeedBecomesAPilotThatItsDataJudgeThenMoneyAndAServiceWithUsers() throws Exception {
    try (var client = HttpClient.newHttpClient();
        var server =
            RunningServer.start(
                folder, "run", "--port", "0", "--data", folder.resolve("data").toString())) {
      told(people(client, server));
    }
    assertThat(
            RunningServer.run(folder, "verify", "--data", folder.resolve("data").toString())
                .output())
        .contains("all is well");
  }

  private static CityPeople people(HttpClient client, RunningServer server) throws Exception {
    var people = new CityPeople(client, server.url(), server.output());
    people.organisation("Department of Bikes", "department");
    people.organisation("Night Wheels", "startup");
    people.organisation("Day Wheels", "civil");
    people.organisation("Bank of Wheels", "investor");
    people.join("mei", "moderator", null);
    people.join("po", "pmo", null);
    people.join("sue", "sponsor", "Department of Bikes");
    people.join("dan", "dataSteward", null);
    people.join("fay", "fieldOwner", null);
    people.join("fin", "financeOfficer", "Department of Bikes");
    people.join("ivy", "investor", "Bank of Wheels");
    people.join("olga", "serviceOwner", "Department of Bikes");
    people.join("bea", null, "Night Wheels");
    people.join("carl", null, "Day Wheels");
    for (var name : LinePilot.BOARD) people.join(name, "programmeBoard", null);
    for (var name : LineCall.PANEL)
      people.join(name, "panelMember", name.equals("p4") ? "Night Wheels" : null);
    return people;
  }

  private static void told(CityPeople city) {
    var pmo = city.person("po");
    var nobody = city.nobody();
    BikeReadings.write(city.person("dan"));

    var demand = new LineDemand(city);
    var need = demand.need();
    var alike = demand.alike(need);
    var cluster = demand.cluster(need, alike);

    var call = new LineCall(city);
    var challenge = call.challenge(cluster);
    var proposals = call.proposals(challenge);
    pmo.step("/api/v1/clusters/" + cluster, "takeUp", "{'challenge': '" + challenge + "'}")
        .expect(200);
    for (var one : new String[] {need, alike}) pmo.step(one, "takeUp", "{}").expect(200);
    pmo.await(LineCall.CHALLENGES + "/" + challenge, "CLOSED");
    call.reviewed(challenge, proposals);

    var trial = new LinePilot(city);
    var pilot = "/api/v1/pilots/" + call.decided(challenge, proposals);
    var indicator = trial.prepared(pilot);
    var key = trial.started(pilot);
    trial.nobodyTypes(pilot, indicator);
    trial.judged(pilot, indicator);
    trial.gated(pilot);
    // Its grant has ended with the pilot, and a moment later so has the key itself.
    assertThat(key.get(LinePilot.STATIONS).response().statusCode()).isIn(403, 401);

    var uptake = new LineUptake(city);
    uptake.funded(pilot, indicator);
    uptake.served(pilot);
    for (var one : new String[] {need, alike}) {
      pmo.step(one, "resolve", "{}").expect(200);
      assertThat(nobody.get(one).expect(200).text("state")).isEqualTo("MET");
    }
    events(city, pilot);
    figures(city);
  }

  private static void events(CityPeople city, String pilot) {
    var events = city.nobody().get(pilot + "/events").expect(200);
    assertThat(events.each("action"))
        .containsSubsequence("create", "amend", "makeReady", "start", "finish", "gateScale");
    assertThat(events.each("hash")).doesNotHaveDuplicates();
    assertThat(events.text()).doesNotContain(city.id("po"));
  }

  /// What the mayor sees of it: one pilot, scaled; two people, both of them heard.
  private static void figures(CityPeople city) {
    var figures = city.nobody().get("/api/v1/indicators/programme").expect(200);
    assertThat(figures.at("demandCoverage", "value").asNumber()).isEqualTo(1);
    assertThat(figures.at("demandCoverage", "n")).isEqualTo(Value.of(2));
    assertThat(figures.at("conversion", "n")).isEqualTo(Value.of(1));
    assertThat(figures.at("conversion", "value").asNumber()).isEqualTo(1);
    assertThat(figures.at("timeToPilotDays", "n")).isEqualTo(Value.of(1));
    var toFirstData = (Value.Struct) figures.at("timeToPilotDays", "toFirstData");
    assertThat(toFirstData.members()).containsEntry("n", Value.of(1));
  }
}
