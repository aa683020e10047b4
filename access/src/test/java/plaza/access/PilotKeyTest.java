package plaza.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.access.AccessCity.OFFICE;
import static plaza.testkit.TestCity.BIKES;
import static plaza.testkit.TestCity.DAAN;
import static plaza.testkit.TestCity.NAME;
import static plaza.testkit.TestCity.STATION;
import static plaza.testkit.TestCity.XINYI;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.access.key.Grant;
import plaza.access.key.GrantTerms;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.testkit.TestCity;

class PilotKeyTest {
  private static final String OWN = "https://city.example/pilot-bikes#";

  private final AccessCity city = new AccessCity();
  private String text;
  private Actor key;

  @BeforeEach
  void aPilotHasAKey() {
    city.fill();
    text = city.pilotKey().text();
    key = city.access.authenticator().fromKey(text).actor();
  }

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void withoutAGrantItSeesNothingAndIsToldWhomToAsk() {
    assertThatThrownBy(() -> city.get(key, DAAN))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("has no grant; ask the data steward");
  }

  @Test
  void aGrantWorksFromTheNextRequestOn() {
    city.access.grants().give(OFFICE, city.daanBikes());

    assertThat(city.get(key, DAAN).has(BIKES)).isTrue();
  }

  @Test
  void outsideTheAreaItIsRefusedAndToldWhatItsGrantCovers() {
    city.access.grants().give(OFFICE, city.daanBikes());

    assertThatThrownBy(() -> city.get(key, XINYI))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining(
            "your grant covers BikeHireDockingStation in Daan, valid until 2026-12-18");
    assertThat(ids(Query.EVERYTHING)).containsExactly(DAAN);
  }

  @Test
  void onlyTheGrantedAttributesShow() {
    city.access.grants().give(OFFICE, city.terms(null, Set.of(BIKES)));

    var station = city.get(key, DAAN);

    assertThat(station.attributes().stream().map(Attribute::name))
        .containsExactlyInAnyOrder(Names.LOCATION, BIKES);
    assertThat(ids(Query.type(STATION).having(List.of(NAME)))).isEmpty();
  }

  @Test
  void twoGrantsAddUp() {
    city.access.grants().give(OFFICE, city.daanBikes());
    city.access
        .grants()
        .give(OFFICE, city.terms(AccessCity.area(121.56, 25.02, 121.58, 25.05), Set.of(NAME)));

    assertThat(city.get(key, DAAN).has(BIKES)).isTrue();
    assertThat(city.get(key, XINYI).has(BIKES)).isFalse();
    assertThat(city.get(key, XINYI).has(NAME)).isTrue();
  }

  @Test
  void observationsOutsideTheDatesDoNotShow() {
    var terms = city.daanBikes();
    city.access
        .grants()
        .give(
            OFFICE,
            new GrantTerms(
                terms.tenant(),
                terms.holder(),
                terms.types(),
                Set.of(),
                null,
                null,
                city.now.plus(Duration.ofHours(1)),
                null,
                terms.validFrom(),
                terms.validUntil(),
                null));

    assertThat(city.get(key, DAAN).has(BIKES)).isFalse();
    assertThat(city.get(key, DAAN).has(NAME)).isTrue();
  }

  @Test
  void aSuspendedGrantOpensNothingUntilItIsResumed() {
    var grant = city.access.grants().give(OFFICE, city.daanBikes());
    assertThat(city.get(key, DAAN)).isNotNull();

    city.access.grants().suspend(OFFICE, grant.id(), "abuse");
    assertThatThrownBy(() -> city.get(key, DAAN))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("is suspended (abuse); ask the data steward to resume it");

    city.access.grants().resume(OFFICE, grant.id());
    assertThat(city.get(key, DAAN)).isNotNull();
  }

  @Test
  void aRevokedGrantNeverComesBack() {
    var grant = city.access.grants().give(OFFICE, city.daanBikes());
    city.access.grants().revoke(OFFICE, grant.id(), "the pilot was stopped");

    assertThatThrownBy(() -> city.get(key, DAAN)).hasMessageContaining("the pilot was stopped");
    assertThatThrownBy(() -> city.access.grants().resume(OFFICE, grant.id()))
        .isInstanceOf(Refusal.Conflict.class);
    assertThatThrownBy(() -> city.access.grants().extend(OFFICE, grant.id(), city.inDays(900)))
        .isInstanceOf(Refusal.Conflict.class);
  }

  @Test
  void aGrantEndsWhenItsTimeIsUpThoughNobodyNotesIt() {
    var grant = city.access.grants().give(OFFICE, city.daanBikes());
    assertThat(city.get(key, DAAN)).isNotNull();

    city.now = grant.terms().validUntil();

    assertThatThrownBy(() -> city.get(key, DAAN))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("expired at " + grant.terms().validUntil());
    assertThat(grant.stateAt(city.now)).isEqualTo(Grant.State.EXPIRED);
  }

  @Test
  void aGrantBeginsByItself() {
    var terms = city.daanBikes();
    var later = city.inDays(1);
    city.access
        .grants()
        .give(
            OFFICE,
            new GrantTerms(
                terms.tenant(),
                terms.holder(),
                terms.types(),
                terms.attributes(),
                terms.area(),
                terms.areaName(),
                null,
                null,
                later,
                terms.validUntil(),
                null));
    assertThatThrownBy(() -> city.get(key, DAAN)).hasMessageContaining("begins at " + later);

    city.now = later;

    assertThat(city.get(key, DAAN)).isNotNull();
  }

  @Test
  void aGrantToReadIsNoneToWrite() {
    city.access.grants().give(OFFICE, city.daanBikes());

    assertThatThrownBy(() -> city.write(key, TestCity.daan(99)))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("your grants are for reading");
  }

  @Test
  void inItsNamespaceItWritesAndReadsItsOwnTypes() {
    giveNamespace();
    var counter = Entity.of("urn:ngsi-ld:Counter:1", OWN + "Counter", List.of());

    city.write(key, counter);

    assertThat(city.get(key, counter.id())).isNotNull();
  }

  @Test
  void aTypeOfItsOwnDoesNotSmuggleAnEntityAmongTheCitys() {
    giveNamespace();
    var both =
        new Entity(
            "urn:ngsi-ld:Counter:1",
            List.of(OWN + "Counter", STATION),
            List.of(),
            List.of(),
            null,
            null,
            null,
            0);

    assertThatThrownBy(() -> city.write(key, both)).isInstanceOf(Refusal.Forbidden.class);
    assertThatThrownBy(() -> city.write(key, Entity.of(DAAN, OWN + "Counter", List.of())))
        .isInstanceOf(Refusal.Forbidden.class);
  }

  @Test
  void itReachesNoOtherTenant() {
    city.access.grants().give(OFFICE, city.daanBikes());

    assertThatThrownBy(() -> city.reader.get(key, Address.tenant("other"), DAAN))
        .isInstanceOf(Refusal.Forbidden.class);
    assertThatThrownBy(() -> city.reader.get(key, Address.SYSTEM, DAAN))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("no face opens it");
  }

  @Test
  void aRevokedKeyStopsAtOnce() {
    city.access.grants().give(OFFICE, city.daanBikes());
    city.access.keys().revoke(OFFICE, key.id(), "lost on a train");

    assertThatThrownBy(() -> city.access.authenticator().fromKey(text))
        .isInstanceOf(Refusal.Unauthenticated.class)
        .hasMessageContaining("lost on a train");
    assertThatThrownBy(() -> city.get(key, DAAN)).isInstanceOf(Refusal.Forbidden.class);
  }

  @Test
  void anExpiredKeyIsRefusedWithItsDate() {
    city.now = city.inDays(300);

    assertThatThrownBy(() -> city.access.authenticator().fromKey(text))
        .isInstanceOf(Refusal.Unauthenticated.class)
        .hasMessageContaining("expired at");
  }

  @Test
  void nothingOfASuspendedOwnerWorks() {
    city.access.grants().give(OFFICE, city.daanBikes());
    var owner = city.access.people().findByName("builder").orElseThrow();

    city.access.people().suspend(OFFICE, owner.id(), "left the company");

    assertThatThrownBy(() -> city.access.authenticator().fromKey(text))
        .isInstanceOf(Refusal.Unauthenticated.class);
    assertThatThrownBy(() -> city.get(key, DAAN)).isInstanceOf(Refusal.Forbidden.class);
  }

  @Test
  void aKeyAndItsGrantsSurviveARestart() {
    var grant = city.access.grants().give(OFFICE, city.daanBikes());

    var again = city.restarted();

    assertThat(again.access.grants().get(grant.id())).isEqualTo(grant);
    var caller = again.access.authenticator().fromKey(text);
    assertThat(again.get(caller.actor(), DAAN).has(BIKES)).isTrue();
    assertThatThrownBy(() -> again.get(caller.actor(), XINYI))
        .isInstanceOf(Refusal.Forbidden.class);
    again.feed.close();
    again.ledger.close();
  }

  @Test
  void aGrantToTheOrganisationReachesItsVerifiedMembersOnly() {
    var organizations = city.access.organizations();
    var company =
        organizations.add(
            OFFICE,
            "Bikes Ltd",
            plaza.access.people.Organization.Kind.STARTUP,
            Set.of(),
            null,
            null);
    var member = city.person("member");
    var membership = organizations.join(Actor.of(member.id()), member.id(), company.id(), false);
    var terms = city.daanBikes();
    city.access
        .grants()
        .give(
            OFFICE,
            new GrantTerms(
                terms.tenant(),
                company.id(),
                terms.types(),
                Set.of(),
                terms.area(),
                "Daan",
                null,
                null,
                terms.validFrom(),
                terms.validUntil(),
                null));
    assertThatThrownBy(() -> city.get(Actor.of(member.id()), DAAN))
        .isInstanceOf(Refusal.Forbidden.class);

    organizations.verify(OFFICE, membership.id());

    assertThat(city.get(Actor.of(member.id()), DAAN)).isNotNull();
    assertThatThrownBy(() -> city.get(Actor.of(member.id()), XINYI))
        .isInstanceOf(Refusal.Forbidden.class);
  }

  private void giveNamespace() {
    var terms = city.daanBikes();
    city.access
        .grants()
        .give(
            OFFICE,
            new GrantTerms(
                terms.tenant(),
                terms.holder(),
                Set.of(),
                Set.of(),
                null,
                null,
                null,
                null,
                terms.validFrom(),
                terms.validUntil(),
                OWN));
  }

  private List<String> ids(Query query) {
    return city.reader.query(key, Address.DEFAULT, query, 0, 100, false).entities().stream()
        .map(Entity::id)
        .toList();
  }
}
