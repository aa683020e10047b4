package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.struct;
import static plaza.testkit.TestCity.BIKES;
import static plaza.testkit.TestCity.DAAN;
import static plaza.testkit.TestCity.NAME;
import static plaza.testkit.TestCity.STATION;
import static plaza.testkit.TestCity.XINYI;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.access.Access;
import plaza.access.AccessSettings;
import plaza.access.AnonymousAccess;
import plaza.access.people.Organization;
import plaza.access.people.Role;
import plaza.access.people.Scope;
import plaza.access.secret.HashCost;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Limits;
import plaza.ledger.Reader;
import plaza.ledger.store.Layer;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Rules;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;
import plaza.programme.sandbox.SandboxDesk;
import plaza.programme.sandbox.SandboxLimits;
import plaza.testkit.Eventually;
import plaza.testkit.MemoryStore;
import plaza.testkit.TestCity;

/// A pilot's key works from the moment the pilot does, for what was granted, and no longer. With
/// the real access room.
class ApprovedIsWorkingTest {
  private static final Actor OFFICE = Actor.of("urn:plaza:test").through("programme");
  private static final String AROUND_DAAN =
      "{'type': 'Polygon', 'coordinates': [[[121.53, 25.01], [121.56, 25.01], [121.56, 25.05],"
          + " [121.53, 25.05], [121.53, 25.01]]]}";

  private static final Address SANDBOX = Address.DEFAULT.branch("sandbox.vans.past");

  private Instant now = TestCity.NOON;
  private final MemoryStore store = new MemoryStore();
  private final Feed feed = new Feed(store);
  private final Access access =
      new Access(
          AccessSettings.DEFAULT.with(AnonymousAccess.NONE).with(HashCost.CHEAP),
          () -> now,
          new Random(7));
  private final Ledger ledger = new Ledger(store, access.policy(), feed, Limits.DEFAULT, () -> now);
  private final Reader reader = new Reader(store, ledger, access.policy(), Limits.DEFAULT);
  private Programme programme;
  private Caller pmo;
  private Caller steward;
  private Caller builder;
  private String team;
  private Dossier pilot;
  private Dossier grant;

  @BeforeEach
  void aPilotIsReady() {
    access.open(ledger, reader);
    programme =
        new Programme(
            ledger,
            reader,
            new AccessRoles(access),
            new AccessGrants(access, () -> now),
            Rules.DEFAULT,
            () -> now,
            new Random(7));
    for (var station : List.of(TestCity.xinyi(7), TestCity.daan(3)))
      ledger.write(OFFICE, Write.atomic(Address.DEFAULT, new Edit.Put(station)));
    pmo = person("po", Role.PMO);
    steward = person("dan", Role.DATA_STEWARD);
    builder = person("bea");
    team =
        access
            .organizations()
            .add(OFFICE, "Wheels", Organization.Kind.STARTUP, Set.of("TW-BAN:1"), null, null)
            .id();
    access.organizations().join(OFFICE, builder.id(), team, true);
    prepare();
  }

  @AfterEach
  void close() {
    feed.close();
    ledger.close();
    store.close();
  }

  @Test
  void theKeyOpensNothingBeforeThePilotStartsAndTheGrantWhenItDoes() {
    var key = key();
    assertThatThrownBy(() -> reader.get(key, Address.DEFAULT, DAAN))
        .isInstanceOf(Refusal.Forbidden.class);

    start();

    var station = reader.get(key, Address.DEFAULT, DAAN);
    assertThat(station.has(BIKES)).isTrue();
    assertThat(station.has(NAME)).as("not granted").isFalse();
    assertThatThrownBy(() -> reader.get(key, Address.DEFAULT, XINYI))
        .isInstanceOf(Refusal.Forbidden.class);
    assertThat(reader.query(key, Address.DEFAULT, Query.type(STATION), 0, 10, true).entities())
        .hasSize(1);
  }

  @Test
  void aSuspendedPilotsKeyStopsAtOnceAndWorksAgainWhenItResumes() {
    var key = key();
    start();

    move(pmo, pilot, "suspend", "{'reason': 'a dock burnt'}");
    assertThatThrownBy(() -> reader.get(key, Address.DEFAULT, DAAN))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("suspended");

    move(pmo, pilot, "resume", "{'causeCleared': 'repaired'}");
    assertThat(reader.get(key, Address.DEFAULT, DAAN).has(BIKES)).isTrue();
  }

  @Test
  void aRevokedGrantOpensNothingFromTheNextRequestOn() {
    var key = key();
    start();

    move(steward, grant, "revoke", "{'reason': 'misuse'}");

    assertThatThrownBy(() -> reader.get(key, Address.DEFAULT, DAAN))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("misuse");
  }

  @Test
  void whatAStewardSuspendedStaysSuspendedWhenThePilotGoesOn() {
    var key = key();
    start();
    move(steward, grant, "suspend", "{'reason': 'misuse'}");
    move(pmo, pilot, "suspend", "{'reason': 'a dock burnt'}");

    move(pmo, pilot, "resume", "{'causeCleared': 'repaired'}");

    assertThat(state(grant)).isEqualTo("SUSPENDED");
    assertThatThrownBy(() -> reader.get(key, Address.DEFAULT, DAAN))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("misuse");
  }

  @Test
  void aGrantThatIsSuspendedOnItsLastDayIsOverAndNotResumed() {
    start();
    move(steward, grant, "suspend", "{'reason': 'misuse'}");
    now = Instant.parse("2026-08-01T00:00:00Z");
    programme.tick(Address.DEFAULT);

    assertThat(state(grant)).isEqualTo("EXPIRED");
    assertThatThrownBy(() -> move(steward, grant, "resume", "{}"))
        .isInstanceOf(Refusal.Conflict.class);
  }

  @Test
  void aGrantThatWouldBeginAfterItsEndOpensNothingAndStopsNobodyElses() {
    start();
    var key = key();
    var never =
        new Dossiers(reader)
            .get(Address.DEFAULT, Kind.DATA_GRANT, grant.id())
            .with("startDate", Instant.parse("2026-09-01T00:00:00Z"));
    var id = "urn:ngsi-ld:DataGrant:never";
    var planted = Dossier.of(Kind.DATA_GRANT, id, "ACTIVE", never.fields());
    ledger.write(OFFICE, Write.atomic(Address.DEFAULT, Dossiers.edits(null, planted)));

    for (var following : programme.follow(feed, List.of(Address.DEFAULT))) following.close();

    assertThat(access.grants().find(id)).isEmpty();
    assertThat(reader.get(key, Address.DEFAULT, DAAN).has(BIKES)).isTrue();
  }

  @Test
  void theKeysOfAPilotEndWithIt() {
    var key = programme.pilots().issueKey(builder, pilot.id(), "test").answers().get("key");
    start();
    store(new Dossiers(reader).get(Address.DEFAULT, Kind.PILOT, pilot.id()).in("CLOSED"));

    for (var following : programme.follow(feed, List.of(Address.DEFAULT))) following.close();

    assertThatThrownBy(() -> access.authenticator().fromKey(((Value.Text) key).text()))
        .isInstanceOf(Refusal.Unauthenticated.class);
  }

  @Test
  void aGrantEndsOnItsDayEvenWhenNobodyTicks() {
    var key = key();
    start();
    now = Instant.parse("2026-08-01T00:00:00Z");

    assertThatThrownBy(() -> reader.get(key, Address.DEFAULT, DAAN))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("expired");
    programme.tick(Address.DEFAULT);
    assertThat(state(grant)).isEqualTo("EXPIRED");
  }

  @Test
  void whatWasGrantedBeforeACrashIsBoundAfterIt() {
    var key = key();
    // The step is durable; the process ended before access was told.
    store(new Dossiers(reader).get(Address.DEFAULT, Kind.DATA_GRANT, grant.id()).in("ACTIVE"));

    for (var following : programme.follow(feed, List.of(Address.DEFAULT))) following.close();

    assertThat(reader.get(key, Address.DEFAULT, DAAN).has(BIKES)).isTrue();
  }

  @Test
  void anotherTeamTakesOverWithKeysOfItsOwnAndTheOldOnesStop() {
    var old = keyText();
    start();
    var heir = person("hal");
    var pedals =
        access
            .organizations()
            .add(OFFICE, "Pedals", Organization.Kind.SME, Set.of("TW-BAN:2"), null, null)
            .id();
    access.organizations().join(OFFICE, heir.id(), pedals, true);
    var board = person("bo", Role.PROGRAMME_BOARD);
    programme
        .pilots()
        .novations()
        .propose(
            pmo,
            pilot.id(),
            struct(
                "{'organisation': '%s', 'reason': 'Wheels sold its bicycle business to Pedals.'}"
                    .formatted(pedals)));
    for (var signer : List.of(pmo, builder, heir))
      programme.pilots().novations().sign(signer, pilot.id(), Value.Struct.EMPTY);

    move(board, pilot, "novate", "{}");

    assertThatThrownBy(() -> access.authenticator().fromKey(old))
        .isInstanceOf(Refusal.Unauthenticated.class)
        .hasMessageContaining("novated");
    assertThatThrownBy(() -> programme.pilots().issueKey(builder, pilot.id(), "mine"))
        .isInstanceOf(Refusal.Forbidden.class);
    now = now.plus(Duration.ofSeconds(1));
    var key = programme.pilots().issueKey(heir, pilot.id(), "ours").answers().get("key");
    var actor = access.authenticator().fromKey(((Value.Text) key).text()).actor();
    assertThat(reader.get(actor, Address.DEFAULT, DAAN).has(BIKES)).isTrue();
    for (var following : programme.follow(feed, List.of(Address.DEFAULT))) following.close();
    assertThat(access.authenticator().fromKey(((Value.Text) key).text())).isNotNull();
  }

  @Test
  void aSandboxEndsWithItsPilot() {
    start();
    try (var sandboxes = programme.sandboxes(SandboxLimits.DEFAULT)) {
      sandbox(sandboxes);
    }
    move(pmo, pilot, "finish", "{'earlyFinish': 'All is seen.'}");

    try (var sandboxes = programme.sandboxes(SandboxLimits.DEFAULT)) {
      sandboxes.start();
      Eventually.eventually(() -> assertThat(sandboxes.list(pmo, pilot.id())).isEmpty());
    }
    assertThat(ledger.branches().find(Layer.of(SANDBOX))).isEmpty();
  }

  @Test
  void aSandboxThatCannotBeRemovedYetStaysUntilItCan() {
    start();
    try (var sandboxes = programme.sandboxes(SandboxLimits.DEFAULT)) {
      sandbox(sandboxes);
      ledger.fork(Dossiers.PROGRAMME, SANDBOX, "held");
      assertThatThrownBy(() -> sandboxes.discard(builder, pilot.id(), "past"))
          .isInstanceOf(Refusal.Conflict.class);
      ledger.discard(Dossiers.PROGRAMME, Address.DEFAULT.branch("held"));

      sandboxes.discard(builder, pilot.id(), "past");

      assertThat(sandboxes.list(pmo, pilot.id())).isEmpty();
    }
    assertThat(ledger.branches().find(Layer.of(SANDBOX))).isEmpty();
  }

  private void sandbox(SandboxDesk sandboxes) {
    var wish = struct("{'name': 'past', 'from': '2026-06-01T00:00:00Z'}");
    assertThat(sandboxes.open(builder, pilot.id(), wish).members())
        .containsEntry("branch", Value.of(SANDBOX.branch()));
  }

  @Test
  void strangersNeitherTakeAKeyNorReadTheAgreement() {
    var stranger = person("stan");

    assertThatThrownBy(() -> programme.pilots().issueKey(stranger, pilot.id(), "mine"))
        .isInstanceOf(Refusal.Forbidden.class);
    assertThat(programme.view(stranger, Kind.PILOT, pilot.id()).members())
        .doesNotContainKey("agreement");
  }

  private void prepare() {
    pilot =
        programme
            .pilots()
            .open(
                pmo,
                struct(
                    """
                    {'title': 'Vans at night', 'organisation': '%s', 'slug': 'vans',
                     'department': 'urn:plaza:organization:transport',
                     'withoutCall': 'A test of what a key opens, without any call before it.',
                     'startDate': '2026-06-02T00:00:00Z', 'endDate': '2026-07-15T00:00:00Z',
                     'exitPlan': 'none', 'insuranceWaiver': 'no kit',
                     'baselineWaiver': 'nothing to compare',
                     'notNeeded': ['bookings', 'regulation'],
                     'agreement': {'text': 'We agree.', 'maximumEnd': '2026-12-31T00:00:00Z'}}
                    """
                        .formatted(team)))
            .record();
    programme.pilots().sign(pmo, pilot.id());
    programme.pilots().sign(builder, pilot.id());
    var definition =
        """
        {'name': 'n', 'unit': 'u', 'entityType': '%s', 'attribute': '%s',
         'hours': {'days': ['MONDAY'], 'from': '07:00', 'until': '09:00', 'zone': 'UTC'},
         'population': {'name': 'all', 'attribute': '%s', 'equals': 'Daan'},
         'baseline': {'from': '2026-05-18', 'to': '2026-05-24'},
         'measurement': {'from': '2026-06-01', 'to': '2026-06-08'},
         'direction': 'LOWER_IS_BETTER', 'target': 0}
        """
            .formatted(STATION, BIKES, NAME);
    var indicator =
        programme
            .indicators()
            .define(
                pmo,
                pilot.id(),
                plaza.programme.indicator.IndicatorDefinition.of(struct(definition)))
            .record();
    programme.indicators().lock(pmo, indicator.id());
    grant =
        programme
            .grants()
            .request(
                builder,
                struct(
                    """
                    {'pilot': '%s', 'types': ['%s'], 'attributes': ['%s'], 'area': %s,
                     'areaName': 'Daan', 'endDate': '2026-08-01T00:00:00Z', 'purpose': 'vans'}
                    """
                        .formatted(pilot.id(), STATION, BIKES, AROUND_DAAN)))
            .record();
    move(steward, grant, "review", "{}");
    move(steward, grant, "approve", "{'licence': 'OGDL-Taiwan-1.0'}");
    move(pmo, pilot, "makeReady", "{}");
  }

  private void start() {
    now = Instant.parse("2026-06-02T00:00:00Z");
    assertThat(programme.tick(Address.DEFAULT)).contains(pilot.id() + " start");
    assertThat(state(grant)).isEqualTo("ACTIVE");
    now = now.plus(Duration.ofSeconds(1));
  }

  private Actor key() {
    return access.authenticator().fromKey(keyText()).actor();
  }

  private String keyText() {
    var key = programme.pilots().issueKey(builder, pilot.id(), "test").answers().get("key");
    assertThat(key).isInstanceOf(Value.Text.class);
    return ((Value.Text) key).text();
  }

  private Caller person(String name, Role... roles) {
    var person = access.people().add(OFFICE, name, "The " + name, null, "four words or so");
    for (var role : roles) access.roles().give(OFFICE, person.id(), role, Scope.CITY, null);
    return Caller.of(Actor.of(person.id()), Address.DEFAULT);
  }

  private void move(Caller caller, Dossier record, String action, String json) {
    programme.transition(caller, record.kind(), record.id(), action, struct(json), null);
  }

  private String state(Dossier record) {
    return new Dossiers(reader).get(Address.DEFAULT, record.kind(), record.id()).state();
  }

  private void store(Dossier dossier) {
    var before = new Dossiers(reader).get(Address.DEFAULT, dossier.kind(), dossier.id());
    ledger.write(OFFICE, Write.atomic(Address.DEFAULT, Dossiers.edits(before, dossier)));
  }
}
