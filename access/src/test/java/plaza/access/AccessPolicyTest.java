package plaza.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.access.AccessCity.OFFICE;
import static plaza.testkit.TestCity.BIKES;
import static plaza.testkit.TestCity.DAAN;
import static plaza.testkit.TestCity.STATION;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plaza.access.key.Narrowing;
import plaza.access.people.Role;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.testkit.TestCity;

class AccessPolicyTest {
  private static final String NEED = Names.PLAZA + "Need";
  private static final Actor LINK = Actor.of("urn:plaza:link:mqtt-bikes");

  @Test
  void inProductionAStrangerSeesTheProgrammesRecordsAndNoCityData() {
    try (var city = city(AnonymousAccess.NONE)) {
      assertThat(city.get(Actor.ANONYMOUS, "urn:ngsi-ld:Need:1").has(Names.PLAZA + "title"))
          .isTrue();
      assertThat(city.get(Actor.ANONYMOUS, "urn:ngsi-ld:Need:1").has(Names.PRIVATE + "contact"))
          .isFalse();
      assertThatThrownBy(() -> city.get(Actor.ANONYMOUS, DAAN))
          .isInstanceOf(Refusal.Forbidden.class)
          .hasMessageContaining("sign in or send an API key");
      assertThatThrownBy(() -> city.write(Actor.ANONYMOUS, TestCity.daan(1)))
          .isInstanceOf(Refusal.Unauthenticated.class);
    }
  }

  @Test
  void inAnOpenDataCityAStrangerReadsAndDoesNotWrite() {
    try (var city = city(AnonymousAccess.READ_PUBLIC)) {
      assertThat(city.get(Actor.ANONYMOUS, DAAN).has(BIKES)).isTrue();
      assertThatThrownBy(() -> city.write(Actor.ANONYMOUS, TestCity.daan(1)))
          .isInstanceOf(Refusal.Unauthenticated.class);
      assertThatThrownBy(() ->
              city.reader.query(
                  Actor.ANONYMOUS, Address.tenant("other"), Query.type(STATION), 0, 1, false))
          .isInstanceOf(Refusal.Forbidden.class);
    }
  }

  @Test
  void inTheDemoAPilotKeyStillSeesOnlyItsGrant() {
    try (var city = city(AnonymousAccess.READ_PUBLIC)) {
      var key = city.access.authenticator().fromKey(city.pilotKey().text()).actor();
      city.access.grants().give(OFFICE, city.daanBikes());

      assertThat(city.get(key, DAAN)).isNotNull();
      assertThatThrownBy(() -> city.get(key, TestCity.XINYI)).isInstanceOf(Refusal.Forbidden.class);
    }
  }

  @Test
  void openMeansThatEverybodyReadsAndWritesEveryTenantButPlazasOwn() {
    try (var city = city(AnonymousAccess.OPEN)) {
      city.write(Actor.ANONYMOUS, TestCity.daan(1));
      city.write(Actor.of(city.person("mei").id()), TestCity.daan(2));
      assertThatThrownBy(() -> city.reader.get(Actor.ANONYMOUS, Address.SYSTEM, DAAN))
          .isInstanceOf(Refusal.Forbidden.class);
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"ANONYMOUS", "RESIDENT"},
      mode = EnumSource.Mode.EXCLUDE)
  void onlyDataStewardsWriteCityData(Role role) {
    try (var city = city(AnonymousAccess.NONE)) {
      var actor = Actor.of(city.person("someone", role).id());
      if (role == Role.DATA_STEWARD) {
        city.write(actor, TestCity.daan(1));
        assertThat(city.get(actor, DAAN)).isNotNull();
      } else {
        assertThatThrownBy(() -> city.write(actor, TestCity.daan(1)))
            .isInstanceOf(Refusal.Forbidden.class)
            .hasMessageContaining("city data is written by links and data stewards");
      }
    }
  }

  @Test
  void nobodyButARoomReachesPlazasOwnTenant() {
    try (var city = city(AnonymousAccess.OPEN)) {
      var admin = city.person("lin", Role.ADMIN, Role.AUDITOR);
      for (var actor : List.of(Actor.of(admin.id()), LINK, Actor.ANONYMOUS)) {
        assertThatThrownBy(() -> city.access.policy().rights(actor, Address.SYSTEM))
            .isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(
                () -> city.access.policy().rights(actor, Address.SYSTEM.branch("what-if")))
            .isInstanceOf(Refusal.Forbidden.class);
      }
    }
  }

  @Test
  void aLinkWritesCityData() {
    try (var city = city(AnonymousAccess.NONE)) {
      city.write(LINK, TestCity.daan(9));

      var steward = city.person("hao", Role.DATA_STEWARD);
      var issued =
          city.access
              .keys()
              .issueLink(Actor.of(steward.id()), steward.id(), LINK.id(), "bikes", city.inDays(9));
      var caller = city.access.authenticator().fromKey(issued.text());
      assertThat(caller.actor()).isEqualTo(LINK);
      assertThat(caller.roles()).containsExactly(Role.ANONYMOUS);
    }
  }

  @Test
  void aPersonalKeyIsItsOwner() {
    try (var city = city(AnonymousAccess.NONE)) {
      var steward = city.person("hao", Role.DATA_STEWARD);
      var self = Actor.of(steward.id());
      var issued =
          city.access.keys().issuePersonal(self, steward.id(), "script", null, city.inDays(9));

      var caller = city.access.authenticator().fromKey(issued.text());

      assertThat(caller.actor()).isEqualTo(self);
      assertThat(caller.roles()).contains(Role.DATA_STEWARD);
      assertThat(caller.csrf()).isNull();
      city.write(caller.actor(), TestCity.daan(1));
    }
  }

  @Test
  void aNarrowedKeyMayLessThanItsOwnerAndHoldsNoRole() {
    try (var city = city(AnonymousAccess.NONE)) {
      var steward = city.person("hao", Role.DATA_STEWARD);
      var self = Actor.of(steward.id());
      var narrowing = new Narrowing(true, Set.of(STATION), Set.of(BIKES));
      var issued =
          city.access.keys().issuePersonal(self, steward.id(), "map", narrowing, city.inDays(9));

      var caller = city.access.authenticator().fromKey(issued.text());

      assertThat(caller.isPerson()).isFalse();
      assertThat(caller.roles()).containsExactly(Role.ANONYMOUS);
      assertThat(city.get(caller.actor(), DAAN).has(TestCity.NAME)).isFalse();
      assertThat(city.get(caller.actor(), DAAN).has(BIKES)).isTrue();
      assertThatThrownBy(() -> city.get(caller.actor(), "urn:ngsi-ld:Need:1"))
          .isInstanceOf(Refusal.Forbidden.class);
      assertThatThrownBy(() -> city.write(caller.actor(), TestCity.daan(1)))
          .isInstanceOf(Refusal.Forbidden.class);
    }
  }

  @Test
  void aKeyNarrowedToATypeWritesThatTypeOnly() {
    try (var city = city(AnonymousAccess.NONE)) {
      var steward = city.person("hao", Role.DATA_STEWARD);
      var narrowing = new Narrowing(false, Set.of(STATION), Set.of());
      var issued =
          city.access
              .keys()
              .issuePersonal(
                  Actor.of(steward.id()), steward.id(), "map", narrowing, city.inDays(9));
      var actor = city.access.authenticator().fromKey(issued.text()).actor();

      city.write(actor, TestCity.daan(1));
      assertThatThrownBy(() ->
              city.write(actor, Entity.of("urn:ngsi-ld:Tree:1", "https://ex.org/Tree", List.of())))
          .isInstanceOf(Refusal.Forbidden.class);
    }
  }

  @Test
  void oneCannotIssueAKeyOfSomebodyElse() {
    try (var city = city(AnonymousAccess.NONE)) {
      var admin = city.person("lin", Role.ADMIN);
      var board = city.person("chen", Role.PROGRAMME_BOARD);

      assertThatThrownBy(() ->
              city.access
                  .keys()
                  .issuePersonal(Actor.of(admin.id()), board.id(), "x", null, city.inDays(9)))
          .isInstanceOf(Refusal.Forbidden.class)
          .hasMessageContaining("only they themselves may");
    }
  }

  @Test
  void whoIsNotKnownIsRefused() {
    try (var city = city(AnonymousAccess.READ_PUBLIC)) {
      for (var id : List.of("urn:plaza:person:ghost", "urn:plaza:key:ghost", "urn:plaza:system"))
        assertThatThrownBy(() -> city.get(Actor.of(id), DAAN))
            .isInstanceOf(Refusal.Forbidden.class);
    }
  }

  private static AccessCity city(AnonymousAccess anonymous) {
    var city = new AccessCity(anonymous);
    city.fill();
    city.put(
        Entity.of(
            "urn:ngsi-ld:Need:1",
            NEED,
            List.of(
                Attribute.of(Names.PLAZA + "title", Value.of("bikes in the morning")),
                Attribute.of(Names.PRIVATE + "contact", Value.of("anna@example.org")))));
    return city;
  }
}
