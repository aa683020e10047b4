package plaza.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import plaza.access.people.Organization;
import plaza.access.people.Role;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ledger.store.Position;

/// Somebody's account is taken out of the records, and the audit chain still holds.
class ErasureTest {
  private static final String NAME = "ada-of-daan";
  private static final String EMAIL = "ada@lovelace.example";

  @Test
  void nothingNamesWhoWasErasedAndTheChainStillVerifies() {
    try (var city = new AccessCity()) {
      city.person("boss", Role.ADMIN);
      var access = city.access;
      var ada =
          access.people().add(AccessCity.OFFICE, NAME, "Ada Byron", EMAIL, AccessCity.PASSWORD);
      var by = Actor.of(ada.id());
      access
          .roles()
          .give(AccessCity.OFFICE, ada.id(), Role.PMO, plaza.access.people.Scope.CITY, null);
      var firm =
          access
              .organizations()
              .add(AccessCity.OFFICE, "W", Organization.Kind.SME, Set.of("TW-BAN:1"), null, null);
      access.organizations().join(AccessCity.OFFICE, ada.id(), firm.id(), true);
      var session = access.sessions().begin(ada.id());
      var key =
          access
              .keys()
              .issuePersonal(
                  by, ada.id(), "laptop of Ada Byron", null, city.now.plus(Duration.ofDays(9)));
      access.people().changeProfile(by, ada.id(), "Ada King", EMAIL);

      access.erase(by, ada.id());
      access.erase(AccessCity.OFFICE, ada.id());
      city.store.scrubFeed(city.store.head());

      var everything = everything(city);
      for (var trace : Set.of(NAME, EMAIL, "Ada", "laptop"))
        assertThat(everything).doesNotContain(trace);
      assertThat(access.people().find(ada.id())).isEmpty();
      assertThat(access.sessions().find(session.token())).isEmpty();
      assertThatThrownBy(() -> access.authenticator().fromKey(key.text()))
          .isInstanceOf(Refusal.Unauthenticated.class);
      assertThat(access.organizations().verifiedOf(ada.id())).isEmpty();
      assertThat(access.audit().verify()).isEmpty();
      assertThat(everything(city.restarted())).doesNotContain("Ada");
    }
  }

  @Test
  void theOnlyAdministratorStays() {
    try (var city = new AccessCity()) {
      var boss = city.person("boss", Role.ADMIN);
      assertThatThrownBy(() -> city.access.erase(Actor.of(boss.id()), boss.id()))
          .isInstanceOf(Refusal.Conflict.class);
    }
  }

  @Test
  void nobodyErasesAnotherButAnAdministrator() {
    try (var city = new AccessCity()) {
      var ada = city.person("ada");
      var bob = city.person("bob");
      assertThatThrownBy(() -> city.access.erase(Actor.of(bob.id()), ada.id()))
          .isInstanceOf(Refusal.Forbidden.class);
    }
  }

  private static String everything(AccessCity city) {
    var text = new StringBuilder();
    city.reader.each(
        AccessCity.OFFICE,
        Address.SYSTEM,
        Query.EVERYTHING,
        entity -> {
          text.append(entity);
          return true;
        });
    for (var entry : city.store.feed(Position.START, 10_000)) text.append(entry);
    return text.toString();
  }
}
