package plaza.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plaza.graph.Entity;

/// A builder opens a sandbox on a page and watches the past go by.
class SandboxPageTest {
  private static final String PATH = "/pilots/night-vans/sandboxes";
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
    browsing = new Browsing();
  }

  @AfterAll
  static void close() {
    if (browsing == null) return;
    browsing.close();
    city.close();
    assertThat(browsing.troubles).isEmpty();
  }

  @Test
  void aBuilderOpensWatchesTurnsAndRemovesASandbox() {
    var page = browsing.page(1280, 900);
    page.navigate(city.url("/sign-in?next=" + PATH));
    page.fill("input[name=name]", "bea");
    page.fill("input[name=password]", PortalCity.PASSWORD);
    page.click("main button[type=submit]");
    page.waitForURL("**" + PATH);
    page.selectOption("select[name=speed]", "max");
    page.click("text=Open the sandbox");
    // Without a click: the page looks after it.
    that(page.locator("#facts-1")).containsText("At its end");
    that(page.locator("#facts-1")).containsText("sandbox.night-vans.1");
    that(page.locator("#curl-read")).containsText("Plaza-Branch: sandbox.night-vans.1");
    assertThat(page.locator("#facts-1").innerText()).doesNotContain(" 0 readings");
    Browsing.hasNoBarrier(page);

    page.click("text=From the beginning");
    that(page.locator("#facts-1")).containsText("At its end");
    onAPhone(page);
    page.click("text=Remove");
    that(page.locator("main")).containsText("None is open.");
  }

  private static void onAPhone(Page page) {
    page.setViewportSize(360, 740);
    Browsing.fitsThePhone(page);
    Browsing.hasNoBarrier(page);
    page.setViewportSize(1280, 900);
  }

  @Test
  void anOfficerSeesWhatIsThePilotsOwnAsSuch() {
    city.put(
        Entity.of(
            "urn:ngsi-ld:Van:night-vans:1", "https://plaza.city/pilots/night-vans#Van", List.of()));
    var page = browsing.page(1280, 900);
    page.navigate(city.url("/sign-in?next=" + PATH));
    page.fill("input[name=name]", "po");
    page.fill("input[name=password]", PortalCity.PASSWORD);
    page.click("main button[type=submit]");
    that(page.locator("main")).containsText("as data of this pilot: 1 Van");
  }

  @Test
  void othersAreToldWhomItIsFor() {
    var page = browsing.page(1280, 900);
    page.navigate(city.url(PATH));
    that(page.locator("main")).containsText("Sign in");
    that(page.locator("main form")).hasCount(0);
    assertThat(page.content()).doesNotContain("as data of this pilot");
    that(page.locator("main")).containsText("https://plaza.city/pilots/night-vans#");
  }

  private static LocatorAssertions that(Locator locator) {
    return PlaywrightAssertions.assertThat(locator);
  }
}
