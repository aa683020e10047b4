package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.programme.ProgrammeCity.OTHER_TEAM;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.ProgrammeCity.caller;
import static plaza.programme.ProgrammeCity.holding;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.demand.NewNeed;
import plaza.programme.pilot.GateDesk;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// What must hold after any sequence of commands. A run is named by its seed.
class InvariantsTest {
  private static final int COMMANDS = 250;
  private static final int DEMANDS = 600;

  /// I1: a support is never moved, copied or counted twice; a cluster counts distinct people.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void supportsAreCountedOncePerPersonWhateverHappensToTheirNeeds(long seed) {
    try (var city = new ProgrammeCity()) {
      var random = new Random(seed);
      var moderator = city.person("mod", "moderator", "pmo");
      var people = new ArrayList<Caller>();
      for (int i = 0; i < 4; i++) people.add(city.person("resident" + i, "resident"));
      for (int i = 0; i < 3; i++) people.add(city.person("known" + i, "verifiedResident"));
      for (int i = 0; i < 3; i++) people.add(holding("token" + i));
      for (int i = 0; i < DEMANDS; i++) {
        try {
          demand(city, random, moderator, people);
        } catch (Refusal refused) {
          assertThat(refused).isNotInstanceOf(Refusal.Unsupported.class);
        }
        if (i % 10 == 0) assertSupportsCount(city);
      }
      assertSupportsCount(city);
      assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
    }
  }

  private static void demand(
      ProgrammeCity city, Random random, Caller moderator, List<Caller> people) {
    var needs = city.all(Kind.NEED);
    var clusters = city.all(Kind.NEED_CLUSTER);
    var someone = people.get(random.nextInt(people.size()));
    if (needs.size() < 3 || random.nextInt(12) == 0) {
      var submitted =
          city.programme.needs().submit(someone, NewNeed.of(struct("{'title': 'a need'}")));
      if (submitted.record().is("SUBMITTED"))
        city.move(moderator, submitted.record(), "publish", "{}");
      return;
    }
    var need = needs.get(random.nextInt(needs.size()));
    switch (random.nextInt(clusters.isEmpty() ? 6 : 10)) {
      case 0, 1, 2 -> city.programme.needs().support(someone, need.id());
      case 3 -> city.programme.needs().withdrawSupport(someone, need.id());
      case 4 -> city.programme.clusters().open(moderator, struct("{'title': 'together'}"));
      case 5 -> moderate(city, random, moderator, people, need);
      case 6, 7 -> cluster(city, random, moderator, clusters, need, "addNeed");
      case 8 ->
          // By a moderator, or by somebody who may be the author.
          cluster(
              city,
              random,
              random.nextBoolean() ? moderator : someone,
              clusters,
              need,
              "splitNeed");
      default ->
          city.move(
              moderator,
              clusters.get(random.nextInt(clusters.size())),
              "dissolve",
              "{'reason': 'no'}");
    }
  }

  /// Hides a need, or goes on with what was decided against it.
  private static void moderate(
      ProgrammeCity city, Random random, Caller moderator, List<Caller> people, Dossier need) {
    if (need.is("PUBLISHED")) {
      city.move(moderator, need, "hide", "{'reasonCode': 'offTopic'}");
      return;
    }
    var decided = city.get(Kind.MODERATION_CASE, need.text("moderationCase"));
    switch (random.nextInt(3)) {
      case 0 ->
          city.move(
              moderator,
              need,
              random.nextBoolean() ? "publish" : "reject",
              "{'reasonCode': 'spam'}");
      case 1 ->
          city.move(
              people.get(random.nextInt(people.size())), decided, "appeal", "{'appeal': 'please'}");
      default ->
          city.move(
              city.person("other", "moderator"),
              decided,
              random.nextBoolean() ? "uphold" : "overturn",
              "{'publicReason': 'because it is as it is'}");
    }
  }

  private static void cluster(
      ProgrammeCity city,
      Random random,
      Caller moderator,
      List<Dossier> clusters,
      Dossier need,
      String action) {
    var cluster = clusters.get(random.nextInt(clusters.size()));
    city.move(moderator, cluster, action, "{'need': '" + need.id() + "'}");
  }

  static void assertSupportsCount(ProgrammeCity city) {
    var keys = new HashMap<String, Map<String, Boolean>>();
    for (var support : city.all(Kind.SUPPORT)) {
      var known =
          keys.computeIfAbsent(support.text("need"), _ -> new HashMap<>())
              .put(support.text("personKey"), support.flag("verified"));
      assertThat(known).as("counted twice").isNull();
    }
    for (var need : city.all(Kind.NEED)) {
      var people = keys.getOrDefault(need.id(), Map.of());
      assertThat(need.count("supporters")).as(need.id()).isEqualTo(people.size());
      assertThat(need.count("verifiedSupporters")).isEqualTo(verified(people));
    }
    var clustered = new HashSet<String>();
    for (var cluster : city.all(Kind.NEED_CLUSTER)) {
      if (!cluster.is("OPEN", "IN_CHALLENGE")) continue;
      var people = new HashMap<String, Boolean>();
      for (var need : cluster.texts("needs")) {
        assertThat(clustered.add(need)).as("in two open clusters: %s", need).isTrue();
        keys.getOrDefault(need, Map.of())
            .forEach((key, known) -> people.merge(key, known, Boolean::logicalOr));
      }
      assertThat(cluster.count("supporters")).as(cluster.id()).isEqualTo(people.size());
      assertThat(cluster.count("verifiedSupporters")).isEqualTo(verified(people));
    }
  }

  private static long verified(Map<String, Boolean> people) {
    return people.values().stream().filter(known -> known).count();
  }

  /// I6: no grant is active outside a running pilot, or past its end; and access was told.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noGrantIsActiveOutsideARunningPilotOrPastItsEnd(long seed) {
    var city = new ProgrammeCity();
    try {
      var random = new Random(seed);
      var office = city.person("office", "pmo", "dataSteward", "programmeBoard");
      for (var name : List.of("b1", "b2", "b3")) city.person(name, "programmeBoard");
      for (int i = 0; i < COMMANDS; i++) {
        try {
          grants(city, random, office);
        } catch (Refusal refused) {
          assertThat(refused).isNotInstanceOf(Refusal.Unsupported.class);
        }
        if (random.nextInt(40) == 0) city = city.restarted();
        city.tick();
        assertGrantsFollowTheirPilots(city);
      }
      assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
    } finally {
      city.close();
    }
  }

  private static void grants(ProgrammeCity city, Random random, Caller office) {
    var pilots = city.all(Kind.PILOT);
    if (pilots.size() < 3) {
      plantReadyPilot(city, random, pilots.size());
      return;
    }
    var pilot = pilots.get(random.nextInt(pilots.size()));
    var grants = city.all(Kind.DATA_GRANT);
    switch (random.nextInt(12)) {
      case 0, 1 ->
          city.programme
              .grants()
              .request(
                  office,
                  struct(
                      "{'pilot': '%s', 'types': ['urn:t'], 'purpose': 'p', 'endDate': '%s'}"
                          .formatted(
                              pilot.id(), city.now.plus(Duration.ofDays(random.nextInt(40))))));
      case 2 -> city.pass(Duration.ofDays(random.nextInt(6)));
      case 3 -> city.move(office, pilot, "suspend", "{'reason': 'r'}");
      case 4 -> city.move(office, pilot, "resume", "{'causeCleared': 'c'}");
      case 5 -> city.move(office, pilot, "finish", "{'earlyFinish': 'seen enough'}");
      case 6 -> gate(city, pilot, random);
      default -> {
        if (grants.isEmpty()) return;
        var grant = grants.get(random.nextInt(grants.size()));
        var actions = List.of("review", "approve", "suspend", "resume", "revoke", "approve");
        var action = actions.get(random.nextInt(actions.size()));
        city.move(
            office,
            grant,
            action,
            switch (action) {
              case "approve" -> "{'licence': 'CC0-1.0'}";
              case "suspend", "revoke" -> "{'reason': 'r'}";
              default -> "{}";
            });
      }
    }
  }

  private static void gate(ProgrammeCity city, Dossier pilot, Random random) {
    var outcome = random.nextBoolean() ? "STOP" : "EXTEND";
    var gate =
        city.programme
            .gates()
            .open(
                caller("office"),
                struct(
                    "{'pilot': '%s', 'outcome': '%s', 'rationale': 'r'}"
                        .formatted(pilot.id(), outcome)))
            .record();
    for (var name : List.of("b1", "b2", "b3"))
      city.programme.gates().vote(caller(name), gate.id(), struct("{'approve': true}"));
    if (outcome.equals("STOP")) city.move(caller("b1"), pilot, "gateStop", "{}");
    else
      city.move(
          caller("b1"),
          pilot,
          "gateExtend",
          "{'newEnd': '" + city.now.plus(Duration.ofDays(random.nextInt(20))) + "'}");
  }

  private static void plantReadyPilot(ProgrammeCity city, Random random, int number) {
    var members =
        struct(
                """
                {'title': 't', 'organisation': '%s', 'startDate': '%s', 'endDate': '%s',
                 'agreement': {'text': 'a', 'maximumEnd': '2027-01-01T00:00:00Z'}}
                """
                    .formatted(
                        TEAM,
                        city.now.plus(Duration.ofDays(random.nextInt(4))),
                        city.now.plus(Duration.ofDays(5 + random.nextInt(30)))))
            .members();
    var id = "urn:ngsi-ld:Pilot:p" + number;
    for (var edit : Dossiers.edits(null, Dossier.of(Kind.PILOT, id, "READY", members)))
      city.write(edit);
  }

  private static void assertGrantsFollowTheirPilots(ProgrammeCity city) {
    for (var grant : city.all(Kind.DATA_GRANT)) {
      if (grant.is("ACTIVE")) {
        var pilot = city.get(Kind.PILOT, grant.text("pilot"));
        assertThat(pilot.state()).as(grant.id()).isIn("ACTIVE", "EVALUATING");
        assertThat(city.now).as(grant.id()).isBefore(grant.moment("endDate"));
      }
      if (grant.is("ACTIVE", "SUSPENDED") || city.bindings.states.containsKey(grant.id()))
        assertThat(city.bindings.states).containsEntry(grant.id(), grant.state());
    }
  }

  /// I4, I5, I12: nobody votes on a pilot they have a tie to, nor on a gate they opened, nor twice;
  /// and the sealed evidence recomputes.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whoVotesHasNoTieAndDidNotPropose(long seed) {
    try (var city = new ProgrammeCity()) {
      var random = new Random(seed);
      var board = new ArrayList<String>();
      for (int i = 0; i < 6; i++) {
        board.add("b" + i);
        city.person("b" + i, "programmeBoard");
        if (random.nextInt(3) == 0)
          city.people.join("urn:plaza:person:b" + i, random.nextBoolean() ? TEAM : OTHER_TEAM);
      }
      for (int i = 0; i < 3; i++) plantEvaluating(city, random, i);
      for (int i = 0; i < 120; i++)
        try {
          vote(city, random, caller(board.get(random.nextInt(board.size()))));
        } catch (Refusal refused) {
          assertThat(refused).isNotInstanceOf(Refusal.Unsupported.class);
        }
      for (var gate : city.all(Kind.GATE_DECISION)) assertLawful(city, gate);
    }
  }

  private static void plantEvaluating(ProgrammeCity city, Random random, int number) {
    var members =
        struct(
                """
                {'title': 't', 'organisation': '%s', 'partners': ['%s'],
                 'endDate': '2026-05-01T00:00:00Z'}
                """
                    .formatted(
                        random.nextBoolean() ? TEAM : "urn:o:1",
                        random.nextBoolean() ? OTHER_TEAM : "urn:o:2"))
            .members();
    var id = "urn:ngsi-ld:Pilot:p" + number;
    for (var edit : Dossiers.edits(null, Dossier.of(Kind.PILOT, id, "EVALUATING", members)))
      city.write(edit);
  }

  private static void vote(ProgrammeCity city, Random random, Caller someone) {
    var gates = city.all(Kind.GATE_DECISION);
    if (gates.size() < 3 || random.nextInt(10) == 0) {
      city.programme
          .gates()
          .open(
              someone,
              struct(
                  "{'pilot': 'urn:ngsi-ld:Pilot:p%s', 'outcome': 'STOP', 'rationale': 'r'}"
                      .formatted(random.nextInt(3))));
      return;
    }
    var gate = gates.get(random.nextInt(gates.size()));
    if (random.nextInt(5) == 0)
      city.move(someone, city.get(Kind.PILOT, gate.text("pilot")), "gateStop", "{}");
    else
      city.programme
          .gates()
          .vote(
              someone,
              gate.id(),
              struct(
                  random.nextBoolean()
                      ? "{'approve': true}"
                      : "{'approve': false, 'dissent': 'd'}"));
  }

  private static void assertLawful(ProgrammeCity city, Dossier gate) {
    assertThat(GateDesk.recomputes(gate)).isTrue();
    var pilot = city.get(Kind.PILOT, gate.text("pilot"));
    var voters = new HashSet<String>();
    for (var vote : gate.items("votes")) {
      var voter = ((Value.Text) ((Value.Struct) vote).members().get("voter")).text();
      assertThat(voters.add(voter)).as("voted once").isTrue();
      assertThat(voter).isNotEqualTo(gate.text("openedBy"));
      var standing = city.people.standing(plaza.ledger.Actor.of(voter), "default");
      assertThat(standing.belongsToAny(pilot.texts("organisation"))).isFalse();
      // A joint pilot within 24 months is a tie too: whoever is partner of one of these pilots.
      for (var other : city.all(Kind.PILOT))
        if (!other.id().equals(pilot.id())
            && standing.belongsToAny(other.texts("partners"))
            && other.texts("organisation").stream().anyMatch(pilot.texts("organisation")::contains))
          throw new AssertionError(voter + " voted on " + pilot.id() + " and shared " + other.id());
    }
    if (gate.is("DECIDED")) assertThat(voters).hasSizeGreaterThanOrEqualTo(3);
  }
}
