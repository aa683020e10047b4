package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import plaza.graph.Value;

/// The call: a challenge that the office reviews, proposals that nobody reads before it closes, a
/// panel of which one is recused, a decision.
final class LineCall {
  static final List<String> PANEL = List.of("p1", "p2", "p3", "p4");
  static final String CHALLENGES = "/api/v1/challenges";
  private static final String PROPOSALS = "/api/v1/proposals";
  private static final String REVIEWS = "/api/v1/reviews";
  // Long enough to answer it, with what the machine has shown so far that it needs.
  private static final Duration CALL = Duration.ofSeconds(14);

  private final CityPeople city;
  private final Asker pmo;
  private final Asker steward;
  private final Asker builder;
  private final Asker board;

  LineCall(CityPeople city) {
    this.city = city;
    pmo = city.person("po");
    steward = city.person("dan");
    builder = city.person("bea");
    board = city.person("b2");
  }

  String challenge(String cluster) {
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
                        now.plus(CALL).plus(city.age()),
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
  List<String> proposals(String challenge) {
    var ours = proposal(builder, "Night Wheels", challenge);
    var theirs = proposal(city.person("carl"), "Day Wheels", challenge);
    var sealed = pmo.get(PROPOSALS + "/" + ours).expect(200);
    assertThat(sealed.text("state")).isEqualTo("SUBMITTED");
    assertThat(sealed.text()).doesNotContain("vans of").doesNotContain("\"body\"");
    assertThat(pmo.get(PROPOSALS + "?limit=100").expect(200).text()).doesNotContain("vans of");
    assertThat(pmo.get(PROPOSALS + "/" + ours + "/events").expect(200).text())
        .doesNotContain("vans of");
    assertThat(steward.get(LinePilot.ENTITIES + "/" + ours).text()).doesNotContain("vans of");
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
    var receipt = PROPOSALS + "/" + draft.text("id") + "/receipt";
    assertThat(city.nobody().get(receipt).expect(200).text("receipt"))
        .isEqualTo(submitted.text("receipt"));
    var proof = by.post(receipt, "{'nonce': '" + submitted.text("nonce") + "'}").expect(200);
    assertThat(proof.at("matches")).isEqualTo(Value.of(true));
    return draft.text("id");
  }

  void reviewed(String challenge, List<String> proposals) {
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
        if (name.equals("p4") && ours) assertThat(reviews.each("state")).containsExactly("RECUSED");
        else review(city.person(name), REVIEWS + "/" + reviews.each("id").getFirst(), ours ? 4 : 2);
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

  String decided(String challenge, List<String> proposals) {
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

  private static String last(String path) {
    return CityPeople.last(path);
  }

  private static String quoted(String id) {
    return "'" + id + "'";
  }
}
