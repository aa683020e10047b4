package plaza.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.portal.Browsing.that;

import com.microsoft.playwright.Page;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plaza.access.people.Organization;
import plaza.access.people.Role;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.portal.page.Seen;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Kind;

/// People fill in forms: rows, names to choose from, and what is said when something is wrong.
class FormsTest {
  private static PortalCity city;
  private static Browsing browsing;
  private static String department;

  @BeforeAll
  static void open() {
    Browsing.requireChromium();
    city = new PortalCity();
    city.person("pia", Role.PMO);
    city.person("paul", Role.PANEL_MEMBER);
    city.person("rosa");
    department =
        city.access
            .organizations()
            .add(PortalCity.LOADER, "Parks", Organization.Kind.DEPARTMENT, Set.of(), null, null)
            .id();
    var sam = city.person("sam", Role.SPONSOR);
    city.access.organizations().join(PortalCity.LOADER, sam, department, true);
    var _ =
        city.programme
            .hub()
            .places()
            .open(
                caller("pia"),
                struct("{'name': 'Riverside', 'kind': 'district', 'slug': 'riverside'}"));
    browsing = new Browsing(city);
  }

  @AfterAll
  static void close() {
    if (browsing != null) browsing.close();
  }

  private static Caller caller(String name) {
    return Caller.of(Actor.of(city.person(name)), Address.DEFAULT);
  }

  private static Value.Struct struct(String json) {
    return (Value.Struct) Json.parse(json.replace('\'', '"'));
  }

  @Test
  void openingHoursAreWrittenRowByRowWithoutScriptAndMistakesStandBesideTheirFields() {
    var page = browsing.withoutScript();
    browsing.signIn(page, "pia", "/records/places/new");
    page.fill("input[name=name]", "Reading room");
    page.selectOption("select[name=kind]", "space");
    page.fill("input[name=within]", "riverside");
    page.fill("input[name=slug]", "reading-room");
    page.fill("input[name='openingHours.0.until']", "late");
    page.click("#form-open-openingHours > button:has-text('Add a row')");
    page.check("input[name='openingHours.1.days.SUNDAY']");
    page.fill("input[name='openingHours.1.from']", "9:00");
    page.fill("input[name='openingHours.1.until']", "24:00");
    page.click("#form-open > .button");
    that(page.locator("#told")).containsText("One field needs another look");
    that(page.locator("#form-open-openingHours .field-fault")).hasCount(1);
    that(page.locator("#form-open-openingHours .field-fault")).containsText("08:30, not late");
    that(page.locator("input[name='openingHours.1.from']")).hasValue("9:00");

    page.fill("input[name='openingHours.0.until']", "07:00");
    page.click("#form-open > .button");
    that(page.locator("#told")).containsText("must close after they open");
    page.click("#form-open-openingHours .row:first-of-type button:has-text('Remove')");
    that(page.locator("#form-open-openingHours .row")).hasCount(1);
    page.click("#form-open > .button");
    that(page.locator("main h1")).containsText("Reading room");

    var place = city.programme.view(caller("pia"), Kind.PLACE, "urn:ngsi-ld:Place:reading-room");
    assertThat(place.members().get("openingHours"))
        .isEqualTo(Json.parse("[{\"days\":[\"SUNDAY\"],\"from\":\"09:00\",\"until\":\"24:00\"}]"));
    assertThat(new Seen(place).text("within")).isEqualTo("urn:ngsi-ld:Place:riverside");

    page.click("#step-amend summary");
    that(page.locator("#form-amend input[name='openingHours.0.days.SUNDAY']")).isChecked();
    page.fill("#form-amend input[name='openingHours.0.until']", "17:00");
    page.click("#form-amend > .button");
    that(page.locator("#told[role=status]")).containsText("Done: Amend");
    var amended = city.programme.view(caller("pia"), Kind.PLACE, "urn:ngsi-ld:Place:reading-room");
    assertThat(amended.members().get("openingHours"))
        .isEqualTo(Json.parse("[{\"days\":[\"SUNDAY\"],\"from\":\"09:00\",\"until\":\"17:00\"}]"));
  }

  @Test
  void aPanelIsChosenByNameAndAmendedWithoutTouchingTheRest() {
    var page = browsing.page(390, 844);
    browsing.signIn(page, "sam", "/records/challenges/new");
    isWhole(page);
    that(page.locator("#choices-person option[value='The paul']")).hasCount(1);
    that(page.locator("#choices-person option[value='The rosa']")).hasCount(0);
    page.fill("input[name=title]", "Shade on the squares");
    page.fill("input[name=sponsor]", "Parks");
    page.fill("input[name='panel.0']", "The paul");
    page.click("#form-open-panel > button:has-text('Add a row')");
    that(page.locator("input[name='panel.1']")).isFocused();
    page.fill("input[name='panel.1']", city.person("rosa"));
    page.fill("input[name='rubric.1.weight']", "400");
    page.click("#form-open > .button");
    that(page.locator("#form-open-rubric .row:nth-of-type(2) .field-fault"))
        .containsText("from 1 to 100, not 400");
    isWhole(page);
    page.fill("input[name='rubric.1.weight']", "40");
    page.click("#form-open > .button");
    that(page.locator("main h1")).hasText("Shade on the squares");
    that(page.locator(".record-facts")).containsText("The paul");
    that(page.locator(".record-facts")).containsText("a panel member");
    that(page.locator(".record-facts")).not().containsText("urn:plaza:person");

    page.click("#step-amend summary");
    that(page.locator("#form-amend input[name='panel.0']")).hasValue("The paul");
    that(page.locator("#form-amend input[name='rubric.0.criterion']")).hasValue("Effect");
    page.fill("#form-amend input[name='rubric.0.criterion']", "Shade");
    page.click("#form-amend > .button");
    that(page.locator("#told[role=status]")).containsText("Done: Amend");
    that(page.locator(".record-facts")).containsText("Shade");
    isWhole(page);
  }

  @Test
  void whoComposesNoPanelsReadsNoNames() {
    var opened =
        city.programme
            .challenges()
            .draft(
                caller("sam"),
                struct(
                    "{'title': 'Benches', 'sponsor': '%s', 'panel': ['%s', '%s']}"
                        .formatted(department, city.person("paul"), city.person("rosa"))));
    var id = opened.record().id();
    var page = browsing.withoutScript();
    browsing.signIn(page, "paul", "/records/challenges");
    page.navigate(city.url("/records/challenges/" + id.substring(id.lastIndexOf(':') + 1)));
    that(page.locator(".record-facts")).containsText("The paul (you)");
    that(page.locator(".record-facts")).not().containsText("The rosa");
    that(page.locator("body")).not().containsText("urn:plaza:person");
  }

  private static void isWhole(Page page) {
    Browsing.fitsThePhone(page);
    Browsing.hasNoBarrier(page);
  }
}
