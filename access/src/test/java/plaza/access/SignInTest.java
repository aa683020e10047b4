package plaza.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static plaza.access.AccessCity.OFFICE;
import static plaza.access.AccessCity.PASSWORD;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.access.people.Person;
import plaza.access.people.Role;
import plaza.graph.Refusal;
import plaza.ledger.Actor;

class SignInTest {
  private static final String HOME = "192.0.2.7";
  private static final String NEW_PASSWORD = "another four words";

  private final AccessCity city = new AccessCity();
  private final Person mei = city.person("mei", Role.PMO);

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void theRightPasswordOpensASessionThatTellsWhoItIs() {
    var token = signIn(PASSWORD);

    var caller = city.access.authenticator().fromSession(token);

    assertThat(caller.actor()).isEqualTo(Actor.of(mei.id()));
    assertThat(caller.displayName()).isEqualTo("The mei");
    assertThat(caller.roles()).containsExactlyInAnyOrder(Role.ANONYMOUS, Role.RESIDENT, Role.PMO);
    assertThat(caller.csrf()).isNotNull().isNotEqualTo(token);
  }

  @Test
  void theNameIsTakenAsPeopleTypeIt() {
    assertThat(city.access.signIn().signIn(" Mei ", PASSWORD, HOME)).isNotNull();
  }

  @Test
  void aWrongNameAndAWrongPasswordLookAlike() {
    var wrongPassword = catchThrowable(() -> signIn("not the password"));
    var wrongName = catchThrowable(() -> city.access.signIn().signIn("nobody", PASSWORD, HOME));

    assertThat(wrongPassword).isInstanceOf(Refusal.Unauthenticated.class);
    assertThat(wrongName)
        .isInstanceOf(Refusal.Unauthenticated.class)
        .hasMessage(wrongPassword.getMessage());
  }

  @Test
  void aSuspendedPersonCannotSignInAndIsOutAtOnce() {
    var token = signIn(PASSWORD);
    city.access.people().suspend(OFFICE, mei.id(), "left");

    assertThatThrownBy(() -> city.access.authenticator().fromSession(token))
        .isInstanceOf(Refusal.Unauthenticated.class);
    assertThatThrownBy(() -> signIn(PASSWORD)).isInstanceOf(Refusal.Unauthenticated.class);
  }

  @Test
  void afterFiveFailuresEachTryCostsAWait() {
    failFiveTimes();

    assertThatThrownBy(() -> signIn(PASSWORD))
        .isInstanceOf(Refusal.TooMany.class)
        .hasMessageContaining("try again in");

    city.now = city.now.plus(Duration.ofSeconds(2));
    assertThat(signIn(PASSWORD)).isNotEmpty();
  }

  @Test
  void theWaitDoublesWithEachFailure() {
    failFiveTimes();
    for (int seconds : new int[] {1, 2, 4, 8}) {
      city.now = city.now.plus(Duration.ofSeconds(seconds)).minusMillis(1);
      assertThatThrownBy(() -> signIn("not the password")).isInstanceOf(Refusal.TooMany.class);
      city.now = city.now.plusMillis(1);
      assertThatThrownBy(() -> signIn("not the password"))
          .isInstanceOf(Refusal.Unauthenticated.class);
    }
  }

  @Test
  void oneAddressCannotTryManyNames() {
    for (int i = 0; i < 20; i++) {
      var name = "guess" + i;
      assertThatThrownBy(() -> city.access.signIn().signIn(name, "not the password", "2001:db8::1"))
          .isInstanceOf(Refusal.Unauthenticated.class);
    }

    assertThatThrownBy(() -> city.access.signIn().signIn("guess99", "no", "2001:db8::2"))
        .isInstanceOf(Refusal.TooMany.class)
        .hasMessageContaining("from this address");
    assertThat(signIn(PASSWORD)).isNotEmpty();
  }

  @Test
  void signingOutEndsTheSession() {
    var begun = city.access.signIn().signIn("mei", PASSWORD, HOME);
    city.access.signIn().signOut(Actor.of(mei.id()), begun.session().id());

    assertThatThrownBy(() -> city.access.authenticator().fromSession(begun.token()))
        .isInstanceOf(Refusal.Unauthenticated.class)
        .hasMessageContaining("sign in again");
  }

  @Test
  void aSessionEndsWhenItIsNotUsed() {
    var token = signIn(PASSWORD);
    for (int i = 0; i < 4; i++) {
      city.now = city.now.plus(Duration.ofMinutes(90));
      assertThat(city.access.authenticator().fromSession(token)).isNotNull();
    }
    city.now = city.now.plus(Duration.ofHours(2));

    assertThatThrownBy(() -> city.access.authenticator().fromSession(token))
        .isInstanceOf(Refusal.Unauthenticated.class);
  }

  @Test
  void aSessionEndsAfterADayHoweverMuchItIsUsed() {
    var token = signIn(PASSWORD);
    for (int i = 0; i < 23; i++) {
      city.now = city.now.plus(Duration.ofHours(1));
      assertThat(city.access.authenticator().fromSession(token)).isNotNull();
    }
    city.now = city.now.plus(Duration.ofHours(1));

    assertThatThrownBy(() -> city.access.authenticator().fromSession(token))
        .isInstanceOf(Refusal.Unauthenticated.class);
  }

  @Test
  void aSessionAndItsCsrfTokenSurviveARestart() {
    var token = signIn(PASSWORD);
    var before = city.access.authenticator().fromSession(token);

    var again = city.restarted();

    assertThat(again.access.authenticator().fromSession(token)).isEqualTo(before);
    again.feed.close();
    again.ledger.close();
  }

  @Test
  void changingThePasswordEndsAllOtherSessions() {
    var here = city.access.signIn().signIn("mei", PASSWORD, HOME);
    var elsewhere = signIn(PASSWORD);

    city.access.signIn().changePassword(mei.id(), PASSWORD, NEW_PASSWORD, here.session().id());

    assertThat(city.access.authenticator().fromSession(here.token())).isNotNull();
    assertThatThrownBy(() -> city.access.authenticator().fromSession(elsewhere))
        .isInstanceOf(Refusal.Unauthenticated.class);
    assertThatThrownBy(() -> signIn(PASSWORD)).isInstanceOf(Refusal.Unauthenticated.class);
    assertThat(signIn(NEW_PASSWORD)).isNotEmpty();
  }

  @Test
  void theOldPasswordIsNeededForANewOne() {
    assertThatThrownBy(() ->
            city.access.signIn().changePassword(mei.id(), "not the password", NEW_PASSWORD, ""))
        .isInstanceOf(Refusal.Forbidden.class);
    assertThat(signIn(PASSWORD)).isNotEmpty();
  }

  @Test
  void aTokenThatWasNeverGivenOpensNothing() {
    for (var token : new String[] {"", "x", "a".repeat(43), "\u0000", "a".repeat(100_000)})
      assertThatThrownBy(() -> city.access.authenticator().fromSession(token))
          .isInstanceOf(Refusal.Unauthenticated.class);
  }

  @Test
  void whoRegistersIsAResidentAndNothingMore() {
    var begun = city.access.signIn().register("Anna", "Anna", null, NEW_PASSWORD, HOME);

    assertThat(city.access.authenticator().fromSession(begun.token()).roles())
        .containsExactlyInAnyOrder(Role.ANONYMOUS, Role.RESIDENT);
    assertThatThrownBy(() -> city.access.signIn().register("anna", "A", null, NEW_PASSWORD, HOME))
        .isInstanceOf(Refusal.AlreadyExists.class);
  }

  private void failFiveTimes() {
    for (int i = 0; i < 5; i++)
      assertThatThrownBy(() -> signIn("not the password"))
          .isInstanceOf(Refusal.Unauthenticated.class);
  }

  private String signIn(String password) {
    return city.access.signIn().signIn("mei", password, HOME).token();
  }
}
