package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.caller;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// What holds of services after any sequence of commands. A run is named by its seed.
class ServiceInvariantsTest {
  private static final int COMMANDS = 400;

  /// I6 for services: no grant is active while its service does not run, or past its end.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noGrantIsActiveWhileItsServiceDoesNotRun(long seed) {
    var city = new ProgrammeCity();
    try {
      var random = new Random(seed);
      var office = city.person("office", "pmo", "dataSteward", "programmeBoard", "serviceOwner");
      for (var name : List.of("b1", "b2", "b3")) city.person(name, "programmeBoard");
      boolean wasActive = false;
      for (int i = 0; i < COMMANDS; i++) {
        try {
          command(city, random, office);
        } catch (Refusal refused) {
          assertThat(refused).isNotInstanceOf(Refusal.Unsupported.class);
        }
        if (random.nextInt(50) == 0) city = city.restarted();
        city.tick();
        wasActive |= assertGrantsFollowTheirServices(city);
      }
      assertThat(wasActive).as("some grant was active").isTrue();
      assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
    } finally {
      city.close();
    }
  }

  private static void command(ProgrammeCity city, Random random, Caller office) {
    var running =
        city.all(Kind.SERVICE).stream().filter(one -> !one.is("RETIRED", "ABANDONED")).toList();
    if (running.size() < 3) {
      draft(city, random, office);
      return;
    }
    var service = running.get(random.nextInt(running.size()));
    switch (random.nextInt(16)) {
      case 0, 1 -> city.move(office, service, "launch", "{}");
      case 2 -> city.move(office, service, "suspend", "{'reason': 'r'}");
      case 3 -> city.move(office, service, "resume", "{}");
      case 4 -> {
        if (random.nextInt(3) == 0) city.move(office, service, "sunset", "{'publicReason': 'r'}");
      }
      case 5 -> gate(city, service, random);
      case 6, 7 ->
          city.programme
              .grants()
              .request(
                  office,
                  struct(
                      "{'service': '%s', 'types': ['urn:t'], 'purpose': 'p', 'endDate': '%s'}"
                          .formatted(
                              service.id(), city.now.plus(Duration.ofDays(random.nextInt(300))))));
      case 8 -> city.pass(Duration.ofDays(random.nextInt(40)));
      default -> grant(city, random, office);
    }
  }

  private static void grant(ProgrammeCity city, Random random, Caller office) {
    var grants =
        city.all(Kind.DATA_GRANT).stream()
            .filter(one -> !one.is("REFUSED", "REVOKED", "EXPIRED"))
            .toList();
    if (grants.isEmpty()) return;
    var grant = grants.get(random.nextInt(grants.size()));
    var actions = List.of("review", "approve", "review", "approve", "suspend", "resume", "revoke");
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

  private static void gate(ProgrammeCity city, Dossier service, Random random) {
    var outcome = List.of("RENEW", "SUNSET", "REVIVE").get(random.nextInt(3));
    var gate =
        city.programme
            .gates()
            .open(
                caller("office"),
                struct(
                    "{'service': '%s', 'outcome': '%s', 'rationale': 'r'}"
                        .formatted(service.id(), outcome)))
            .record();
    for (var name : List.of("b1", "b2", "b3"))
      city.programme.gates().vote(caller(name), gate.id(), struct("{'approve': true}"));
    switch (outcome) {
      case "RENEW" -> city.move(caller("b1"), service, "renew", "{'overrideReason': 'r'}");
      case "SUNSET" -> city.move(caller("b1"), service, "sunset", "{}");
      default -> city.move(caller("b1"), service, "revive", "{'newOwner': 'urn:o:1'}");
    }
  }

  private static void draft(ProgrammeCity city, Random random, Caller office) {
    var end = city.now.plus(Duration.ofDays(60 + random.nextInt(300)));
    var id =
        city.programme
            .uptake()
            .services()
            .draft(
                office,
                struct(
                    """
                    {'title': 't', 'department': '%s', 'noDataNeeded': 'n', 'licence': 'l',
                     'withoutPilot': 'It ran for years before there was a programme of any kind.',
                     'supportContact': 'c', 'usageMeter': true, 'renewalDate': '%s',
                     'accessibility': {'standard': 'WCAG 2.2', 'level': 'AA',
                                       'url': 'https://a11y.example'},
                     'dataExport': {'url': 'https://c.example'}}
                    """
                        .formatted(DEPARTMENT, end)))
            .record();
    assertThat(id.state()).isEqualTo("DRAFT");
  }

  private static boolean assertGrantsFollowTheirServices(ProgrammeCity city) {
    boolean anyActive = false;
    for (var grant : city.all(Kind.DATA_GRANT)) {
      var service = city.get(Kind.SERVICE, grant.text("service"));
      if (grant.is("ACTIVE")) {
        anyActive = true;
        assertThat(service.state()).as(grant.id()).isIn("LIVE", "RENEWAL_DUE", "SUNSETTING");
        assertThat(city.now).as(grant.id()).isBefore(grant.moment("endDate"));
        if (service.is("SUNSETTING"))
          assertThat(grant.moment("endDate")).isBeforeOrEqualTo(service.moment("sunsetDate"));
      }
      if (grant.is("ACTIVE", "SUSPENDED") || city.bindings.states.containsKey(grant.id()))
        assertThat(city.bindings.states).containsEntry(grant.id(), grant.state());
    }
    for (var service : city.all(Kind.SERVICE))
      if (service.is("RETIRED")) assertThat(city.bindings.ended).contains(service.id());
    return anyActive;
  }

  /// I9: what ended has a lesson, and its evaluation is published, within 30 days; nobody need have
  /// done anything for it.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whatEndedHasALessonWithinThirtyDays(long seed) {
    var city = new ProgrammeCity();
    try {
      var random = new Random(seed);
      var office = city.person("office", "pmo", "programmeBoard", "financeOfficer");
      for (var name : List.of("b1", "b2", "b3")) city.person(name, "programmeBoard");
      for (int i = 0; i < 150; i++) {
        try {
          end(city, random, office, i);
        } catch (Refusal refused) {
          assertThat(refused).isNotInstanceOf(Refusal.Unsupported.class);
        }
        if (random.nextInt(30) == 0) city = city.restarted();
        city.pass(Duration.ofHours(random.nextInt(60)));
        city.tick();
        assertLearned(city);
      }
      city.pass(Duration.ofDays(31));
      city.tick();
      assertThat(city.all(Kind.LESSON)).isNotEmpty();
      assertLearned(city);
      assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
    } finally {
      city.close();
    }
  }

  private static void end(ProgrammeCity city, Random random, Caller office, int number) {
    var pilots =
        city.all(Kind.PILOT).stream().filter(one -> one.is("ACTIVE", "EVALUATING")).toList();
    if (pilots.size() < 2) {
      var members =
          struct(
                  "{'title': 't', 'organisation': 'urn:o:1', 'department': 'urn:o:2', 'endDate': '%s'}"
                      .formatted(city.now.plus(Duration.ofDays(random.nextInt(9)))))
              .members();
      var pilot = Dossier.of(Kind.PILOT, "urn:ngsi-ld:Pilot:p" + number, "ACTIVE", members);
      for (var edit : Dossiers.edits(null, pilot)) city.write(edit);
      return;
    }
    var pilot = pilots.get(random.nextInt(pilots.size()));
    switch (random.nextInt(4)) {
      case 0 -> city.move(office, pilot, "finish", "{'earlyFinish': 'r'}");
      case 1 -> {
        var outcome = random.nextBoolean() ? "STOP" : "LEARNED";
        var gate =
            city.programme
                .gates()
                .open(
                    office,
                    struct(
                        "{'pilot': '%s', 'outcome': '%s', 'rationale': 'r'}"
                            .formatted(pilot.id(), outcome)))
                .record();
        for (var name : List.of("b1", "b2", "b3"))
          city.programme.gates().vote(caller(name), gate.id(), struct("{'approve': true}"));
        city.move(caller("b1"), pilot, outcome.equals("STOP") ? "gateStop" : "gateClose", "{}");
      }
      default -> {
        var ended =
            city.all(Kind.PILOT).stream().filter(one -> one.flag("lessonRequired")).toList();
        if (!ended.isEmpty() && random.nextBoolean())
          city.programme
              .uptake()
              .lessons()
              .learn(office, Kind.PILOT, ended.getFirst().id(), struct("{'what': 'Ask first.'}"));
      }
    }
  }

  @org.junit.jupiter.api.Test
  void aPilotThatIsTerminatedIsEvaluatedToo() {
    try (var city = new ProgrammeCity()) {
      for (var name : List.of("b1", "b2", "b3", "b4")) city.person(name, "programmeBoard");
      var members = struct("{'title': 't', 'organisation': 'urn:o:1'}").members();
      var pilot = Dossier.of(Kind.PILOT, "urn:ngsi-ld:Pilot:p", "SUSPENDED", members);
      for (var edit : Dossiers.edits(null, pilot)) city.write(edit);
      var gate =
          city.programme
              .gates()
              .open(
                  caller("b4"),
                  struct(
                      "{'pilot': '%s', 'outcome': 'STOP', 'rationale': 'r'}".formatted(pilot.id())))
              .record();
      for (var name : List.of("b1", "b2", "b3"))
        city.programme.gates().vote(caller(name), gate.id(), struct("{'approve': true}"));
      city.move(caller("b1"), pilot, "terminate", "{'reason': 'it cannot go on'}");
      city.pass(Duration.ofDays(31));
      city.tick();

      assertThat(city.all(Kind.EVALUATION)).hasSize(1).allMatch(one -> one.is("PUBLISHED"));
      assertThat(city.all(Kind.LESSON)).hasSize(1);
    }
  }

  private static void assertLearned(ProgrammeCity city) {
    for (var pilot : city.all(Kind.PILOT)) {
      if (!pilot.is("SCALED", "STOPPED", "CLOSED")) continue;
      var ended =
          city.programme.events(Caller.plaza(Address.DEFAULT, "test"), pilot.id()).stream()
              .map(event -> event.members().get("at"))
              .map(at -> java.time.Instant.parse(((plaza.graph.Value.Text) at).text()))
              .max(java.time.Instant::compareTo)
              .orElseThrow();
      if (city.now.isBefore(ended.plus(Duration.ofDays(30)).plus(Duration.ofHours(1)))) continue;
      assertThat(pilot.texts("lessons")).as(pilot.id()).isNotEmpty();
      assertThat(pilot.flag("lessonRequired")).isFalse();
      assertThat(city.get(Kind.EVALUATION, pilot.text("evaluation")).state())
          .isEqualTo("PUBLISHED");
    }
  }
}
