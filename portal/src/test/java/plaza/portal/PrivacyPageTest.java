package plaza.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plaza.access.people.Role;

/// What the city keeps of people, on a page; and somebody who asks to be erased.
class PrivacyPageTest {
  private static PortalCity city;
  private static Browsing browsing;

  @BeforeAll
  static void open() {
    assumeThat(Browsing.chromium())
        .as("a browser: PLAZA_CHROMIUM or /usr/bin/chromium")
        .isPresent();
    city = new PortalCity();
    city.person("boss", Role.ADMIN);
    browsing = new Browsing();
  }

  @AfterAll
  static void close() {
    if (browsing != null) browsing.close();
    if (city != null) city.close();
  }

  @Test
  void anybodyReadsWhatIsKeptAndWhoIsSignedInIsErasedWithTwoClicks() {
    var rita = city.person("rita.quill");
    var page = browsing.page(1280, 900);
    page.navigate(city.url("/privacy"));
    assertThat(page.content()).contains("GDPR", "365 days after the record has ended");
    Browsing.hasNoBarrier(page);

    page.navigate(city.url("/sign-in?next=/privacy"));
    page.fill("input[name=name]", "rita.quill");
    page.fill("input[name=password]", PortalCity.PASSWORD);
    button(page, "Sign in").click();
    page.locator("main summary").click();
    page.getByLabel("I know that this cannot be undone").check();
    button(page, "Erase me").click();

    PlaywrightAssertions.assertThat(page.locator("main")).containsText("You were erased");
    assertThat(city.access.people().find(rita)).isEmpty();
    var phone = browsing.page(390, 800);
    phone.navigate(city.url("/privacy"));
    Browsing.fitsThePhone(phone);
    assertThat(browsing.troubles).isEmpty();
  }

  private static com.microsoft.playwright.Locator button(Page page, String name) {
    return page.locator("main")
        .getByRole(
            AriaRole.BUTTON, new com.microsoft.playwright.Locator.GetByRoleOptions().setName(name));
  }
}
