package plaza.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Debian's Chromium with software WebGL over a small city, and what every page is held to.
final class Browsing implements AutoCloseable {
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-background-networking",
          "--disable-sync",
          "--no-first-run",
          "--enable-unsafe-swiftshader",
          "--use-angle=swiftshader");

  private final PortalCity city;
  private final Playwright playwright;
  private final Browser browser;
  private final List<String> troubles = new ArrayList<>();

  /// Skips the tests where there is nothing to test with: before a city is made.
  static void requireChromium() {
    assumeThat(chromium()).as("a browser: PLAZA_CHROMIUM or /usr/bin/chromium").isPresent();
  }

  /// @param city closed with the browser
  Browsing(PortalCity city) {
    this.city = city;
    var options = new Playwright.CreateOptions();
    options.setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
    playwright = Playwright.create(options);
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium().orElseThrow())
                    .setArgs(ARGUMENTS));
  }

  private static Optional<Path> chromium() {
    var named = System.getenv("PLAZA_CHROMIUM");
    return List.of(named == null ? "" : named, "/usr/bin/chromium", "/usr/bin/chromium-browser")
        .stream()
        .filter(path -> !path.isEmpty())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// A page of a visitor of their own, without cookies.
  Page page(int width, int height) {
    return page(new Browser.NewContextOptions().setViewportSize(width, height));
  }

  Page withoutScript() {
    return page(new Browser.NewContextOptions().setJavaScriptEnabled(false));
  }

  private Page page(Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(60_000);
    // The machine may be busy; what is never going to appear still fails within half a minute.
    PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    var page = context.newPage();
    page.onPageError(trouble -> troubles.add(trouble));
    page.onConsoleMessage(message -> {
      if (message.text().contains("Content Security Policy")) troubles.add(message.text());
    });
    return page;
  }

  /// Signs in on the page as somebody of the city, who then is where they wanted to go.
  void signIn(Page page, String name, String next) {
    page.navigate(city.url("/sign-in?next=" + next));
    page.fill("input[name=name]", name);
    page.fill("input[name=password]", PortalCity.PASSWORD);
    page.click("main button[type=submit]");
    page.waitForURL("**" + next);
  }

  static LocatorAssertions that(Locator locator) {
    return PlaywrightAssertions.assertThat(locator);
  }

  static void hasNoBarrier(Page page) {
    var found =
        new AxeBuilder(page)
            .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
            .analyze();
    assertThat(
            found.getViolations().stream()
                .map(one -> one.getId() + ": " + one.getNodes().getFirst().getHtml())
                .toList())
        .as("barriers at %s", page.url())
        .isEmpty();
  }

  static void fitsThePhone(Page page) {
    var width = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assertThat(page.evaluate(width)).as("overflow at %s", page.url()).isEqualTo(0);
  }

  /// Fails when a page had an error in its script or did what its policy forbids.
  @Override
  public void close() {
    playwright.close();
    city.close();
    assertThat(troubles).isEmpty();
  }
}
