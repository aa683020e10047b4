package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.OTHER_TEAM;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.ProgrammeCity.holding;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;
import static plaza.testkit.Eventually.eventually;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.programme.demand.NewNeed;
import plaza.programme.figures.Window;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;
import plaza.testkit.TestCity;

/// The line that everything hangs on: from what one person lacks to what the data say about it.
class MainLineTest {
  private final ProgrammeCity city = city();
  private final Caller moderator = city.person("mei", "moderator");
  private final Caller pmo = city.person("po", "pmo");
  private final Caller officer = city.person("otto", "departmentOfficer");
  private final Caller sponsor = city.member("sue", DEPARTMENT, "sponsor");
  private final Caller steward = city.person("dan", "dataSteward");
  private final Caller builder = city.member("bea", TEAM, "innovator");
  private final List<Caller> board =
      List.of(
          city.person("b1", "programmeBoard"),
          city.person("b2", "programmeBoard"),
          city.person("b3", "programmeBoard"),
          city.person("b4", "programmeBoard"));
  private final List<Caller> panel =
      List.of(
          city.person("p1", "panelMember"),
          city.person("p2", "panelMember"),
          city.person("p3", "panelMember"),
          city.person("p4", "panelMember"));

  ProgrammeCity city() {
    return new ProgrammeCity();
  }

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void aNeedBecomesAPilotThatItsOwnDataJudge() {
    city.people.join("urn:plaza:person:p4", TEAM);
    readings();
    var cluster = demand();
    var challenge = call(cluster);
    var pilot = decided(challenge);
    pilot = prepared(pilot);

    city.now = Instant.parse("2026-07-06T00:00:00Z");
    city.tick();
    pilot = city.get(Kind.PILOT, pilot.id());
    assertThat(pilot.state()).isEqualTo("ACTIVE");
    var grant = city.all(Kind.DATA_GRANT).getFirst();
    assertThat(grant.state()).isEqualTo("ACTIVE");
    assertThat(city.bindings.states).containsEntry(grant.id(), "ACTIVE");
    city.programme.follow(city.feed, List.of(Address.DEFAULT));
    figuresWhileActive();

    city.now = Instant.parse("2026-07-18T00:00:00Z");
    city.tick();
    pilot = city.get(Kind.PILOT, pilot.id());
    assertThat(pilot.state()).isEqualTo("EVALUATING");
    judged(pilot);
    gated(pilot, cluster, challenge, grant);
    eventually(() -> assertThat(figure("conversion", "value")).isEqualTo(Value.of(1.0)));
    assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
  }

  /// Four distinct people are behind the one cluster, and the pilot answers it.
  private void figuresWhileActive() {
    assertThat(figure("demandCoverage", "value")).isEqualTo(Value.of(1.0));
    assertThat(figure("demandCoverage", "n")).isEqualTo(Value.of(4));
    assertThat(figure("conversion", "value")).isEqualTo(Value.Null.VALUE);
    assertThat(figure("conversion", "high")).isEqualTo(Value.of(1.0));
    assertThat(figure("timeToPilotDays", "n")).isEqualTo(Value.of(1));
    assertThat(figure("timeToPilotDays", "median").asNumber()).isPositive();
    assertThat(figure("leverage", "value")).isEqualTo(Value.Null.VALUE);
  }

  private Value figure(String name, String member) {
    var figures =
        city.programme
            .figures()
            .of(Address.DEFAULT, new Window(null, city.now.plus(Duration.ofDays(1))));
    return ((Value.Struct) figures.members().get(name)).members().get(member);
  }

  private Dossier demand() {
    var first =
        city.programme
            .needs()
            .submit(
                nobody(),
                NewNeed.of(
                    struct(
                        """
                        {'title': 'No bike in the morning', 'field': 'TRA', 'language': 'en',
                         'location': {'type': 'Point', 'coordinates': [121.57, 25.08]}}
                        """)));
    assertThat(first.answers()).containsKey("token");
    var token = ((Value.Text) first.answers().get("token")).text();
    var need = city.move(moderator, first.record(), "publish", "{}");
    var second =
        city.programme
            .needs()
            .submit(
                city.person("rita", "verifiedResident"),
                NewNeed.of(struct("{'title': 'Mornings without bikes', 'language': 'en'}")));
    assertThat(second.record().state()).isEqualTo("PUBLISHED");
    for (var supporter : List.of("ann", "bob", "cy"))
      city.programme.needs().support(city.person(supporter, "resident"), need.id());
    city.programme.needs().support(ProgrammeCity.caller("ann"), second.record().id());
    city.programme.needs().support(holding(token), second.record().id());
    var cluster =
        city.programme
            .clusters()
            .open(
                moderator,
                struct(
                    "{'title': 'Bikes in the morning', 'needs': ['%s', '%s']}"
                        .formatted(need.id(), second.record().id())))
            .record();
    assertThat(cluster.count("supporters")).isEqualTo(4);
    city.move(officer, need, "acknowledge", "{'department': '" + DEPARTMENT + "'}");
    return cluster;
  }

  private Dossier call(Dossier cluster) {
    var challenge =
        city.programme
            .challenges()
            .draft(
                sponsor,
                struct(
                    """
                    {'title': 'Bikes at seven', 'sponsor': '%s', 'clusters': ['%s'],
                     'kind': 'TOP_DOWN', 'statement': 'Fewer empty stations in the morning.',
                     'budget': {'amount': '300000.00', 'currency': 'TWD'},
                     'opensAt': '2026-06-02T00:00:00Z', 'closesAt': '2026-06-16T00:00:00Z',
                     'rubric': [{'criterion': 'effect', 'weight': 60},
                                {'criterion': 'cost', 'weight': 40}],
                     'afterPilotIntent': 'Procure what works.',
                     'panel': ['urn:plaza:person:p1', 'urn:plaza:person:p2',
                               'urn:plaza:person:p3', 'urn:plaza:person:p4'],
                     'indicators': [%s]}
                    """
                        .formatted(DEPARTMENT, cluster.id(), MorningReadings.definition())))
            .record();
    challenge = city.move(sponsor, challenge, "submitForReview", "{}");
    assertThat(challenge.items("dataReadiness")).hasSize(1);
    city.move(board.getFirst(), challenge, "approve", "{}");
    city.pass(Duration.ofDays(1));
    assertThat(city.tick()).contains(challenge.id() + " open");
    city.move(
        pmo,
        city.get(Kind.NEED_CLUSTER, cluster.id()),
        "takeUp",
        "{'challenge': '" + challenge.id() + "'}");
    for (var need : city.all(Kind.NEED))
      if (need.is("ACKNOWLEDGED")) city.move(pmo, need, "takeUp", "{}");
    return challenge;
  }

  private Dossier decided(Dossier challenge) {
    var ours = proposal(builder, TEAM, challenge, "Rebalance by night");
    var theirs =
        proposal(city.member("carl", OTHER_TEAM, "innovator"), OTHER_TEAM, challenge, "More bikes");
    city.pass(Duration.ofDays(15));
    assertThat(city.tick()).contains(challenge.id() + " close");
    for (var proposal : List.of(ours, theirs))
      city.move(pmo, proposal, "screenIn", "{'checklist': [{'item': 'eligible', 'met': true}]}");
    for (var member : panel)
      city.programme
          .reviews()
          .declareInterests(member, challenge.id(), struct("{'conflicts': [], 'signed': true}"));
    var evaluated =
        city.move(pmo, city.get(Kind.CHALLENGE, challenge.id()), "startEvaluation", "{}");
    for (var review : city.all(Kind.REVIEW)) {
      if (review.text("reviewer").equals("urn:plaza:person:p4")
          && review.text("proposal").equals(ours.id())) {
        assertThat(review.state()).isEqualTo("RECUSED");
        continue;
      }
      city.reviewed(review, review.text("proposal").equals(ours.id()) ? 4 : 2);
    }
    city.move(board.get(1), city.get(Kind.PROPOSAL, ours.id()), "shortlist", "{}");
    city.move(board.get(1), evaluated, "decide", "{'selected': ['" + ours.id() + "']}");
    city.move(board.get(1), city.get(Kind.PROPOSAL, ours.id()), "select", "{}");
    city.move(board.get(1), city.get(Kind.PROPOSAL, theirs.id()), "notSelect", "{}");
    assertThat(city.all(Kind.PILOT)).hasSize(1);
    return city.all(Kind.PILOT).getFirst();
  }

  private Dossier proposal(Caller by, String organisation, Dossier challenge, String title) {
    var draft =
        city.programme
            .proposals()
            .draft(
                by,
                struct(
                    """
                    {'challenge': '%s', 'organisation': '%s', 'title': '%s', 'team': ['someone'],
                     'body': {'solution': 'Vans', 'trlIn': 6, 'trlOut': 8, 'dataNeeds': ['docks'],
                              'cost': '300000', 'ask': '200000', 'exitPlan': 'We take it away.'}}
                    """
                        .formatted(challenge.id(), organisation, title)))
            .record();
    var submitted = city.step(by, draft, "submit", "{}");
    assertThat(submitted.answers()).containsKeys("receipt", "nonce");
    return submitted.record();
  }

  private Dossier prepared(Dossier pilot) {
    var desk = city.programme.pilots();
    desk.amend(
        pmo,
        pilot.id(),
        struct(
            """
            {'startDate': '2026-07-06T00:00:00Z', 'endDate': '2026-07-18T00:00:00Z',
             'notNeeded': ['bookings', 'regulation'], 'insurance': 'policy 1',
             'agreement': {'text': 'We agree.', 'maximumEnd': '2026-12-31T00:00:00Z'}}
            """),
        null);
    desk.sign(pmo, pilot.id());
    desk.sign(builder, pilot.id());
    var indicator = city.all(Kind.INDICATOR).getFirst();
    city.programme.indicators().lock(pmo, indicator.id());
    var frozen = city.programme.indicators().freezeBaseline(pmo, indicator.id()).record();
    // 6 of every 10 minutes empty, on each of five days.
    assertThat(frozen.findStruct("baseline").orElseThrow().members())
        .containsEntry("value", Value.of(0.6))
        .containsEntry("coverage", Value.of(1.0));
    var grant =
        city.programme
            .grants()
            .request(
                builder,
                struct(
                    """
                    {'pilot': '%s', 'types': ['%s'], 'endDate': '2026-08-01T00:00:00Z',
                     'purpose': 'plan the vans'}
                    """
                        .formatted(pilot.id(), TestCity.STATION)))
            .record();
    grant = city.move(steward, grant, "review", "{}");
    city.move(steward, grant, "approve", "{'licence': 'OGDL-Taiwan-1.0'}");
    return city.move(pmo, city.get(Kind.PILOT, pilot.id()), "makeReady", "{}");
  }

  private void judged(Dossier pilot) {
    var view = city.programme.view(nobody(), Kind.PILOT, pilot.id());
    var indicator = (Value.Struct) ((Value.Items) view.members().get("indicators")).items().get(0);
    assertThat(indicator.members())
        .containsEntry("verdict", Value.of("MET"))
        .containsEntry("effect", Value.of(0.2 - 0.6));
    assertThat(indicator.members().keySet())
        .contains("name", "unit", "baseline", "measured", "control", "effect", "interval");
  }

  private void gated(Dossier pilot, Dossier cluster, Dossier challenge, Dossier grant) {
    var gate =
        city.programme
            .gates()
            .open(
                board.getFirst(),
                struct(
                    """
                    {'pilot': '%s', 'outcome': 'SCALE', 'rationale': 'It works.', 'route': 'procure'}
                    """
                        .formatted(pilot.id())))
            .record();
    for (var member : board.subList(1, 4))
      city.programme.gates().vote(member, gate.id(), struct("{'approve': true}"));
    var scaled = city.move(board.get(1), pilot, "gateScale", "{}");
    assertThat(scaled.state()).isEqualTo("SCALED");
    assertThat(city.all(Kind.SERVICE)).singleElement().satisfies(s -> s.is("DRAFT"));
    city.tick();
    assertThat(city.get(Kind.CHALLENGE, challenge.id()).state()).isEqualTo("COMPLETED");
    for (var need : city.all(Kind.NEED))
      if (need.is("IN_PROGRAMME")) city.move(pmo, need, "resolve", "{}");
    assertThat(city.all(Kind.NEED)).anyMatch(need -> need.is("MET"));
    assertThat(city.get(Kind.NEED_CLUSTER, cluster.id()).state()).isEqualTo("IN_CHALLENGE");
    assertThat(city.get(Kind.DATA_GRANT, grant.id()).state()).isEqualTo("REVOKED");
    assertThat(city.bindings.states).containsEntry(grant.id(), "REVOKED");
  }

  /// One station of the district, and one elsewhere that has none.
  private void readings() {
    MorningReadings.write(city);
    city.station("urn:ngsi-ld:BikeHireDockingStation:2", "Elsewhere", Map.of());
  }
}
