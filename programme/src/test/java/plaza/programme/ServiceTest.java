package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.ProgrammeCity.caller;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// A service from its draft to its retirement, judged by who uses it.
class ServiceTest {
  private static final String SERVICE = "urn:ngsi-ld:Service:bikes";
  private final ProgrammeCity city = new ProgrammeCity();
  private final Caller owner = city.person("olga", "serviceOwner");
  private final Caller steward = city.person("dan", "dataSteward");
  private final List<Caller> board =
      List.of(
          city.person("b1", "programmeBoard"),
          city.person("b2", "programmeBoard"),
          city.person("b3", "programmeBoard"),
          city.person("b4", "programmeBoard"));

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void aServiceThatIsUsedIsRenewed() {
    var service = launched();
    for (int i = 0; i < 20; i++) use("u" + i);
    city.pass(Duration.ofDays(93));
    for (int i = 0; i < 5; i++) use("u" + i);
    city.pass(Duration.ofDays(182)); // 90 days before a year is over
    assertThat(city.tick()).contains(SERVICE + " renewalDue");

    service = get(service);
    var evidence = service.findStruct("renewalEvidence").orElseThrow().members();
    assertThat(evidence)
        .containsEntry("retention", Value.of(0.25))
        .containsEntry("cohort", Value.of(20))
        .containsEntry("retentionMet", Value.of(true))
        .containsEntry("usageMet", Value.of(false));
    assertThat(evidence.get("monthlyActiveUsers")).isEqualTo(Value.Null.VALUE);
    gate("RENEW");
    service = city.move(board.getFirst(), service, "renew", "{}");
    assertThat(service.state()).isEqualTo("LIVE");
    assertThat(service.text("renewalDate")).isEqualTo("2028-05-31T08:00:00Z");
    assertThat(city.all(Kind.DATA_GRANT).getFirst().text("endDate"))
        .isEqualTo("2028-05-31T08:00:00Z");
    assertThat(city.all(Kind.GATE_DECISION)).allMatch(gate -> gate.is("DECIDED"));
    assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
  }

  @Test
  void aServiceThatFewUseIsRenewedOnlyWithAPublicReason() {
    var service = launched();
    for (int i = 0; i < 20; i++) use("u" + i);
    city.pass(Duration.ofDays(93));
    for (int i = 0; i < 4; i++) use("u" + i);
    city.pass(Duration.ofDays(182));
    city.tick();
    gate("RENEW");

    assertThatThrownBy(() -> city.move(board.getFirst(), get(service), "renew", "{}"))
        .isInstanceOfSatisfying(
            Refusal.Unmet.class,
            unmet ->
                assertThat(unmet.conditions())
                    .extracting(Refusal.Unmet.Condition::name)
                    .containsExactly("renewalRuleMet|overrideReason"));
    var renewed =
        city.move(
            board.getFirst(),
            get(service),
            "renew",
            "{'overrideReason': 'They cannot do without.'}");
    assertThat(renewed.items("renewals").toString()).contains("They cannot do without.");
  }

  @Test
  void asManyUsersAMonthAsWereHopedForAlsoRenewIt() {
    var service = launched();
    city.pass(Duration.ofDays(275));
    for (int i = 0; i < 12; i++) use("u" + i);
    city.tick();

    assertThat(get(service).findStruct("renewalEvidence").orElseThrow().members())
        .containsEntry("monthlyActiveUsers", Value.of(12))
        .containsEntry("usageMet", Value.of(true))
        .containsEntry("ruleMet", Value.of(true));
  }

  @Test
  void aServiceEndsWithNoticeAndItsKeysWithIt() {
    var service = launched();
    var grant = city.all(Kind.DATA_GRANT).getFirst();
    assertThat(grant.state()).isEqualTo("ACTIVE");
    assertThatThrownBy(() ->
            city.move(
                owner,
                get(service),
                "sunset",
                "{'publicReason': 'no money', 'sunsetDate': '2026-07-01'}"))
        .isInstanceOfSatisfying(
            Refusal.Unmet.class,
            unmet -> assertThat(unmet.conditions().toString()).contains("2026-08-30T08:00:00Z"));

    var ending = city.move(owner, get(service), "sunset", "{'publicReason': 'no money'}");
    assertThat(ending.text("sunsetDate")).isEqualTo("2026-08-30T08:00:00Z");
    assertThat(city.get(Kind.DATA_GRANT, grant.id()).text("endDate"))
        .isEqualTo("2026-08-30T08:00:00Z");
    city.programme
        .uptake()
        .services()
        .amend(owner, SERVICE, struct("{'dataExport': {'url': 'https://c.example/x'}}"), null);
    city.pass(Duration.ofDays(90));
    assertThat(city.tick()).contains(grant.id() + " expire", SERVICE + " retire");
    assertThat(city.bindings.states).containsEntry(grant.id(), "EXPIRED");
    assertThat(city.bindings.ended).contains(SERVICE);
    assertThat(city.programme.usage().isOn(Address.DEFAULT, SERVICE)).isFalse();
    assertThat(get(service).flag("lessonRequired")).isTrue();
  }

  @Test
  void aSuspendedServicesGrantsAreSuspendedAndOnlyThoseComeBack() {
    var service = launched();
    var grant = city.all(Kind.DATA_GRANT).getFirst();
    city.move(owner, get(service), "suspend", "{'reason': 'a leak'}");
    assertThat(city.bindings.states).containsEntry(grant.id(), "SUSPENDED");
    assertThatThrownBy(
            () -> city.move(steward, city.get(Kind.DATA_GRANT, grant.id()), "resume", "{}"))
        .isInstanceOf(Refusal.Unmet.class);

    city.move(owner, get(service), "resume", "{}");
    assertThat(city.bindings.states).containsEntry(grant.id(), "ACTIVE");
    city.move(steward, city.get(Kind.DATA_GRANT, grant.id()), "suspend", "{'reason': 'abuse'}");
    city.move(owner, get(service), "suspend", "{'reason': 'again'}");
    city.move(owner, get(service), "resume", "{}");
    assertThat(city.bindings.states).containsEntry(grant.id(), "SUSPENDED");
  }

  @Test
  void whatItIsJudgedByCannotBeChangedWhileItRuns() {
    launched();

    assertThatThrownBy(() ->
            city.programme
                .uptake()
                .services()
                .amend(owner, SERVICE, struct("{'targetMonthlyUsers': 1}"), null))
        .isInstanceOf(Refusal.Conflict.class)
        .hasMessageContaining("of a running service these may change");
  }

  private Dossier launched() {
    var draft =
        city.programme
            .uptake()
            .services()
            .draft(
                owner,
                struct(
                    """
                    {'title': 'Bikes ahead', 'slug': 'bikes', 'department': '%s', 'operator': '%s',
                     'withoutPilot': 'It ran for years before there was a programme of any kind.',
                     'dataRequirements': [{'type': 'BikeHireDockingStation',
                                           'attributes': ['availableBikeNumber']}],
                     'supportContact': 'https://help.example', 'licence': 'EUPL-1.2',
                     'accessibility': {'standard': 'WCAG 2.2', 'level': 'AA',
                                       'url': 'https://a11y.example'},
                     'usageMeter': true, 'targetMonthlyUsers': 20,
                     'renewalDate': '2027-06-01T08:00:00Z'}
                    """
                        .formatted(DEPARTMENT, TEAM)))
            .record();
    var grant =
        city.programme
            .grants()
            .request(
                owner,
                struct(
                    "{'service': '%s', 'types': ['urn:t'], 'purpose': 'p', 'endDate': '%s'}"
                        .formatted(SERVICE, "2027-06-01T08:00:00Z")))
            .record();
    city.move(steward, grant, "review", "{}");
    city.move(steward, grant, "approve", "{'licence': 'CC0-1.0'}");
    return city.move(owner, get(draft), "launch", "{}");
  }

  private void gate(String outcome) {
    var gate =
        city.programme
            .gates()
            .open(
                board.getLast(),
                struct(
                    "{'service': '%s', 'outcome': '%s', 'rationale': 'r'}"
                        .formatted(SERVICE, outcome)))
            .record();
    for (var name : List.of("b1", "b2", "b3"))
      city.programme.gates().vote(caller(name), gate.id(), struct("{'approve': true}"));
  }

  private void use(String pseudonym) {
    city.programme.usage().saw(Address.DEFAULT, SERVICE, pseudonym);
  }

  private Dossier get(Dossier record) {
    return city.get(record.kind(), record.id());
  }
}
