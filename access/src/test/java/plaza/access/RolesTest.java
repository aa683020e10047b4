package plaza.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.access.AccessCity.OFFICE;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.access.people.Organization;
import plaza.access.people.Power;
import plaza.access.people.Role;
import plaza.access.people.Scope;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.ledger.Actor;
import plaza.testkit.TestCity;

class RolesTest {
  private static final String CHALLENGE = "urn:ngsi-ld:Challenge:1";
  private static final String TENANT = Address.DEFAULT_TENANT;

  private final AccessCity city = new AccessCity();

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void aRoleOnOneThingIsNoneOnAnother() {
    var officer = city.person("wu");
    city.access
        .roles()
        .give(OFFICE, officer.id(), Role.PANEL_MEMBER, Scope.on(TENANT, CHALLENGE), null);

    var roles = city.access.roles();
    assertThat(roles.holds(officer.id(), Role.PANEL_MEMBER, Scope.on(TENANT, CHALLENGE))).isTrue();
    assertThat(roles.holds(officer.id(), Role.PANEL_MEMBER, Scope.on(TENANT, CHALLENGE + "2")))
        .isFalse();
    assertThat(roles.holds(officer.id(), Role.PANEL_MEMBER, Scope.CITY)).isFalse();
    assertThat(roles.anywhere(officer.id(), TENANT)).contains(Role.PANEL_MEMBER);
    assertThat(roles.holders(Role.PANEL_MEMBER, Scope.on(TENANT, CHALLENGE)))
        .containsExactly(officer.id());
  }

  @Test
  void aRoleOnTheWholeTenantCountsOnEverythingInIt() {
    var pmo = city.person("mei", Role.PMO);

    assertThat(city.access.roles().holds(pmo.id(), Role.PMO, Scope.on(TENANT, CHALLENGE))).isTrue();
    assertThat(city.access.roles().holds(pmo.id(), Role.PMO, Scope.tenant("other"))).isFalse();
  }

  @Test
  void aRoleEndsByItself() {
    var board = city.person("chen");
    city.access.roles().give(OFFICE, board.id(), Role.PROGRAMME_BOARD, Scope.CITY, city.inDays(30));

    city.now = city.inDays(30);

    assertThat(city.access.roles().holds(board.id(), Role.PROGRAMME_BOARD, Scope.CITY)).isFalse();
    assertThat(city.access.roles().holders(Role.PROGRAMME_BOARD, Scope.CITY)).isEmpty();
  }

  @Test
  void aRoleTakenBackIsGoneAtOnceWithWhatItOpened() {
    city.fill();
    var steward = city.person("hao");
    var holding =
        city.access.roles().give(OFFICE, steward.id(), Role.DATA_STEWARD, Scope.CITY, null);
    var actor = Actor.of(steward.id());
    city.write(actor, TestCity.daan(4));

    city.access.roles().take(OFFICE, holding.id());

    assertThatThrownBy(() -> city.write(actor, TestCity.daan(5)))
        .isInstanceOf(Refusal.Forbidden.class);
    assertThatThrownBy(() -> city.get(actor, TestCity.DAAN)).isInstanceOf(Refusal.Forbidden.class);
  }

  @Test
  void theSameRoleIsNotGivenTwice() {
    var pmo = city.person("mei", Role.PMO);

    assertThatThrownBy(() -> city.access.roles().give(OFFICE, pmo.id(), Role.PMO, Scope.CITY, null))
        .isInstanceOf(Refusal.AlreadyExists.class)
        .hasMessageContaining("mei has the role pmo");
  }

  @Test
  void onlyAnAdministratorGivesRoles() {
    var pmo = city.person("mei", Role.PMO);
    var admin = city.person("lin", Role.ADMIN);

    assertThatThrownBy(() ->
            city.access
                .roles()
                .give(Actor.of(pmo.id()), pmo.id(), Role.PROGRAMME_BOARD, Scope.CITY, null))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("this needs one of the roles admin");
    assertThat(
            city.access
                .roles()
                .give(Actor.of(admin.id()), pmo.id(), Role.SPONSOR, Scope.CITY, null))
        .isNotNull();
  }

  @Test
  void anAdministratorDecidesNothingInTheProgramme() {
    assertThat(Role.ADMIN.has(Power.DECIDE_IN_PROGRAMME)).isFalse();
    assertThat(Role.ADMIN.has(Power.ACT_IN_PROGRAMME)).isFalse();
    assertThat(Role.ADMIN.has(Power.GRANT_DATA)).isFalse();
    assertThat(Role.ADMIN.has(Power.WRITE_CITY)).isFalse();
    assertThat(Role.PMO.has(Power.DECIDE_IN_PROGRAMME)).isFalse();
  }

  @Test
  void membershipCountsOnceSomebodyElseConfirmedIt() {
    var organizations = city.access.organizations();
    var company =
        organizations.add(OFFICE, "Bikes Ltd", Organization.Kind.STARTUP, Set.of(), null, null);
    var pmo = city.person("mei", Role.PMO);
    var self = Actor.of(pmo.id());
    var membership = organizations.join(self, pmo.id(), company.id(), false);
    var scope = Scope.on(TENANT, company.id());
    assertThat(city.access.roles().holds(pmo.id(), Role.INNOVATOR, scope)).isFalse();

    assertThatThrownBy(() -> organizations.verify(self, membership.id()))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("cannot verify their own membership");
    organizations.verify(Actor.of(city.person("hao", Role.PMO).id()), membership.id());

    assertThat(city.access.roles().holds(pmo.id(), Role.INNOVATOR, scope)).isTrue();
    assertThat(city.access.roles().anywhere(pmo.id(), TENANT)).contains(Role.INNOVATOR);
  }

  @Test
  void everythingSurvivesARestart() {
    var pmo = city.person("mei", Role.PMO);
    var department =
        city.access
            .organizations()
            .add(
                OFFICE,
                "Transport",
                Organization.Kind.DEPARTMENT,
                Set.of("TW-GOV:1"),
                java.math.BigDecimal.ONE,
                null);
    var membership = city.access.organizations().join(OFFICE, pmo.id(), department.id(), true);

    var again = city.restarted();

    assertThat(again.access.people().get(pmo.id())).isEqualTo(city.access.people().get(pmo.id()));
    assertThat(again.access.organizations().get(department.id())).isEqualTo(department);
    assertThat(again.access.organizations().listOf(pmo.id())).containsExactly(membership);
    assertThat(again.access.roles().list()).isEqualTo(city.access.roles().list());
    assertThat(again.access.roles().holds(pmo.id(), Role.PMO, Scope.CITY)).isTrue();
    again.feed.close();
    again.ledger.close();
  }
}
