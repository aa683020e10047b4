package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static plaza.server.BikeReadings.TERMS;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Value;
import plaza.server.Asker.Answer;

/// From what one person lacks to what a board decides about it, on a server that starts with an
/// empty folder, through its public addresses only. `docs/api.md` tells the same with curl.
class MainLineOverHttpTest {
  private static final String NEEDS = "/api/v1/needs";
  private static final String CHALLENGES = "/api/v1/challenges";
  private static final String PROPOSALS = "/api/v1/proposals";
  private static final String REVIEWS = "/api/v1/reviews";
  private static final String PILOTS = "/api/v1/pilots";
  private static final String INDICATORS = "/api/v1/indicators";
  private static final String GRANTS = "/api/v1/grants";
  private static final String GATES = "/api/v1/gates";
  private static final String ENTITIES = "/ngsi-ld/v1/entities";
  private static final String STATIONS = ENTITIES + "?type=BikeHireDockingStation&limit=100";
  private static final Duration CALL = Duration.ofSeconds(14);
  private static final List<String> PANEL = List.of("p1", "p2", "p3", "p4");
  private static final List<String> BOARD = List.of("b1", "b2", "b3", "b4");

  @TempDir Path folder;

  @Test
  void aNeedBecomesAPilotThatItsDataJudgeAndTheBoardScales() throws Exception {
    try (var client = HttpClient.newHttpClient();
        var server =
            RunningServer.start(
                folder, "run", "--port", "0", "--data", folder.resolve("data").toString())) {
      new Line(people(client, server)).run();
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
    people.join("mei", "moderator", null);
    people.join("po", "pmo", null);
    people.join("sue", "sponsor", "Department of Bikes");
    people.join("dan", "dataSteward", null);
    people.join("bea", null, "Night Wheels");
    people.join("carl", null, "Day Wheels");
    for (var name : BOARD) people.join(name, "programmeBoard", null);
    for (var name : PANEL)
      people.join(name, "panelMember", name.equals("p4") ? "Night Wheels" : null);
    return people;
  }

  /// One telling of the story.
  private static final class Line {
    private final CityPeople city;
    private final Asker pmo;
    private final Asker steward;
    private final Asker builder;
    private final Asker board;

    Line(CityPeople city) {
      this.city = city;
      pmo = city.person("po");
      steward = city.person("dan");
      builder = city.person("bea");
      board = city.person("b2");
    }

    void run() {
      BikeReadings.write(steward);
      var need = need();
      var cluster = cluster(need);
      var challenge = challenge(cluster);
      var proposals = proposals(challenge);
      pmo.step("/api/v1/clusters/" + cluster, "takeUp", "{'challenge': '" + challenge + "'}")
          .expect(200);
      pmo.step(need, "takeUp", "{}").expect(200);
      pmo.await(CHALLENGES + "/" + challenge, "CLOSED");
      reviewed(challenge, proposals);
      var pilot = PILOTS + "/" + decided(challenge, proposals);
      var indicator = prepared(pilot);
      var key = started(pilot);
      nobodyTypes(pilot, indicator);
      judged(pilot, indicator);
      gated(pilot);
      key.get(STATIONS).expect(403);
      pmo.step(need, "resolve", "{}").expect(200);
      assertThat(city.nobody().get(need).expect(200).text("state")).isEqualTo("MET");
      events(pilot);
    }

    private String need() {
      var stated =
          city.nobody()
              .post(
                  NEEDS,
                  """
                  {'title': 'No bike in the morning', 'field': 'TRA', 'language': 'en',
                   'location': {'type': 'Point', 'coordinates': [121.57, 25.08]}}
                  """)
              .expect(201);
      var need = stated.header("Location");
      city.nobody().get(need).expect(404); // nobody has moderated it yet
      var author = city.nobody().with("X-Follow-Token", stated.text("token"));
      assertThat(author.get(need).expect(200).text("state")).isEqualTo("SUBMITTED");
      city.person("mei").step(need, "publish", "{}").expect(200);
      builder.post(need + "/supports", "{}").expect(201);
      assertThat(city.nobody().get(need).expect(200).at("supporters")).isEqualTo(Value.of(1));
      return need;
    }

    private String cluster(String need) {
      var cluster =
          city.person("mei")
              .post(
                  "/api/v1/clusters",
                  "{'title': 'Bikes in the morning', 'needs': ['%s']}".formatted(last(need)))
              .expect(201);
      pmo.step(
              need,
              "acknowledge",
              "{'department': '" + city.organisation("Department of Bikes") + "'}")
          .expect(200);
      return cluster.text("id");
    }

    private String challenge(String cluster) {
      var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      var sponsor = city.person("sue");
      var drafted =
          sponsor
              .post(
                  CHALLENGES,
                  """
                  {'title': 'Bikes at seven', 'kind': 'SPRINT', 'sponsor': '%s', 'clusters': ['%s'],
                   'statement': 'Fewer empty stations in the morning.',
                   'budget': {'amount': '300000.00', 'currency': 'TWD'},
                   'opensAt': '%s', 'closesAt': '%s',
                   'rubric': [{'criterion': 'effect', 'weight': 60},
                              {'criterion': 'cost', 'weight': 40}],
                   'afterPilotIntent': 'Procure what works.',
                   'panel': [%s], 'indicators': [%s]}
                  """
                      .formatted(
                          city.organisation("Department of Bikes"),
                          cluster,
                          now.plusSeconds(1),
                          now.plus(CALL),
                          String.join(", ", PANEL.stream().map(p -> quoted(city.id(p))).toList()),
                          BikeReadings.definition()))
              .expect(201);
      var challenge = drafted.header("Location");
      city.nobody().get(challenge).expect(404);
      var inReview = sponsor.step(challenge, "submitForReview", "{}").expect(200);
      assertThat(Asker.within(inReview.items("dataReadiness").getFirst(), "problems"))
          .isEqualTo(new Value.Items(List.of()));
      city.person("b1").step(challenge, "approve", "{}").expect(200);
      city.nobody().await(challenge, "OPEN");
      return last(challenge);
    }

    /// Ours first.
    private List<String> proposals(String challenge) {
      var ours = proposal(builder, "Night Wheels", challenge);
      var theirs = proposal(city.person("carl"), "Day Wheels", challenge);
      var sealed = pmo.get(PROPOSALS + "/" + ours).expect(200);
      assertThat(sealed.text("state")).isEqualTo("SUBMITTED");
      assertThat(sealed.text()).doesNotContain("vans of").doesNotContain("\"body\"");
      assertThat(pmo.get(PROPOSALS + "?limit=100").expect(200).text()).doesNotContain("vans of");
      assertThat(pmo.get(PROPOSALS + "/" + ours + "/events").expect(200).text())
          .doesNotContain("vans of");
      assertThat(steward.get(ENTITIES + "/" + ours).text()).doesNotContain("vans of");
      return List.of(ours, theirs);
    }

    private String proposal(Asker by, String organisation, String challenge) {
      var draft =
          by.post(
                  PROPOSALS,
                  """
                  {'challenge': '%s', 'organisation': '%s', 'title': 'By %s', 'team': ['someone'],
                   'body': {'solution': 'The vans of %s', 'trlIn': 6, 'trlOut': 8,
                            'dataNeeds': ['stations'], 'cost': '300000', 'ask': '200000',
                            'exitPlan': 'We take it away.'}}
                  """
                      .formatted(
                          challenge, city.organisation(organisation), organisation, organisation))
              .expect(201);
      var submitted = by.step(draft.header("Location"), "submit", "{}").expect(200);
      assertThat(submitted.text("receipt")).isNotEmpty();
      assertThat(submitted.text("nonce")).isNotEmpty();
      return draft.text("id");
    }

    private void reviewed(String challenge, List<String> proposals) {
      for (var proposal : proposals)
        pmo.step(
                PROPOSALS + "/" + proposal,
                "screenIn",
                "{'checklist': [{'item': 'eligible', 'met': true}]}")
            .expect(200);
      assertThat(pmo.get(PROPOSALS + "/" + proposals.getFirst()).expect(200).text())
          .contains("vans of");
      for (var member : city.people(PANEL))
        member
            .post(CHALLENGES + "/" + challenge + "/interests", "{'conflicts': [], 'signed': true}")
            .expect(201);
      pmo.step(CHALLENGES + "/" + challenge, "startEvaluation", "{}").expect(200);
      for (var name : PANEL)
        for (var proposal : proposals) {
          var reviews =
              pmo.get(REVIEWS + "?proposal=" + proposal + "&reviewer=" + city.id(name)).expect(200);
          var ours = proposal.equals(proposals.getFirst());
          if (name.equals("p4") && ours)
            assertThat(reviews.each("state")).containsExactly("RECUSED");
          else
            review(city.person(name), REVIEWS + "/" + reviews.each("id").getFirst(), ours ? 4 : 2);
        }
    }

    private static void review(Asker member, String review, int score) {
      member.step(review, "declareNoConflict", "{'declarationSigned': true}").expect(200);
      member
          .step(
              review,
              "score",
              """
              {'scores': [{'criterion': 'effect', 'score': %1$d, 'comment': 'so'},
                          {'criterion': 'cost', 'score': %1$d, 'comment': 'so'}]}
              """
                  .formatted(score))
          .expect(200);
      member.step(review, "finalise", "{}").expect(200);
    }

    private String decided(String challenge, List<String> proposals) {
      var ours = proposals.getFirst();
      board.step(PROPOSALS + "/" + ours, "shortlist", "{}").expect(200);
      var decided =
          board
              .step(CHALLENGES + "/" + challenge, "decide", "{'selected': ['" + ours + "']}")
              .expect(200);
      board.step(PROPOSALS + "/" + ours, "select", "{}").expect(200);
      board.step(PROPOSALS + "/" + proposals.getLast(), "notSelect", "{}").expect(200);
      return decided.text("pilot");
    }

    /// @return where its indicator is
    private String prepared(String pilot) {
      everythingMissingIsSaidAtOnce(pmo.step(pilot, "makeReady", "{}").expect(409));
      var old = pmo.get(pilot).expect(200);
      var end = Instant.now().plus(Duration.ofDays(30));
      var terms =
          """
          {'startDate': '%s', 'endDate': '%s', 'notNeeded': ['bookings', 'regulation'],
           'insurance': 'policy 1',
           'agreement': {'text': 'We agree.', 'maximumEnd': '%s'}}
          """
              .formatted(Instant.now(), end, end.plus(Duration.ofDays(30)));
      pmo.with("If-Match", old.header("ETag")).patch(pilot, terms).expect(200);
      pmo.with("If-Match", old.header("ETag")).patch(pilot, terms).expect(409);
      pmo.post(pilot + "/signatures", "{}").expect(201);
      builder.post(pilot + "/signatures", "{}").expect(201);
      var ofPilot = pmo.get(pilot).expect(200);
      var indicator = INDICATORS + "/" + ofPilot.each("id", "indicators").getFirst();
      pmo.post(indicator + "/lock", "{}").expect(200);
      var frozen = pmo.post(indicator + "/baseline", "{}").expect(200);
      measured(frozen, "Neihu", BikeReadings.BEFORE, "baseline");
      measured(frozen, "Shilin", BikeReadings.BEFORE, "controlBaseline");
      assertThat(frozen.text("baseline", "hash")).hasSize(64);
      granted(last(pilot), end);
      pmo.step(pilot, "makeReady", "{}").expect(200);
      return indicator;
    }

    private static void everythingMissingIsSaidAtOnce(Answer refused) {
      assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
      assertThat(String.join(" ", refused.each("guard", "unmet")))
          .contains("agreementSignedBothParties")
          .contains("kpiLocked")
          .contains("baselineFrozenWithCoverage")
          .contains("fieldBookingsConfirmed")
          .contains("dataGrantsApproved")
          .contains("regulatoryCasesClear")
          .contains("insuranceOrWaiver");
      assertThat(refused.each("remedy", "unmet")).noneMatch(String::isBlank);
    }

    private static void measured(
        Answer answer, String district, java.time.LocalDate week, String... path) {
      var measured = Asker.within(answer.at(), path);
      var count = BikeReadings.count(district, week);
      assertThat(Asker.within(measured, "value").asNumber())
          .as(district + " " + week)
          .isEqualTo(count.share());
      assertThat(Asker.within(measured, "coverage").asNumber()).isEqualTo(count.coverage());
    }

    private void granted(String pilot, Instant end) {
      var grant =
          builder
              .post(
                  GRANTS,
                  """
                  {'pilot': '%1$s', 'types': ['%2$sBikeHireDockingStation'],
                   'attributes': ['%2$savailableBikeNumber', 'https://uri.etsi.org/ngsi-ld/location'],
                   'area': {'type': 'Polygon', 'coordinates': [[[121.55, 25.05], [121.65, 25.05],
                            [121.65, 25.12], [121.55, 25.12], [121.55, 25.05]]]},
                   'areaName': 'Neihu', 'endDate': '%3$s', 'purpose': 'plan the vans'}
                  """
                      .formatted(pilot, TERMS, end))
              .expect(201)
              .header("Location");
      steward.step(grant, "review", "{}").expect(200);
      steward.step(grant, "approve", "{'licence': 'OGDL-Taiwan-1.0'}").expect(200);
    }

    /// The key opens nothing before the start, what was granted afterwards, and never more.
    private Asker started(String pilot) {
      var key =
          city.nobody()
              .with(
                  "X-API-Key",
                  builder.post(pilot + "/keys", "{'label': 'vans'}").expect(201).text("key"));
      city.nobody().await(pilot, "ACTIVE");
      var station = key.get(ENTITIES + "/" + BikeReadings.NEIHU.id()).expect(200);
      assertThat(station.text())
          .contains("availableBikeNumber", "location")
          .doesNotContain("freeSlotNumber")
          .doesNotContain("addressLocality");
      key.get(ENTITIES + "/" + BikeReadings.SHILIN.id()).expect(403);
      assertThat(key.get(STATIONS).expect(200).each("id"))
          .hasSize(3)
          .contains(BikeReadings.NEIHU.id())
          .doesNotContain(BikeReadings.SHILIN.id());
      assertThat(steward.get(STATIONS).expect(200).items()).hasSize(5);
      key.patch(
              ENTITIES + "/" + BikeReadings.NEIHU.id() + "/attrs",
              "{'availableBikeNumber': {'type': 'Property', 'value': 9}}")
          .expect(403);
      city.nobody().get(STATIONS).expect(403);
      return key;
    }

    private void nobodyTypes(String pilot, String indicator) {
      var typed = "{'measured': {'value': 0}, 'verdict': 'MET'}";
      for (var caller : List.of(pmo, steward, builder, board)) {
        caller.patch(indicator, typed).expect(405);
        assertThat(caller.patch(pilot, typed).response().statusCode()).isBetween(400, 409);
        assertThat(
                caller
                    .patch(
                        ENTITIES + "/" + last(indicator) + "/attrs",
                        "{'https://plaza.city/ns#verdict': {'type': 'Property', 'value': 'MET'}}")
                    .response()
                    .statusCode())
            .isEqualTo(403);
      }
    }

    private void judged(String pilot, String indicator) {
      var running = city.nobody().get(pilot).expect(200).items("indicators").getFirst();
      assertThat(Asker.within(running, "frozen")).isEqualTo(Value.of(false));
      pmo.step(pilot, "finish", "{'earlyFinish': 'All mornings are measured.'}").expect(200);
      var judged = city.nobody().get(pilot).expect(200);
      assertThat(judged.text("state")).isEqualTo("EVALUATING");
      var shown = (Value.Struct) judged.items("indicators").getFirst();
      assertThat(shown.members())
          .containsKeys("name", "unit", "interval", "verdictReasons", "definitionHash")
          .containsEntry("frozen", Value.of(true))
          .containsEntry("verdict", Value.of("MET"));
      assertThat(Asker.within(shown, "measured", "value").asNumber())
          .isEqualTo(BikeReadings.count("Neihu", BikeReadings.AFTER).share());
      assertThat(Asker.within(shown, "control", "measured", "value").asNumber())
          .isEqualTo(BikeReadings.count("Shilin", BikeReadings.AFTER).share());
      assertThat(Asker.within(shown, "effect").asNumber())
          .isEqualTo(BikeReadings.effect(), within(1e-12));
      assertThat(city.nobody().get(indicator + "/check").expect(200).at("intact"))
          .isEqualTo(Value.of(true));
    }

    private void gated(String pilot) {
      pmo.post(GATES, gate(pilot)).expect(403);
      var gate = city.person("b1").post(GATES, gate(pilot)).expect(201).header("Location");
      assertThat(board.step(pilot, "gateScale", "{}").expect(409).text()).contains("quorum");
      city.person("b1").post(gate + "/votes", "{'approve': true}").expect(403);
      for (var voter : city.people(BOARD.subList(1, 4)))
        voter.post(gate + "/votes", "{'approve': true}").expect(201);
      assertThat(board.step(pilot, "gateScale", "{}").expect(200).text("state"))
          .isEqualTo("SCALED");
      assertThat(pmo.get(GRANTS + "?pilot=" + last(pilot)).expect(200).each("state"))
          .containsExactly("REVOKED");
    }

    private static String gate(String pilot) {
      return """
      {'pilot': '%s', 'outcome': 'SCALE', 'rationale': 'It works.', 'route': 'procure'}
      """
          .formatted(last(pilot));
    }

    private void events(String pilot) {
      var events = city.nobody().get(pilot + "/events").expect(200);
      assertThat(events.each("action"))
          .containsSubsequence("create", "amend", "makeReady", "start", "finish", "gateScale");
      assertThat(events.each("hash")).doesNotHaveDuplicates();
      assertThat(events.text()).doesNotContain(city.id("po"));
    }

    private static String quoted(String id) {
      return "'" + id + "'";
    }

    /// The id that a path ends with.
    private static String last(String path) {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }
}
