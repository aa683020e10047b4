package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.programme.ProgrammeCity.struct;
import static plaza.testkit.TestCity.BIKES;
import static plaza.testkit.TestCity.NAME;
import static plaza.testkit.TestCity.STATION;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import plaza.access.Access;
import plaza.access.AccessSettings;
import plaza.access.AnonymousAccess;
import plaza.access.people.Organization;
import plaza.access.people.Role;
import plaza.access.people.Scope;
import plaza.access.secret.HashCost;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Limits;
import plaza.ledger.Reader;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Rules;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.testkit.MemoryStore;
import plaza.testkit.TestCity;

/// A pilot that is ready to start, with the real access room: its people, its grant, its clock.
abstract class ReadyPilot {
  static final Actor OFFICE = Actor.of("urn:plaza:test").through("programme");
  static final String AROUND_DAAN =
      "{'type': 'Polygon', 'coordinates': [[[121.53, 25.01], [121.56, 25.01], [121.56, 25.05],"
          + " [121.53, 25.05], [121.53, 25.01]]]}";

  Instant now = TestCity.NOON;
  final MemoryStore store = new MemoryStore();
  final Feed feed = new Feed(store);
  final Access access =
      new Access(
          AccessSettings.DEFAULT.with(AnonymousAccess.NONE).with(HashCost.CHEAP),
          () -> now,
          new Random(7));
  final Ledger ledger = new Ledger(store, access.policy(), feed, Limits.DEFAULT, () -> now);
  final Reader reader = new Reader(store, ledger, access.policy(), Limits.DEFAULT);
  Programme programme;
  Caller pmo;
  Caller steward;
  Caller builder;
  String team;
  Dossier pilot;
  Dossier grant;

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

  void prepare() {
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

  void start() {
    now = Instant.parse("2026-06-02T00:00:00Z");
    assertThat(programme.tick(Address.DEFAULT)).contains(pilot.id() + " start");
    assertThat(state(grant)).isEqualTo("ACTIVE");
    now = now.plus(Duration.ofSeconds(1));
  }

  Actor key() {
    return access.authenticator().fromKey(keyText()).actor();
  }

  String keyText() {
    var key = programme.pilots().issueKey(builder, pilot.id(), "test").answers().get("key");
    assertThat(key).isInstanceOf(Value.Text.class);
    return ((Value.Text) key).text();
  }

  Caller person(String name, Role... roles) {
    var person = access.people().add(OFFICE, name, "The " + name, null, "four words or so");
    for (var role : roles) access.roles().give(OFFICE, person.id(), role, Scope.CITY, null);
    return Caller.of(Actor.of(person.id()), Address.DEFAULT);
  }

  void move(Caller caller, Dossier record, String action, String json) {
    programme.transition(caller, record.kind(), record.id(), action, struct(json), null);
  }

  String state(Dossier record) {
    return new Dossiers(reader).get(Address.DEFAULT, record.kind(), record.id()).state();
  }

  void store(Dossier dossier) {
    var before = new Dossiers(reader).get(Address.DEFAULT, dossier.kind(), dossier.id());
    ledger.write(OFFICE, Write.atomic(Address.DEFAULT, Dossiers.edits(before, dossier)));
  }
}
