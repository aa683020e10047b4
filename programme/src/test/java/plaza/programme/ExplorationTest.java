package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.OTHER_TEAM;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;
import plaza.testkit.TestCity;

/// Some teams are paid to explore before one is selected.
class ExplorationTest {
  private static final String CALL = "urn:ngsi-ld:Challenge:c";
  private static final String OURS = "urn:ngsi-ld:Proposal:ours";
  private static final String THEIRS = "urn:ngsi-ld:Proposal:theirs";
  private static final String HANDED_IN =
      "{'documents': [{'title': 'Report', 'url': 'https://docs.example/1', 'sha256': '"
          + "ab".repeat(32)
          + "'}]}";

  /// A call in evaluation with two shortlisted proposals and room for one or more to explore.
  private static Dossier call(ProgrammeCity city, int teams) {
    plant(
        city,
        Kind.CHALLENGE,
        CALL,
        "EVALUATING",
        """
        {'title': 'c', 'sponsor': '%s', 'rubric': [{'criterion': 'effect', 'weight': 100}],
         'ipTerms': 'The team keeps its rights.', 'deviation': 'no reviews in this test',
         'exploration': {'days': 21, 'pay': {'amount': '5000.00', 'currency': 'EUR'}, 'teams': %d},
         'indicators': [{'name': 'n', 'unit': 'u', 'entityType': '%s', 'attribute': '%s',
            'hours': {'days': ['MONDAY'], 'from': '07:00', 'until': '09:00', 'zone': '+08:00'},
            'population': {'name': 'all', 'attribute': 'urn:a:d', 'equals': 'x'}, 'direction': 'LOWER_IS_BETTER', 'target': 1,
            'baseline': {'from': '2026-05-04', 'to': '2026-05-08'},
            'measurement': {'from': '2026-09-07', 'to': '2026-09-11'}}]}
        """
            .formatted(DEPARTMENT, teams, TestCity.STATION, TestCity.BIKES));
    for (var proposal : List.of(OURS, THEIRS))
      plant(
          city,
          Kind.PROPOSAL,
          proposal,
          "SHORTLISTED",
          "{'title': 'p', 'challenge': '%s', 'organisation': '%s', 'team': ['t']}"
              .formatted(CALL, proposal.equals(OURS) ? TEAM : OTHER_TEAM));
    return city.get(Kind.PROPOSAL, OURS);
  }

  private static void plant(ProgrammeCity city, Kind kind, String id, String state, String json) {
    for (var edit : Dossiers.edits(null, Dossier.of(kind, id, state, struct(json).members())))
      city.write(edit);
  }

  @Test
  void aTeamIsPaidToExploreWithASampleOfTheDataAndThenSelected() {
    try (var city = new ProgrammeCity()) {
      var board = city.person("b", "programmeBoard");
      var pmo = city.person("po", "pmo");
      var steward = city.person("dan", "dataSteward");
      var finance = city.person("fin", "financeOfficer");
      var builder = city.member("bea", TEAM, "innovator");
      var proposal = call(city, 1);
      assertThatThrownBy(() -> city.move(board, city.get(Kind.PROPOSAL, OURS), "select", "{}"))
          .hasMessageContaining("noExplorationStage");

      city.step(board, proposal, "explore", "{}");

      assertThatThrownBy(() -> city.move(board, city.get(Kind.PROPOSAL, THEIRS), "explore", "{}"))
          .hasMessageContaining("explorationPlaceFree");
      var contract = city.all(Kind.EXPLORATION).getFirst();
      assertThat(contract.text("amount")).isEqualTo("5000.00");
      assertThat(contract.text("terms")).isEqualTo("The team keeps its rights.");
      assertThatThrownBy(() -> city.programme.view(nobody(), Kind.EXPLORATION, contract.id()))
          .as("a contract that is not signed is not public")
          .isInstanceOf(Refusal.NotFound.class);
      var grant = city.all(Kind.DATA_GRANT).getFirst();
      assertThat(grant.texts("types")).containsExactly(TestCity.STATION);
      city.move(steward, grant, "review", "{}");
      city.move(steward, grant, "approve", "{'licence': 'CC0-1.0'}");
      city.tick();
      assertThat(city.get(Kind.DATA_GRANT, grant.id()).state()).isEqualTo("APPROVED");

      city.pass(Duration.ofDays(3));
      city.programme.calls().explorations().sign(builder, contract.id());
      city.tick();
      assertThat(city.get(Kind.EXPLORATION, contract.id()).state()).isEqualTo("SIGNING");
      city.programme.calls().explorations().sign(pmo, contract.id());
      var began = city.now;
      city.tick();
      assertThat(city.get(Kind.EXPLORATION, contract.id()).moment("endDate"))
          .as("signing late takes no days away")
          .isEqualTo(began.plus(Duration.ofDays(21)));
      assertThat(city.bindings.states).containsEntry(grant.id(), "ACTIVE");
      assertThat(
              city.programme.calls().explorations().issueKey(builder, contract.id(), "k").answers())
          .containsKey("key");

      assertThatThrownBy(() -> city.move(finance, contract, "pay", "{'amount': '5000.01'}"))
          .hasMessageContaining("paidWithinContract");
      city.move(finance, contract, "pay", "{'amount': '1666.67', 'reference': 'INV 1'}");
      assertThatThrownBy(() ->
              city.move(
                  board,
                  city.get(Kind.CHALLENGE, CALL),
                  "decide",
                  "{'selected': ['" + OURS + "']}"))
          .hasMessageContaining("explorationsDone");
      city.move(builder, contract, "handIn", HANDED_IN);
      var seen = city.programme.view(nobody(), Kind.EXPLORATION, contract.id()).members();
      assertThat(seen).containsEntry("paid", Value.of("1666.67"));
      assertThat(seen).doesNotContainKeys("documents", "references", "terms");

      selected(city, board);
      assertThat(city.get(Kind.EXPLORATION, contract.id()).state()).isEqualTo("ENDED");
      assertThat(city.bindings.states).containsEntry(grant.id(), "REVOKED");
      assertThat(city.bindings.ended).contains(contract.id());
      city.move(finance, city.get(Kind.EXPLORATION, contract.id()), "pay", "{'amount': '3333.33'}");
      assertThat(city.get(Kind.EXPLORATION, contract.id()).text("paid")).isEqualTo("5000.00");
      assertThat(city.all(Kind.PILOT)).hasSize(1);
      assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
    }
  }

  /// The call is decided as if its panel had said enough; who explored is selected.
  private static void selected(ProgrammeCity city, Caller board) {
    plant(
        city, Kind.PROPOSAL, "urn:ngsi-ld:Proposal:x", "NOT_SELECTED", "{'challenge': 'urn:x:1'}");
    var decided = city.get(Kind.CHALLENGE, CALL).in("DECIDED").with("selected", List.of(OURS));
    for (var edit : Dossiers.edits(city.get(Kind.CHALLENGE, CALL), decided)) city.write(edit);
    city.move(board, city.get(Kind.PROPOSAL, OURS), "select", "{}");
  }

  @Test
  void aContractThatIsNotSignedInTimeLapses() {
    try (var city = new ProgrammeCity()) {
      var board = city.person("b", "programmeBoard");
      city.move(board, call(city, 2), "explore", "{}");
      city.pass(Duration.ofDays(30));

      city.tick();

      assertThat(city.all(Kind.EXPLORATION).getFirst().state()).isEqualTo("LAPSED");
      var builder = city.member("bea", TEAM, "innovator");
      assertThatThrownBy(() ->
              city.programme
                  .calls()
                  .explorations()
                  .sign(builder, city.all(Kind.EXPLORATION).getFirst().id()))
          .isInstanceOf(Refusal.Conflict.class);
    }
  }

  @Test
  void nobodyHandsInForAnotherTeamNorAfterTheEnd() {
    try (var city = new ProgrammeCity()) {
      var stranger = city.member("cy", OTHER_TEAM, "innovator");
      var builder = city.member("bea", TEAM, "innovator");
      plant(
          city,
          Kind.EXPLORATION,
          "urn:ngsi-ld:Exploration:e",
          "ACTIVE",
          "{'organisation': '%s', 'proposal': '%s', 'endDate': '2026-06-02T00:00:00Z'}"
              .formatted(TEAM, OURS));
      var running = city.get(Kind.EXPLORATION, "urn:ngsi-ld:Exploration:e");
      assertThatThrownBy(() -> city.move(stranger, running, "handIn", HANDED_IN))
          .isInstanceOf(Refusal.Forbidden.class);
      city.pass(Duration.ofDays(2));
      assertThatThrownBy(() -> city.move(builder, running, "handIn", HANDED_IN))
          .hasMessageContaining("before endDate");
    }
  }

  /// I6 for explorations: whatever is done in whatever order, with restarts, no sample is granted
  /// outside a running exploration, and no more is paid than was agreed.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noSampleIsGrantedOutsideARunningExploration(long seed) {
    var city = new ProgrammeCity();
    try {
      var random = new Random(seed);
      var office = city.person("office", "pmo", "dataSteward", "programmeBoard", "financeOfficer");
      for (var team : List.of(TEAM, OTHER_TEAM)) city.member("of" + team.length(), team);
      call(city, 1);
      for (int i = 0; i < 400; i++) {
        try {
          command(city, random, office);
        } catch (Refusal refused) {
          assertThat(refused).isNotInstanceOf(Refusal.Unsupported.class);
        }
        if (random.nextInt(50) == 0) city = city.restarted();
        city.tick();
        assertSound(city);
      }
      assertThat(city.all(Kind.EXPLORATION)).anyMatch(one -> one.has("endedAt"));
      assertThat(city.all(Kind.DATA_GRANT)).anyMatch(grant -> grant.is("REVOKED", "EXPIRED"));
      assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
    } finally {
      city.close();
    }
  }

  private static void command(ProgrammeCity city, Random random, Caller office) {
    var explorations = city.all(Kind.EXPLORATION);
    var grants = city.all(Kind.DATA_GRANT);
    var proposals = city.all(Kind.PROPOSAL);
    var proposal = proposals.get(random.nextInt(proposals.size()));
    if (explorations.isEmpty() || random.nextInt(10) == 0) {
      if (random.nextInt(3) == 0 && proposals.size() < 12)
        plant(
            city,
            Kind.PROPOSAL,
            "urn:ngsi-ld:Proposal:p" + proposals.size(),
            "SHORTLISTED",
            "{'title': 'p', 'challenge': '%s', 'organisation': '%s'}"
                .formatted(CALL, random.nextBoolean() ? TEAM : OTHER_TEAM));
      city.move(office, proposal, "explore", "{}");
      return;
    }
    var exploration = explorations.get(random.nextInt(explorations.size()));
    var member = ProgrammeCity.caller("of" + exploration.text("organisation").length());
    switch (random.nextInt(9)) {
      case 0 -> city.programme.calls().explorations().sign(office, exploration.id());
      case 1 -> city.programme.calls().explorations().sign(member, exploration.id());
      case 2 -> city.pass(Duration.ofDays(random.nextInt(9)));
      case 3 -> city.move(office, exploration, "pay", "{'amount': '1250.25'}");
      case 4 -> {
        if (random.nextInt(4) == 0)
          city.move(
              office,
              proposal,
              "notSelect",
              "{'feedback': [{'criterion': 'effect', 'text': 'too small'}]}");
      }
      default -> {
        if (grants.isEmpty()) return;
        var grant = grants.get(random.nextInt(grants.size()));
        var actions = List.of("review", "approve", "approve", "suspend", "resume");
        var action = actions.get(random.nextInt(actions.size()));
        city.move(
            office,
            grant,
            action,
            switch (action) {
              case "approve" -> "{'licence': 'CC0-1.0'}";
              case "suspend" -> "{'reason': 'r'}";
              default -> "{}";
            });
      }
    }
  }

  private static void assertSound(ProgrammeCity city) {
    for (var grant : city.all(Kind.DATA_GRANT)) {
      if (grant.is("ACTIVE")) {
        var exploration = city.get(Kind.EXPLORATION, grant.text("exploration"));
        assertThat(exploration.state()).as(grant.id()).isEqualTo("ACTIVE");
        assertThat(city.now).isBefore(exploration.moment("endDate"));
        assertThat(city.now).isBefore(grant.moment("endDate"));
      }
      if (grant.is("ACTIVE", "SUSPENDED") || city.bindings.states.containsKey(grant.id()))
        assertThat(city.bindings.states).containsEntry(grant.id(), grant.state());
    }
    for (var exploration : city.all(Kind.EXPLORATION))
      assertThat(new java.math.BigDecimal(exploration.findText("paid").orElse("0")))
          .isLessThanOrEqualTo(new java.math.BigDecimal(exploration.text("amount")));
  }
}
