package plaza.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plaza.access.people.Role;

/// People with roles move records on through the pages.
class StepsTest {
  private static PortalCity city;
  private static Browsing browsing;

  @BeforeAll
  static void open() {
    assumeThat(Browsing.chromium())
        .as("a browser: PLAZA_CHROMIUM or /usr/bin/chromium")
        .isPresent();
    city = new PortalCity();
    new PilotLine(
        city,
        PilotLine.box(121.56, 25.06, 121.62, 25.11),
        PilotLine.box(121.52, 25.01, 121.56, 25.05),
        "2025-05-11/2025-05-11",
        "2025-05-12/2025-05-12");
    city.person("mia", Role.MODERATOR, Role.PMO);
    browsing = new Browsing();
  }

  @AfterAll
  static void close() {
    if (browsing == null) return;
    browsing.close();
    city.close();
    assertThat(browsing.troubles).isEmpty();
  }

  private static void signIn(Page page, String name, String next) {
    page.navigate(city.url("/sign-in?next=" + next));
    page.fill("input[name=name]", name);
    page.fill("input[name=password]", PortalCity.PASSWORD);
    page.click("main button[type=submit]");
    page.waitForURL("**" + next);
  }

  private static void state(Page page, String title) {
    page.navigate(city.url("/needs/new"));
    page.fill("input[name=title]", title);
    page.click("main button:has-text('Send')");
  }

  @Test
  void aModeratorPublishesANeedAndClustersItWithoutScript() {
    state(browsing.withoutScript(), "A lamp at the river path");
    var page = browsing.withoutScript();
    signIn(page, "mia", "/records");
    page.click("text=A lamp at the river path");
    page.click("#step-reject summary");
    page.click("#step-reject button");
    that(page.locator("#told[role=alert]")).containsText("Reject is not possible yet");
    that(page.locator("#told .unmet li")).hasCount(1);
    that(page.locator("#told .unmet")).containsText("reasonCode");

    page.click("#step-publish summary");
    page.click("#step-publish button");
    that(page.locator("#told[role=status]")).containsText("Done: Publish");
    that(page.locator("main h1 + .card-meta")).containsText("Open: others can support it");

    page.click("text=Put needs side by side");
    page.click("main form button");
    that(page.locator("#told[role=alert]")).containsText("title");
    var written = page.inputValue("textarea");
    page.fill("textarea", written.replace("\"title\": \"\"", "\"title\": \"Light at night\""));
    page.click("main form button");
    that(page.locator("main h1")).hasText("Light at night");
    page.click(".record-facts a:has-text('urn:ngsi-ld:Need:')");
    that(page.locator("main h1")).hasText("A lamp at the river path");
  }

  @Test
  void pagesOfTheProgrammeFitAPhoneAndHaveNoBarrier() {
    state(browsing.withoutScript(), "A bench in the shade");
    var page = browsing.page(360, 740);
    signIn(page, "mia", "/records");
    String[] paths = {
      "/records",
      "/records/needs",
      "/records/grants",
      "/records/gates/new",
      "/records/pilots/night-vans"
    };
    for (var path : paths) {
      page.navigate(city.url(path));
      isWhole(page);
    }
    page.navigate(city.url("/records/indicators"));
    page.click(".plain-list a");
    isWhole(page);
    page.navigate(city.url("/records"));
    page.click("text=A bench in the shade");
    page.click("#step-publish summary");
    isWhole(page);
    page.click("#step-reject summary");
    page.click("#step-reject button");
    that(page.locator("#told")).isVisible();
    isWhole(page);
  }

  private static void isWhole(Page page) {
    Browsing.fitsThePhone(page);
    Browsing.hasNoBarrier(page);
    page.setViewportSize(1280, 900);
    Browsing.hasNoBarrier(page);
    page.setViewportSize(360, 740);
  }

  @Test
  void whoHasNoRoleIsOfferedNothing() {
    city.person("rex");
    var page = browsing.withoutScript();
    signIn(page, "rex", "/pilots/night-vans");
    that(page.locator("main h1")).hasText(Pattern.compile("Night vans.*"));
    that(page.locator(".can-do")).hasCount(0);
    page.navigate(city.url("/records"));
    that(page.locator("main .notice")).containsText("Nothing waits for you");
    page.navigate(city.url("/records/clusters/new"));
    page.click("main form button");
    that(page.locator("#told")).containsText("opened by a moderator or the pmo");
  }

  private static LocatorAssertions that(Locator locator) {
    return PlaywrightAssertions.assertThat(locator);
  }
}
