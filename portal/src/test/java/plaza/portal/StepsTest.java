package plaza.portal;

import static plaza.portal.Browsing.that;

import com.microsoft.playwright.Page;
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
    Browsing.requireChromium();
    city = new PortalCity();
    new PilotLine(city);
    city.person("mia", Role.MODERATOR, Role.PMO);
    browsing = new Browsing(city);
  }

  @AfterAll
  static void close() {
    if (browsing != null) browsing.close();
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
    browsing.signIn(page, "mia", "/records");
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
    page.click("main form > .button");
    that(page.locator("#told[role=alert]")).containsText("title");
    page.fill("input[name=title]", "Light at night");
    page.click("main form > .button");
    that(page.locator("main h1")).hasText("Light at night");
    that(page.locator(".record-facts")).not().containsText("urn:");
    page.click(".record-facts a:has-text('A lamp at the river path')");
    that(page.locator("main h1")).hasText("A lamp at the river path");
  }

  @Test
  void pagesOfTheProgrammeFitAPhoneAndHaveNoBarrier() {
    state(browsing.withoutScript(), "A bench in the shade");
    var page = browsing.page(360, 740);
    browsing.signIn(page, "mia", "/records");
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
    browsing.signIn(page, "rex", "/pilots/night-vans");
    that(page.locator("main h1")).hasText(Pattern.compile("Night vans.*"));
    that(page.locator(".can-do")).hasCount(0);
    page.navigate(city.url("/records"));
    that(page.locator("main .notice")).containsText("Nothing waits for you");
    page.navigate(city.url("/records/clusters/new"));
    page.click("main form > .button");
    that(page.locator("#told")).containsText("opened by a moderator or the pmo");
  }
}
