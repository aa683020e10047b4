package plaza.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.portal.Browsing.that;

import com.microsoft.playwright.Page;
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
    Browsing.requireChromium();
    city = new PortalCity();
    new PilotLine(city);
    browsing = new Browsing(city);
  }

  @AfterAll
  static void close() {
    if (browsing != null) browsing.close();
  }

  @Test
  void aBuilderOpensWatchesTurnsAndRemovesASandbox() {
    var page = browsing.page(1280, 900);
    browsing.signIn(page, "bea", PATH);
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
    browsing.signIn(page, "po", PATH);
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
}
