package plaza.portal;

import static org.assertj.core.api.Assertions.assertThat;

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
    Browsing.requireChromium();
    city = new PortalCity();
    city.person("boss", Role.ADMIN);
    browsing = new Browsing(city);
  }

  @AfterAll
  static void close() {
    if (browsing != null) browsing.close();
  }

  @Test
  void anybodyReadsWhatIsKeptAndWhoIsSignedInIsErasedWithTwoClicks() {
    var rita = city.person("rita.quill");
    var page = browsing.page(1280, 900);
    page.navigate(city.url("/privacy"));
    assertThat(page.content()).contains("GDPR", "365 days after the record has ended");
    Browsing.hasNoBarrier(page);

    browsing.signIn(page, "rita.quill", "/privacy");
    page.locator("main summary").click();
    page.getByLabel("I know that this cannot be undone").check();
    button(page, "Erase me").click();

    PlaywrightAssertions.assertThat(page.locator("main")).containsText("You were erased");
    assertThat(city.access.people().find(rita)).isEmpty();
    var phone = browsing.page(390, 800);
    phone.navigate(city.url("/privacy"));
    Browsing.fitsThePhone(phone);
  }

  private static com.microsoft.playwright.Locator button(Page page, String name) {
    return page.locator("main")
        .getByRole(
            AriaRole.BUTTON, new com.microsoft.playwright.Locator.GetByRoleOptions().setName(name));
  }
}
