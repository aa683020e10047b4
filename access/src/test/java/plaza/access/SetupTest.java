package plaza.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.access.AccessCity.PASSWORD;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.access.people.Role;
import plaza.access.people.Scope;
import plaza.graph.Refusal;

class SetupTest {
  private final AccessCity city = new AccessCity();

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void aNewCityHasNobodyAndNoDefaultPassword() {
    assertThat(city.access.people().list()).isEmpty();
    assertThat(city.access.setup().isNeeded()).isTrue();
  }

  @Test
  void theTokenMakesTheFirstAdministratorOnce() {
    var token = city.access.setup().begin().orElseThrow();

    var admin = city.access.setup().finish(token, "lin", "Lin", null, PASSWORD);

    assertThat(city.access.roles().holds(admin.id(), Role.ADMIN, Scope.CITY)).isTrue();
    assertThat(city.access.setup().begin()).isEmpty();
    assertThatThrownBy(() -> city.access.setup().finish(token, "eve", "Eve", null, PASSWORD))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("was used already");
  }

  @Test
  void aWeakPasswordDoesNotUseTheTokenUp() {
    var token = city.access.setup().begin().orElseThrow();
    assertThatThrownBy(() -> city.access.setup().finish(token, "lin", "Lin", null, "short"))
        .isInstanceOf(Refusal.Invalid.class);

    assertThat(city.access.setup().finish(token, "lin", "Lin", null, PASSWORD)).isNotNull();
  }

  @Test
  void aTokenEndsAfterADayOrWithTheNextOne() {
    var first = city.access.setup().begin().orElseThrow();
    var second = city.access.setup().begin().orElseThrow();
    assertThatThrownBy(() -> city.access.setup().finish(first, "lin", "Lin", null, PASSWORD))
        .isInstanceOf(Refusal.Forbidden.class);

    city.now = city.now.plus(Duration.ofHours(24));

    assertThatThrownBy(() -> city.access.setup().finish(second, "lin", "Lin", null, PASSWORD))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("restart Plaza for a new one");
  }
}
