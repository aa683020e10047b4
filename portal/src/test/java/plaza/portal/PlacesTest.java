package plaza.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.portal.Browsing.that;

import com.microsoft.playwright.Page;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plaza.access.people.Organization;
import plaza.access.people.Role;
import plaza.access.people.Scope;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.programme.procedure.Caller;

/// Somebody looks for a room, sees what is free and books it; in the city and in its neighbour.
class PlacesTest {
  private static PortalCity city;
  private static Browsing browsing;
  private static String team;
  // One for all, though midnight may pass meanwhile.
  private static Instant tomorrow;

  @BeforeAll
  static void open() {
    Browsing.requireChromium();
    tomorrow = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    city = new PortalCity();
    team =
        city.access
            .organizations()
            .add(
                PortalCity.LOADER,
                "Night Wheels",
                Organization.Kind.STARTUP,
                Set.of(),
                BigDecimal.ZERO,
                null)
            .id();
    city.access.organizations().join(PortalCity.LOADER, city.person("ada"), team, true);
    describe(Address.DEFAULT);
    describe(Address.tenant("glasgow"));
    browsing = new Browsing(city);
  }

  @AfterAll
  static void close() {
    if (browsing != null) browsing.close();
  }

  private static void describe(Address address) {
    var office = city.person("office", Role.PMO);
    if (!address.equals(Address.DEFAULT))
      city.access
          .roles()
          .give(PortalCity.LOADER, office, Role.PMO, Scope.tenant(address.tenant()), null);
    var caller = Caller.of(Actor.of(office), address);
    for (var place :
        new String[] {
          "{'name': 'Riverside', 'kind': 'district', 'slug': 'riverside', 'fact': 'By the river',"
              + " 'location': {'type': 'Point', 'coordinates': [121.58, 25.08]},"
              + " 'locationQuality': 'approx ±150 m', 'timeZone': 'UTC'}",
          "{'name': 'Old mill', 'kind': 'site', 'slug': 'mill', 'within':"
              + " 'urn:ngsi-ld:Place:riverside', 'source': 'the register'}",
          "{'name': 'Workshop', 'kind': 'space', 'slug': 'workshop', 'within':"
              + " 'urn:ngsi-ld:Place:mill', 'capacity': 2, 'unit': 'benches', 'autoConfirm': true,"
              + " 'conditions': 'Leave it as you found it.', 'openingHours': [{'days': ['MONDAY',"
              + " 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'], 'from':"
              + " '08:00', 'until': '20:00'}]}",
          "{'name': 'Kerb', 'kind': 'testField', 'slug': 'kerb', 'within':"
              + " 'urn:ngsi-ld:Place:mill', 'capacity': 1}"
        }) city.programme.hub().places().open(caller, struct(place));
    city.programme
        .hub()
        .clusters()
        .openCluster(
            caller,
            struct(
                "{'title': 'Robots', 'theme': 'Robots', 'slug': 'robots', 'places':"
                    + " ['urn:ngsi-ld:Place:riverside']}"));
    city.programme
        .hub()
        .bookings()
        .request(
            Caller.of(Actor.of(city.person("office")), address),
            struct(
                "{'place': 'urn:ngsi-ld:Place:workshop', 'start': '%s', 'end': '%s', 'units': 2,"
                        .formatted(
                            tomorrow.plus(Duration.ofHours(10)),
                            tomorrow.plus(Duration.ofHours(12)))
                    + " 'title': 'Soldering class', 'organisation': '"
                    + team
                    + "', 'conditionsAccepted': true}"));
  }

  private static Value.Struct struct(String json) {
    return (Value.Struct) Json.parse(json.replace('\'', '"'));
  }

  private static String local(int hour) {
    return tomorrow.plus(Duration.ofHours(hour)).toString().substring(0, 16);
  }

  @Test
  void aMemberSeesWhatIsFreeBooksItAndIsOfferedAnotherTimeWhenItIsNot() {
    var page = browsing.withoutScript();
    page.navigate(city.url("/places"));
    page.click("text=Workshop");
    that(page.locator(".ribbons li").nth(1)).containsText("08:00–10:00, 12:00–20:00");
    that(page.locator("#book")).containsText("Sign in");
    browsing.signIn(page, "ada", "/places/workshop");

    book(page, 10, 11);
    that(page.locator("#told[role=alert]")).containsText("Your request waits");
    page.click("#told a >> nth=0");
    assertThat(page.inputValue("input[name=start]")).isEqualTo(local(12));
    book(page, 12, 13);
    that(page.locator("#told[role=status]")).containsText("Booked. It is yours.");
    page.click(".aside a:has-text('Test of lamps') >> nth=-1");
    that(page.locator("main h1")).hasText("Test of lamps");
  }

  private static void book(Page page, int from, int until) {
    page.fill("input[name=start]", local(from));
    page.fill("input[name=end]", local(until));
    page.fill("input[name=title]", "Test of lamps");
    page.check("input[name=conditionsAccepted]");
    page.click("#book button");
  }

  @Test
  void theNeighboursPlacesAreUnderItsOwnName() {
    var page = browsing.withoutScript();
    page.navigate(city.url("/cities/glasgow/places"));
    that(page.locator("h1")).hasText("Places of Glasgow");
    page.click("text=Workshop");
    that(page.locator(".ribbons li").nth(1)).containsText("08:00–10:00, 12:00–20:00");
    page.navigate(city.url("/cities/nowhere/places"));
    that(page.locator("main")).containsText("no city called Nowhere lives here");
  }

  @Test
  void pagesOfPlacesFitAPhoneAndHaveNoBarrier() {
    var page = browsing.page(360, 740);
    for (var path : new String[] {"/places", "/places/workshop", "/places/kerb", "/places/mill"}) {
      page.navigate(city.url(path));
      Browsing.fitsThePhone(page);
      Browsing.hasNoBarrier(page);
      page.setViewportSize(1280, 900);
      Browsing.hasNoBarrier(page);
      page.setViewportSize(360, 740);
    }
  }
}
