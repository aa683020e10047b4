package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Address;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.json.Json;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// What must hold of calls after any sequence of commands: sealed is sealed (I2), the rubric is
/// frozen (I3), nobody with a tie scores (I4), nobody approves their own (I5). A run is named by
/// its seed.
class CallInvariantsTest {
  private static final int COMMANDS = 700;
  private static final String MARK = "unread-until-closed-";

  private final List<String> organisations = List.of("urn:o:1", "urn:o:2", "urn:o:3", "urn:o:4");
  private final Map<String, String> rubrics = new HashMap<>();
  private final Map<String, String> sealed = new HashMap<>();
  private int written;

  /// The city and everybody in it.
  private record Cast(
      ProgrammeCity city,
      Random random,
      List<Caller> office,
      List<Caller> board,
      List<Caller> panel,
      List<Caller> teams,
      List<Caller> sponsors) {
    Caller any(List<Caller> of) {
      return of.get(random.nextInt(of.size()));
    }

    List<Caller> everybody() {
      var all = new ArrayList<>(office);
      for (var group : List.of(board, panel, teams, sponsors)) all.addAll(group);
      all.add(nobody());
      return all;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void callsAreFairWhateverIsDoneInWhateverOrder(long seed) {
    try (var city = new ProgrammeCity()) {
      var cast = cast(city, new Random(seed));
      for (int i = 0; i < COMMANDS; i++) {
        try {
          command(cast);
        } catch (Refusal refused) {
          assertThat(refused).isNotInstanceOf(Refusal.Unsupported.class);
        }
        if (i % 5 == 0) city.tick();
        if (i % 20 == 0) assertSealed(cast);
        assertRubricsFrozen(city);
        assertNoTie(city);
        assertNotTheirOwn(city);
      }
      assertThat(city.all(Kind.REVIEW)).as("some were judged").anyMatch(r -> r.is("FINAL"));
      assertThat(sealed).as("some were sealed").isNotEmpty();
      assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
    }
  }

  private Cast cast(ProgrammeCity city, Random random) {
    var office =
        List.of(
            city.person("po1", "pmo"),
            city.person("po2", "pmo", "programmeBoard"),
            city.person("au", "auditor"),
            city.person("ad", "admin", "moderator", "dataSteward", "financeOfficer"));
    var board = new ArrayList<Caller>();
    var panel = new ArrayList<Caller>();
    var teams = new ArrayList<Caller>();
    for (int i = 0; i < 3; i++) board.add(city.person("b" + i, "programmeBoard"));
    for (int i = 0; i < 5; i++) panel.add(city.person("p" + i, "panelMember"));
    for (int i = 0; i < 4; i++) teams.add(city.member("t" + i, organisations.get(i), "innovator"));
    city.people.join("urn:plaza:person:p4", organisations.get(random.nextInt(4)));
    if (random.nextBoolean()) city.people.join("urn:plaza:person:b0", DEPARTMENT);
    plant(city, "1", "'urn:o:1'", "'partners': ['urn:o:2'], 'endDate': '2026-01-01T00:00:00Z'");
    plant(city, "2", "'urn:o:3'", "'partners': ['urn:o:4'], 'endDate': '2020-01-01T00:00:00Z'");
    var sponsors = List.of(city.member("s1", DEPARTMENT, "sponsor", "programmeBoard"));
    return new Cast(city, random, office, board, panel, teams, sponsors);
  }

  private static void plant(ProgrammeCity city, String local, String organisation, String more) {
    var json = "{'title': 't', 'organisation': %s, %s}".formatted(organisation, more);
    var members = struct(json).members();
    var record = Dossier.of(Kind.PILOT, "urn:ngsi-ld:Pilot:" + local, "STOPPED", members);
    for (var edit : Dossiers.edits(null, record)) city.write(edit);
  }

  private void command(Cast cast) {
    var city = cast.city();
    var random = cast.random();
    var calls = city.all(Kind.CHALLENGE);
    var running =
        calls.stream().filter(c -> !c.is("DECIDED", "UNSUCCESSFUL", "CANCELLED")).toList();
    if (running.isEmpty()) {
      draft(cast);
      return;
    }
    var call = running.get(random.nextInt(running.size()));
    switch (call.state()) {
      case "DRAFT", "IN_REVIEW" -> prepare(cast, call);
      case "SCHEDULED", "OPEN" -> propose(cast, call);
      case "CLOSED" -> screen(cast, call);
      default -> evaluate(cast, call);
    }
  }

  private void draft(Cast cast) {
    var opens = cast.city().now.plus(Duration.ofDays(1));
    cast.city()
        .programme
        .challenges()
        .draft(
            cast.any(cast.sponsors()),
            struct(
                """
                {'title': 'c', 'sponsor': '%s', 'departmentStatement': 's', 'inKind': 'a room',
                 'kind': 'SPRINT', 'opensAt': '%s', 'closesAt': '%s', 'afterPilotIntent': 'buy',
                 'rubric': [{'criterion': 'effect', 'weight': 60},
                            {'criterion': 'cost', 'weight': 40}],
                 'panel': ['urn:plaza:person:p0', 'urn:plaza:person:p1', 'urn:plaza:person:p2',
                           'urn:plaza:person:p3', 'urn:plaza:person:p4'],
                 'indicators': [{'name': 'n', 'unit': 'u', 'entityType': 'urn:t:1',
                   'attribute': 'urn:a:1', 'population': {'name': 'x', 'attribute': 'urn:a:2',
                   'equals': 'y'}, 'hours': {'days': ['MONDAY'], 'from': '07:00', 'until': '09:00',
                   'zone': 'UTC'}, 'baseline': {'from': '2026-05-04', 'to': '2026-05-08'},
                   'measurement': {'from': '2026-09-07', 'to': '2026-09-11'},
                   'direction': 'LOWER_IS_BETTER', 'target': 0}]}
                """
                    .formatted(DEPARTMENT, opens, opens.plus(Duration.ofDays(3)))));
  }

  private void prepare(Cast cast, Dossier call) {
    var city = cast.city();
    var everybody = cast.everybody();
    switch (cast.random().nextInt(5)) {
      case 0 -> city.move(cast.any(cast.sponsors()), call, "submitForReview", "{}");
      case 1 ->
          city.programme
              .challenges()
              .amend(
                  cast.any(everybody),
                  call.id(),
                  struct("{'closesAt': '%s'}".formatted(call.text("closesAt"))),
                  null);
      case 2 -> city.move(cast.any(cast.office()), call, "return", "{'comment': 'c'}");
      default -> city.move(cast.any(everybody), call, "approve", "{}");
    }
  }

  private void propose(Cast cast, Dossier call) {
    var city = cast.city();
    var random = cast.random();
    int team = random.nextInt(4);
    var member = cast.teams().get(team);
    var theirs =
        city.all(Kind.PROPOSAL).stream()
            .filter(p -> p.texts("organisation").contains(organisations.get(team)))
            .filter(p -> p.texts("challenge").contains(call.id()))
            .toList();
    if (theirs.isEmpty()) {
      city.programme
          .proposals()
          .draft(
              member,
              struct(
                  """
                  {'challenge': '%s', 'organisation': '%s', 'title': 'p', 'team': ['t'],
                   'funders': [%s], 'body': {'solution': '%s%d', 'trlIn': 6, 'trlOut': 8,
                   'dataNeeds': [], 'cost': '1', 'ask': '1', 'exitPlan': 'e'}}
                  """
                      .formatted(
                          call.id(),
                          organisations.get(team),
                          random.nextInt(3) == 0
                              ? "'" + organisations.get(random.nextInt(4)) + "'"
                              : "",
                          MARK,
                          ++written)));
      return;
    }
    var proposal = theirs.getFirst();
    switch (random.nextInt(9)) {
      case 0, 1, 2, 3 -> {
        var outcome = city.step(member, proposal, "submit", "{}");
        sealed.put(proposal.id(), ((Value.Text) outcome.answers().get("nonce")).text());
      }
      case 4 -> city.move(member, proposal, "reviseBeforeDeadline", "{}");
      case 5 ->
          city.programme.challenges().amend(cast.any(cast.sponsors()), call.id(), rubric(), null);
      case 6 -> {
        if (random.nextInt(4) == 0) city.move(member, proposal, "withdraw", "{}");
      }
      default -> city.pass(Duration.ofHours(random.nextInt(12)));
    }
  }

  private static Value.Struct rubric() {
    return struct("{'rubric': [{'criterion': 'whom we know', 'weight': 100}]}");
  }

  private void screen(Cast cast, Dossier call) {
    var city = cast.city();
    var random = cast.random();
    var officer = cast.office().get(random.nextInt(2));
    var proposals = ofCall(city, call);
    if (proposals.isEmpty()) {
      city.move(officer, call, "declareUnsuccessful", "{}");
      return;
    }
    var proposal = proposals.get(random.nextInt(proposals.size()));
    int team = organisations.indexOf(proposal.text("organisation"));
    switch (random.nextInt(10)) {
      case 0, 1, 2 ->
          city.move(officer, proposal, "screenIn", "{'checklist': [{'item': 'i', 'met': true}]}");
      case 3 -> {
        if (random.nextInt(3) == 0)
          city.move(officer, proposal, "screenOut", "{'failedCriterion': 'late'}");
      }
      case 4 -> city.move(cast.teams().get(team), proposal, "appeal", "{'appeal': 'no'}");
      case 5 -> city.move(officer, proposal, "upholdAppeal", "{'reason': 'r'}");
      case 6, 7 -> declare(cast, call);
      case 8 -> prove(cast, proposal, team);
      default -> city.move(officer, call, "startEvaluation", "{}");
    }
  }

  private static void declare(Cast cast, Dossier call) {
    var random = cast.random();
    for (var member : random.nextBoolean() ? cast.panel() : List.of(cast.any(cast.panel())))
      cast.city()
          .programme
          .reviews()
          .declareInterests(
              member,
              call.id(),
              struct(
                  "{'conflicts': [%s], 'signed': true}"
                      .formatted(
                          random.nextInt(6) == 0
                              ? "'urn:o:" + (1 + random.nextInt(4)) + "'"
                              : "")));
  }

  /// Who has the nonce proves that the body is the one that was sealed; no other does.
  private void prove(Cast cast, Dossier proposal, int team) {
    var nonce = sealed.get(proposal.id());
    if (nonce == null || !proposal.has("sealHash")) return;
    var member = cast.teams().get(team);
    var receipts = cast.city().programme.calls().receipts();
    for (var tried : List.of(nonce, "another"))
      assertThat(
              receipts.check(member, proposal.id(), struct("{'nonce': '" + tried + "'}")).members())
          .containsEntry("matches", Value.of(tried.equals(nonce)));
    assertThat(receipts.find(nobody(), proposal.id()).members())
        .containsEntry("receipt", Value.of(proposal.text("sealHash")));
  }

  private void evaluate(Cast cast, Dossier call) {
    var city = cast.city();
    var random = cast.random();
    var reviews =
        city.all(Kind.REVIEW).stream()
            .filter(r -> r.texts("challenge").contains(call.id()))
            .toList();
    var review = reviews.get(random.nextInt(reviews.size()));
    var reviewer = ProgrammeCity.caller(review.text("reviewer").substring(17));
    var someone = random.nextInt(5) == 0 ? cast.any(cast.panel()) : reviewer;
    var scores =
        """
        {'scores': [{'criterion': 'effect', 'score': %d, 'comment': 'c'},
                    {'criterion': 'cost', 'score': 3, 'comment': 'c'}]}
        """
            .formatted(random.nextInt(6));
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 ->
          city.move(someone, review, "declareNoConflict", "{'declarationSigned': true}");
      case 4, 5, 6, 7 -> city.move(someone, review, "score", scores);
      case 8 -> city.move(someone, review, "revise", scores);
      case 9, 10, 11 -> city.move(someone, review, "finalise", "{}");
      case 12 -> declare(cast, call);
      case 13 -> {
        var proposal = ofCall(city, call).get(random.nextInt(ofCall(city, call).size()));
        if (proposal.is("ELIGIBLE")) city.move(cast.any(cast.board()), proposal, "shortlist", "{}");
        else screen(cast, call);
      }
      case 14 -> city.pass(Duration.ofHours(random.nextInt(20)));
      default -> {
        var listed = ofCall(city, call).stream().filter(p -> p.is("SHORTLISTED")).toList();
        if (listed.isEmpty() || random.nextInt(4) > 0) return;
        city.move(
            cast.any(cast.board()),
            call,
            "decide",
            "{'selected': ['%s'], 'deviation': 'd'}".formatted(listed.getFirst().id()));
      }
    }
  }

  private static List<Dossier> ofCall(ProgrammeCity city, Dossier call) {
    return city.all(Kind.PROPOSAL).stream()
        .filter(p -> p.texts("challenge").contains(call.id()))
        .toList();
  }

  /// I2: until the call closes no view, list, event or public attribute shows a body, to nobody.
  private static void assertSealed(Cast cast) {
    var city = cast.city();
    var open = new HashMap<String, Dossier>();
    for (var proposal : city.all(Kind.PROPOSAL))
      if (proposal.is("SUBMITTED")
          && !city.get(Kind.CHALLENGE, proposal.text("challenge")).has("unsealedAt"))
        open.put(mark(proposal), proposal);
    if (open.isEmpty()) return;
    for (var caller : cast.everybody()) {
      var seen = new StringBuilder();
      for (var kind : List.of(Kind.PROPOSAL, Kind.CHALLENGE, Kind.TRANSITION_EVENT))
        for (var view : city.programme.list(caller, kind, List.of(), 0, 1_000))
          seen.append(Json.text(view));
      for (var proposal : open.values()) {
        for (var event : city.programme.events(caller, proposal.id()))
          seen.append(Json.text(event));
        try {
          seen.append(Json.text(city.programme.view(caller, Kind.PROPOSAL, proposal.id())));
        } catch (Refusal.NotFound _) {
          continue;
        }
        assertThat(
                city.programme.list(
                    caller, Kind.PROPOSAL, List.of(new Having("body", mark(proposal))), 0, 10))
            .isEmpty();
      }
      assertThat(marks(seen.toString()))
          .as(caller.toString())
          .doesNotContainAnyElementsOf(open.keySet());
    }
    var shown = new StringBuilder();
    city.reader.each(
        Dossiers.PROGRAMME,
        Address.DEFAULT,
        Query.EVERYTHING,
        entity -> {
          for (var attribute : entity.attributes())
            if (!Names.isPrivate(attribute.name())
                || attribute.name().equals(Names.PRIVATE + "text")) shown.append(attribute);
          return true;
        });
    assertThat(marks(shown.toString())).doesNotContainAnyElementsOf(open.keySet());
  }

  private static Set<String> marks(String text) {
    var found = new HashSet<String>();
    var matcher = java.util.regex.Pattern.compile(MARK + "\\d+").matcher(text);
    while (matcher.find()) found.add(matcher.group());
    return found;
  }

  private static String mark(Dossier proposal) {
    var body = proposal.findStruct("body").orElseThrow().members();
    return ((Value.Text) body.get("solution")).text();
  }

  /// I3.
  private void assertRubricsFrozen(ProgrammeCity city) {
    for (var call : city.all(Kind.CHALLENGE)) {
      if (call.is("DRAFT", "IN_REVIEW")) continue;
      var rubric = Canonical.hash(new Value.Items(call.items("rubric")));
      assertThat(call.text("rubricHash")).isEqualTo(rubric);
      assertThat(rubrics.putIfAbsent(call.id(), rubric)).isIn(null, rubric);
    }
  }

  /// I4: who has scored is not of the proposer, does not fund it, shared no pilot with it in 24
  /// months; and nobody finalises after declaring a conflict.
  private static void assertNoTie(ProgrammeCity city) {
    for (var review : city.all(Kind.REVIEW)) {
      if (!review.is("CLEARED", "SCORED", "FINAL")) continue;
      var reviewer = review.text("reviewer");
      var proposal = city.get(Kind.PROPOSAL, review.text("proposal"));
      var standing = city.people.standing(plaza.ledger.Actor.of(reviewer), "default");
      assertThat(standing.belongsToAny(proposal.texts("organisation"))).isFalse();
      assertThat(standing.belongsToAny(proposal.texts("funders"))).isFalse();
      var partnersOfOne = Set.of("urn:o:1", "urn:o:2");
      if (partnersOfOne.contains(proposal.text("organisation")))
        assertThat(standing.belongsToAny(partnersOfOne)).as("a joint pilot").isFalse();
    }
  }

  /// I5: who approved a call wrote nothing of it and is not of its sponsor; who answered an appeal
  /// did not screen.
  private static void assertNotTheirOwn(ProgrammeCity city) {
    for (var call : city.all(Kind.CHALLENGE)) {
      if (!call.has("approvedBy")) continue;
      assertThat(call.texts("draftedBy")).doesNotContain(call.text("approvedBy"));
      assertThat(
              city.people
                  .standing(plaza.ledger.Actor.of(call.text("approvedBy")), "default")
                  .belongsToAny(call.texts("sponsor")))
          .isFalse();
    }
  }
}
