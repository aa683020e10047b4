package plaza.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The pages in a real browser, over a small city.
class PortalTest {
  private static PortalCity city;
  private static Browsing browsing;

  @BeforeAll
  static void open() {
    assumeThat(Browsing.chromium())
        .as("a browser: PLAZA_CHROMIUM or /usr/bin/chromium")
        .isPresent();
    city = new PortalCity();
    browsing = new Browsing();
  }

  @AfterAll
  static void close() {
    if (browsing == null) return;
    browsing.close();
    city.close();
    assertThat(browsing.troubles).isEmpty();
  }

  private static final String[] PAGES = {
    "/",
    "/stations",
    "/stations/urn:ngsi-ld:BikeHireDockingStation:500101003",
    "/sign-in",
    "/register",
    "/set-up",
    "/nowhere"
  };

  @Test
  void noPageHasABarrier() {
    var page = browsing.page(1280, 800);
    for (var path : PAGES) {
      page.navigate(city.url(path));
      Browsing.hasNoBarrier(page);
    }
  }

  @Test
  void everyPageFitsASmallPhone() {
    var page = browsing.page(360, 740);
    for (var path : PAGES) {
      page.navigate(city.url(path));
      Browsing.fitsThePhone(page);
      Browsing.hasNoBarrier(page);
    }
  }

  @Test
  void everyPageSaysSomethingWithoutScript() {
    var page = browsing.withoutScript();
    for (var path : PAGES) {
      page.navigate(city.url(path));
      assertThat(page.locator("h1").innerText()).isNotBlank();
    }
  }

  private Page map(int width, int height) {
    var page = browsing.page(width, height);
    page.navigate(city.url("/"));
    page.waitForSelector("#map[data-ready]");
    return page;
  }

  @Test
  void aStationIsChosenWithTheKeyboardAlone() {
    var page = map(1280, 800);
    page.focus("#map-q");
    page.keyboard().type("捷運站3");
    page.keyboard().press("Enter");
    PlaywrightAssertions.assertThat(page.locator("#panel .panel-title")).containsText("捷運站3");
    page.waitForSelector("#panel .chart[data-readings='13']");
    Browsing.hasNoBarrier(page);
    page.keyboard().press("Escape");
    PlaywrightAssertions.assertThat(page.locator("#panel")).isHidden();
    assertThat(page.evaluate("document.activeElement.id")).isEqualTo("map-q");
  }

  @Test
  void theSliderShowsHowItWas() {
    var page = map(1280, 800);
    var now = page.locator("#count-empty").innerText();
    page.focus("#time");
    page.keyboard().press("Home");
    PlaywrightAssertions.assertThat(page.locator("#clock-time")).hasText("00:00");
    PlaywrightAssertions.assertThat(page.locator("#live")).hasAttribute("aria-pressed", "false");
    // At midnight of the first day nobody had reported yet.
    PlaywrightAssertions.assertThat(page.locator("#count-empty")).hasText("0");
    page.click("#live");
    PlaywrightAssertions.assertThat(page.locator("#count-empty")).hasText(now);
  }

  @Test
  void aNewReadingMovesTheOpenMap() {
    var page = map(1280, 800);
    var before = Integer.parseInt(page.locator("#count-empty").innerText());
    // The stream is open when the server knows the watcher; until then readings may pass unseen.
    var at = PortalCity.NOON;
    for (int i = 0; i < 20 && page.getAttribute("#livemap", "data-pushed") == null; i++) {
      at = at.plus(Duration.ofMinutes(1));
      city.put(PortalCity.station(5, at, 0));
      page.waitForTimeout(500);
    }
    PlaywrightAssertions.assertThat(page.locator("#count-empty"))
        .hasText(Integer.toString(before + 1));
    city.put(PortalCity.station(5, at.plusSeconds(60), 5));
    PlaywrightAssertions.assertThat(page.locator("#count-empty")).hasText(Integer.toString(before));
  }

  @Test
  void theListFindsAStationByItsName() {
    var page = browsing.page(1280, 800);
    page.navigate(city.url("/stations"));
    PlaywrightAssertions.assertThat(page.locator("#rows tbody tr")).hasCount(12);
    page.fill("input[name=q]", "Exit 11");
    PlaywrightAssertions.assertThat(page.locator("#rows tbody tr")).hasCount(1);
    page.selectOption("select[name=level]", "empty");
    PlaywrightAssertions.assertThat(page.locator("#rows .found")).hasText("0 stations");
  }

  @Test
  void aPersonSignsInAndOut() {
    city.person("mei");
    var page = browsing.page(360, 740);
    page.navigate(city.url("/sign-in?next=/stations"));
    page.fill("input[name=name]", "mei");
    page.fill("input[name=password]", "not this one");
    page.click("main button[type=submit]");
    PlaywrightAssertions.assertThat(page.locator("[role=alert]")).containsText("wrong");
    page.fill("input[name=name]", "mei");
    page.fill("input[name=password]", PortalCity.PASSWORD);
    page.click("main button[type=submit]");
    page.waitForURL("**/stations");
    PlaywrightAssertions.assertThat(page.locator(".who-name")).hasText("The mei");
    Browsing.fitsThePhone(page);
    page.click("text=Sign out");
    PlaywrightAssertions.assertThat(page.locator("text=Sign in").first()).isVisible();
  }
}
