package plaza.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.portal.Browsing.that;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The pages in a real browser, over a small city.
class PortalTest {
  private static PortalCity city;
  private static Browsing browsing;
  private static PilotLine line;

  @BeforeAll
  static void open() {
    Browsing.requireChromium();
    city = new PortalCity();
    line = new PilotLine(city);
    browsing = new Browsing(city);
  }

  @AfterAll
  static void close() {
    if (browsing != null) browsing.close();
  }

  private static final String[] PAGES = {
    "/",
    "/stations",
    "/stations/urn:ngsi-ld:BikeHireDockingStation:500101003",
    "/needs",
    "/needs/new",
    "/pilots",
    "/pilots/night-vans",
    "/build",
    "/pilots/night-vans/build",
    "/about-data",
    "/sign-in",
    "/register",
    "/set-up",
    "/nowhere"
  };

  @Test
  void theLargestPagesHaveNoBarrierOnADesktopEither() {
    var page = browsing.page(1280, 800);
    for (var path : new String[] {"/", "/pilots/night-vans"}) {
      page.navigate(city.url(path));
      Browsing.hasNoBarrier(page);
    }
  }

  @Test
  void everyPageFitsASmallPhoneAndHasNoBarrier() {
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
    that(page.locator("#panel .panel-title")).containsText("捷運站3");
    page.waitForSelector("#panel .chart[data-readings='13']");
    Browsing.hasNoBarrier(page);
    page.keyboard().press("Escape");
    that(page.locator("#panel")).isHidden();
    assertThat(page.evaluate("document.activeElement.id")).isEqualTo("map-q");
  }

  @Test
  void theSliderShowsHowItWas() {
    var page = map(1280, 800);
    var now = page.locator("#count-empty").innerText();
    page.focus("#time");
    page.keyboard().press("Home");
    that(page.locator("#clock-time")).hasText("00:00");
    that(page.locator("#live")).hasAttribute("aria-pressed", "false");
    // At midnight of the first day nobody had reported yet.
    that(page.locator("#count-empty")).hasText("0");
    page.click("#live");
    that(page.locator("#count-empty")).hasText(now);
  }

  @Test
  void aNewReadingMovesTheOpenMap() {
    var page = map(1280, 800);
    var before = Integer.parseInt(page.locator("#count-empty").innerText());
    // The stream is open when the server knows the watcher; until then readings may pass unseen.
    var at = PortalCity.NOON;
    for (int i = 0; i < 120 && page.getAttribute("#livemap", "data-pushed") == null; i++) {
      at = at.plus(Duration.ofMinutes(1));
      city.put(PortalCity.station(5, at, 0));
      page.waitForTimeout(500);
    }
    that(page.locator("#count-empty")).hasText(Integer.toString(before + 1));
    city.put(PortalCity.station(5, at.plusSeconds(60), 5));
    that(page.locator("#count-empty")).hasText(Integer.toString(before));
  }

  @Test
  void theListFindsAStationByItsName() {
    var page = browsing.page(1280, 800);
    page.navigate(city.url("/stations"));
    that(page.locator("#rows tbody tr")).hasCount(12);
    page.fill("input[name=q]", "Exit 11");
    that(page.locator("#rows tbody tr")).hasCount(1);
    page.selectOption("select[name=level]", "empty");
    that(page.locator("#rows .found")).hasText("0 stations");
  }

  @Test
  void aPersonSignsInAndOut() {
    city.person("mei");
    var page = browsing.page(360, 740);
    page.navigate(city.url("/sign-in?next=/stations"));
    page.fill("input[name=name]", "mei");
    page.fill("input[name=password]", "not this one");
    page.click("main button[type=submit]");
    that(page.locator("[role=alert]")).containsText("wrong");
    page.fill("input[name=name]", "mei");
    page.fill("input[name=password]", PortalCity.PASSWORD);
    page.click("main button[type=submit]");
    page.waitForURL("**/stations");
    that(page.locator(".who-name")).hasText("The mei");
    Browsing.fitsThePhone(page);
    page.click("text=Sign out");
    that(page.locator("text=Sign in").first()).isVisible();
  }

  @Test
  void aNeedIsStatedWithAPinAndFollowedByItsLink() {
    var page = browsing.page(360, 740);
    page.navigate(city.url("/needs/new"));
    page.waitForSelector("#pin-map[data-ready]");
    page.locator("input[name=title]").pressSequentially("No bike when going to work");
    that(page.locator("#similar a").first()).containsText("No bike when I leave for work");
    page.focus("#pin-map canvas");
    page.keyboard().press("Enter");
    that(page.locator("#pin-words")).containsText("Pin set");
    Browsing.hasNoBarrier(page);
    Browsing.fitsThePhone(page);
    page.click("text=Send");
    page.waitForURL("**/needs/*?thanks=1");
    var link = page.locator("#follow-link").innerText();
    Browsing.hasNoBarrier(page);
    Browsing.fitsThePhone(page);
    that(page.locator("main h1")).hasText("No bike when going to work");

    var elsewhere = browsing.page(1280, 800);
    elsewhere.navigate(link.substring(0, link.indexOf('?')));
    that(elsewhere.locator("main h1")).hasText("Nothing here");
    elsewhere.navigate(link);
    that(elsewhere.locator("main h1")).hasText("No bike when going to work");
    that(elsewhere.locator("text=Waiting to be read by a moderator").first()).isVisible();
    assertThat(elsewhere.url()).doesNotContain("token");
  }

  @Test
  void aNeedIsStatedWithoutScriptToo() {
    var page = browsing.withoutScript();
    page.navigate(city.url("/needs/new"));
    page.fill("input[name=title]", "晚上沒有車可借");
    page.selectOption("select[name=district]", "urn:ngsi-ld:District:Neihu");
    page.click("text=Send");
    that(page.locator("main h1")).hasText("晚上沒有車可借");
    that(page.locator("#follow-link")).containsText("?token=");
    page.navigate(city.url("/needs/new"));
    page.evaluate("document.querySelector('input[name=title]').required = false");
    page.click("text=Send");
    that(page.locator("[role=alert]")).containsText("what you need");
  }

  @Test
  void aPersonWithoutAccountCountsOnce() {
    var page = browsing.page(1280, 800);
    var slug = line.need.id().substring(line.need.id().lastIndexOf(':') + 1);
    page.navigate(city.url("/needs/" + slug));
    var before = Integer.parseInt(page.locator(".support .big b").innerText());
    page.click("text=I need this too");
    that(page.locator(".support .big b")).hasText(Integer.toString(before + 1));
    that(page.locator("text=I need this too")).hasCount(0);
    page.click("text=Take my support back");
    that(page.locator(".support .big b")).hasText(Integer.toString(before));
    page.click("text=I need this too");
    that(page.locator(".support .big b")).hasText(Integer.toString(before + 1));
    that(page.locator(".answer:has-text('What the city does')")).containsText("Night vans");
    Browsing.hasNoBarrier(page);
  }

  @Test
  void aPilotShowsItsWayItsMeasureAndItsGrant() {
    var page = browsing.page(1280, 800);
    page.navigate(city.url("/pilots/night-vans"));
    page.waitForSelector(".chart[data-days='2'] canvas");
    that(page.locator(".verdict-word")).isVisible();
    that(page.locator(".story")).containsText("The baseline was measured and frozen");
    that(page.locator(".aside .sketch .area")).hasCount(1);
    page.click("text=The numbers, and how to check them");
    Browsing.hasNoBarrier(page);
    that(page.locator(".indicator .mono-id").first()).hasText(Pattern.compile("[0-9a-f]{64}"));
  }

  @Test
  void aBuilderTakesAKeyThatIsShownOnce() {
    var page = browsing.page(1280, 800);
    browsing.signIn(page, "bea", "/pilots/night-vans/build");
    page.fill("input[name=label]", "planner");
    page.click("text=Make a key");
    var key = page.locator("#new-key").innerText();
    assertThat(key).startsWith("plz_");
    assertThat(city.access.authenticator().fromKey(key).key()).isNotNull();
    that(page.locator("#try-key")).hasValue(key);
    Browsing.hasNoBarrier(page);
    page.fill("#try-path", "/portal/data/stations");
    page.click("#try-run");
    that(page.locator("#try-status")).containsText("in");
    page.navigate(city.url("/pilots/night-vans/build"));
    assertThat(page.content()).doesNotContain(key);
  }

  @Test
  void aFormFromAnotherSiteIsRefused() throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(city.url("/needs")))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", "cross-site")
            .POST(HttpRequest.BodyPublishers.ofString("title=x"))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("That is not open to you");
    }
  }
}
