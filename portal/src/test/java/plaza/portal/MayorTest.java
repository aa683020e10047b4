package plaza.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.graph.change.Write;
import plaza.programme.figures.Figure;
import plaza.programme.figures.Window;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// The mayor's page and the lists of records, as they are served.
class MayorTest {
  private PortalCity city;

  @BeforeEach
  void open() {
    city = new PortalCity();
  }

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void theMayorsPageIsHonestWithoutDataAndLeadsToTheRecordsWithIt() throws Exception {
    var empty = get("/mayor?until=2020-01-01");
    assertThat(empty).contains("No data yet").contains("n = 0 pilots that started");

    for (var state : List.of("SCALED", "STOPPED", "ACTIVE", "LAPSED")) pilot(state);
    var page = get("/mayor");
    assertThat(page)
        .contains("Do pilots become services?")
        .contains("50.0 %")
        .contains("between 33.3 % and 66.7 %")
        .contains("n = 3 pilots that started");
    assertThat(page.indexOf("Do pilots become services?"))
        .as("what became of pilots comes before how many there were")
        .isLessThan(page.indexOf("n = 3"));

    assertThat(get("/mayor/conversion")).contains("Pilot SCALED").doesNotContain("Pilot LAPSED");
    assertThat(get("/mayor/conversion/records.csv").lines().toList())
        .hasSize(4)
        .first()
        .isEqualTo("record,type,title,state,startedAt,scaled,ended,open");
    assertThat(get("/mayor.csv")).contains("conversion,conversion.value,0.5,");
    for (var figure : Figure.values())
      assertThat(get("/mayor/" + figure.code())).contains("What the programme comes to");
  }

  @Test
  void theRowsBehindAFigureAddUpToIt() {
    for (var state : List.of("SCALED", "CLOSED", "EVALUATING")) pilot(state);
    var always = new Window(null, Instant.now().plusSeconds(60));
    var conversion = city.programme.figures().of(Address.DEFAULT, always).members();
    var rows = city.programme.figures().behind(Address.DEFAULT, Figure.CONVERSION, always);
    var figure = ((Value.Struct) conversion.get("conversion")).members();

    assertThat(figure.get("n")).isEqualTo(Value.of(rows.size()));
    for (var name : List.of("scaled", "ended", "open"))
      assertThat(figure.get(name))
          .as(name)
          .isEqualTo(
              Value.of(
                  rows.stream()
                      .filter(row -> row.members().get(name).equals(Value.of(true)))
                      .count()));
  }

  @Test
  void aListOfRecordsHasPagesWordsAndStates() throws Exception {
    for (int i = 0; i < 60; i++)
      write(
          Dossier.of(
              Kind.NEED_CLUSTER,
              "urn:ngsi-ld:NeedCluster:c" + i,
              i % 2 == 0 ? "OPEN" : "RESOLVED",
              Map.of("title", Value.of((i % 3 == 0 ? "Benches " : "Lights ") + i))));

    assertThat(get("/records/clusters")).contains("1–50 of 60 records").contains("page=2");
    assertThat(get("/records/clusters?page=2")).contains("51–60 of 60 records");
    assertThat(get("/records/clusters?q=bench")).contains("20 records");
    assertThat(get("/records/clusters?q=bench&state=OPEN")).contains("10 records");
  }

  @Test
  void aClusterShowsItsMembersAndWhoOfThemWorksWithWhom() throws Exception {
    write(
        Dossier.of(
            Kind.INNOVATION_CLUSTER,
            "urn:ngsi-ld:InnovationCluster:marine",
            Dossier.KEPT,
            Map.of(
                "title", Value.of("Marine"),
                "organisations", Value.of(List.of("urn:o:a", "urn:o:b", "urn:o:c")))));
    pilot(
        "ACTIVE",
        Map.of(
            "organisation", Value.of("urn:o:a"),
            "partners", Value.of(List.of("urn:o:b", "urn:o:outside"))));

    var network =
        city.programme
            .figures()
            .within(
                Caller.anonymous(Address.DEFAULT, null),
                Kind.INNOVATION_CLUSTER,
                "urn:ngsi-ld:InnovationCluster:marine",
                new Window(null, Instant.now()))
            .members();
    assertThat(network.get("density")).as("one of three ties").isEqualTo(Value.of(1 / 3.0));
    assertThat(network.get("largestComponentShare")).isEqualTo(Value.of(2 / 3.0));
    assertThat(network.get("eiIndex")).as("two ties lead out, one in").isEqualTo(Value.of(1 / 3.0));
    assertThat(get("/innovation-clusters/marine"))
        .contains("3 members")
        .contains("n = 1 tie between 3 organisations")
        .contains("Pilot ACTIVE");
  }

  private int next;

  private void pilot(String state) {
    pilot(state, Map.of());
  }

  private void pilot(String state, Map<String, Value> more) {
    var id = "urn:ngsi-ld:Pilot:p" + next++;
    var titled = Dossier.of(Kind.PILOT, id, state, Map.of("title", Value.of("Pilot " + state)));
    write(titled.with(more));
    if (!state.equals("LAPSED"))
      write(
          Dossier.of(
              Kind.TRANSITION_EVENT,
              "urn:ngsi-ld:TransitionEvent:t" + next++,
              "ACTIVE",
              Map.of(
                  "kind", Value.of("Pilot"),
                  "subject", Value.of(id),
                  "action", Value.of("start"),
                  "at", Value.of(Instant.now().minusSeconds(60).toString()))));
  }

  private void write(Dossier record) {
    var _ =
        city.ledger.write(
            Dossiers.PROGRAMME.through("programme"),
            Write.atomic(Address.DEFAULT, List.copyOf(Dossiers.edits(null, record))));
  }

  private String get(String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var uri = URI.create("http://localhost:" + city.server.port() + path);
      var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
      return answer.body();
    }
  }
}
