package plaza.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.portal.Browsing.that;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plaza.access.people.Organization;
import plaza.access.people.Role;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.programme.fault.NewFault;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Kind;
import plaza.testkit.TestCity;

/// What a resident, a moderator and an officer do with needs, on their pages.
class DemandTest {
  private static final String REASON = "We looked at it and there is no room for it in this lane. ";
  private static PortalCity city;
  private static Browsing browsing;
  private static Caller mia;
  private static Caller otto;
  private static String department;

  @BeforeAll
  static void open() {
    Browsing.requireChromium();
    city = new PortalCity();
    browsing = new Browsing(city);
    mia = caller(city.person("mia", Role.MODERATOR, Role.PMO));
    otto = caller(city.person("otto", Role.DEPARTMENT_OFFICER));
    city.person("max", Role.MODERATOR);
    city.person("ann");
    department =
        city.access
            .organizations()
            .add(
                PortalCity.LOADER,
                "Transport",
                Organization.Kind.DEPARTMENT,
                java.util.Set.of(),
                null,
                null)
            .id();
  }

  @AfterAll
  static void close() {
    if (browsing != null) browsing.close();
  }

  private static Caller caller(String person) {
    return Caller.of(Actor.of(person), Address.DEFAULT);
  }

  /// The id of a need that the page's visitor states.
  private static String state(Page page, String title) {
    page.navigate(city.url("/needs/new"));
    page.fill("input[name=title]", title);
    page.click("main button:has-text('Send')");
    that(page.locator("main h1")).hasText(title);
    var path = java.net.URI.create(page.url()).getPath();
    return "urn:ngsi-ld:Need:" + path.substring(path.lastIndexOf('/') + 1);
  }

  private static void move(Caller who, Kind kind, String id, String action, String json) {
    city.programme.transition(who, kind, id, action, struct(json), null);
  }

  private static Value.Struct struct(String json) {
    return (Value.Struct) Json.parse(json.replace('\'', '"'));
  }

  private static String page(String id) {
    return city.url("/needs/" + id.substring(id.lastIndexOf(':') + 1));
  }

  /// Read at both widths, and kept as pictures when somebody asks with `plaza.pictures`.
  private static void read(Page page, String name) {
    Browsing.hasNoBarrier(page);
    for (var width : new int[] {1280, 390}) {
      page.setViewportSize(width, 900);
      Browsing.fitsThePhone(page);
      var folder = System.getProperty("plaza.pictures");
      if (folder != null)
        page.screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of(folder, name + "-" + width + ".png")));
    }
  }

  @Test
  void anAuthorWithoutAnAccountAppealsAndAnotherModeratorOverturns() {
    var author = browsing.withoutScript();
    var need = state(author, "A swing for the yard");
    move(
        mia,
        Kind.NEED,
        need,
        "reject",
        "{'reasonCode': 'notInCity', 'moderationNote': 'That yard is over the river.'}");
    author.navigate(page(need));
    that(author.locator(".decision")).containsText("it is about another place");
    that(author.locator(".decision")).containsText("over the river");
    author.fill("textarea[name=appeal]", "The yard was joined to the city in May.");
    author.click("button:has-text('Appeal')");
    that(author.locator(".decision")).containsText("Another moderator looks at it");

    var max = browsing.page(1280, 900);
    browsing.signIn(max, "max", "/records");
    max.click("text=A swing for the yard");
    max.click("#step-overturn summary");
    max.fill("#step-overturn textarea[name=publicReason]", "It is in the city since May.");
    max.click("#step-overturn button");
    that(max.locator("#told[role=status]")).containsText("Done: Overturn");
    author.navigate(page(need));
    that(author.locator(".decision")).containsText("Published after an appeal");
    that(author.locator("main h1 + .card-meta")).containsText("Open: others can support it");
    var anybody = browsing.page(1280, 900);
    anybody.navigate(city.url("/needs/moderation"));
    that(anybody.locator("tbody tr")).containsText("Rejected");
    read(anybody, "moderation");
    move(mia, Kind.NEED, need, "hide", "{'reasonCode': 'offTopic'}");
    anybody.context().addCookies(author.context().cookies());
    anybody.navigate(page(need));
    that(anybody.locator(".decision")).containsText("A moderator took this back");
    read(anybody, "decision");
  }

  @Test
  void aNeedIsSupportedOnceFollowedAndLeft() {
    var author = browsing.withoutScript();
    var need = state(author, "A bench at the temple");
    move(mia, Kind.NEED, need, "publish", "{}");
    var page = browsing.withoutScript();
    page.navigate(page(need));
    page.click("button:has-text('I need this too')");
    that(page.locator(".support")).containsText("1 person stands behind it");
    that(page.locator(".support")).containsText("You are one of them");
    page.click("button:has-text('Stop following')");
    that(page.locator(".page-head")).containsText("Follow");
    page.navigate(page(need));
    page.click("button:has-text('Take my support back')");
    that(page.locator(".support")).containsText("0 people stand behind it");
  }

  @Test
  void anAuthorTakesTheirNeedOutOfAClusterOnItsPage() {
    var author = browsing.withoutScript();
    var need = state(author, "Umbrellas at the station gate");
    var other = state(browsing.withoutScript(), "Umbrellas at the bus stop");
    for (var one : new String[] {need, other}) move(mia, Kind.NEED, one, "publish", "{}");
    var cluster =
        city.programme
            .clusters()
            .open(mia, struct("{'title': 'Umbrellas', 'needs': ['" + need + "']}"))
            .record()
            .id();
    var office = browsing.page(1280, 900);
    browsing.signIn(office, "mia", "/records");
    office.navigate(city.url("/needs/clusters/" + cluster.substring(cluster.lastIndexOf(':') + 1)));
    plaza.testkit.Eventually.eventually(() -> {
      office.reload();
      assertThat(office.locator("button:has-text('Put it here')").count()).isEqualTo(1);
    });
    read(office, "cluster");
    office.setViewportSize(1280, 900);
    office.click("button:has-text('Put it here')");
    that(office.locator("#needs-head")).hasText("2 needs in it");

    author.navigate(page(need));
    author.click("summary:has-text('Mine is something else')");
    author.fill("textarea[name=objection]", "Mine is about the gate's roof.");
    author.click("button:has-text('Take my need out')");
    that(author.locator("main")).containsText("Its author took it out of a cluster");
    office.reload();
    that(office.locator("#needs-head")).hasText("1 need in it");
    that(office.locator("main")).containsText("the gate's roof");
    read(office, "cluster-objected");
  }

  @Test
  void anAnswerStandsBesideItsReadingsAndIsContested() {
    var author = browsing.withoutScript();
    var need = state(author, "Bikes in the morning");
    move(mia, Kind.NEED, need, "publish", "{}");
    var ann = browsing.page(1280, 900);
    browsing.signIn(ann, "ann", "/needs");
    ann.navigate(page(need));
    ann.click("button:has-text('I need this too')");
    move(
        otto,
        Kind.NEED,
        need,
        "acknowledge",
        """
        {'department': '%s', 'answer': 'We send a van at six.', 'series': [
          {'label': 'Bikes at Exit 2', 'entity': '%s', 'attribute': '%s'},
          {'label': 'Bikes at all stations', 'type': '%s', 'attribute': '%s'}]}
        """
            .formatted(
                department,
                PortalCity.station(2, PortalCity.NOON, 20).id(),
                TestCity.BIKES,
                TestCity.STATION,
                TestCity.BIKES));
    var page = browsing.page(1280, 900);
    page.navigate(page(need));
    that(page.locator(".answer .eyebrow").first()).hasText("Transport");
    that(page.locator(".due")).containsText("An answer is due by");
    that(page.locator(".reading .value").first()).hasText("20");
    that(page.locator(".reading svg path")).hasCount(2);
    read(page, "answer");

    move(otto, Kind.NEED, need, "decline", "{'publicReason': '" + REASON.repeat(2) + "'}");
    ann.navigate(page(need));
    that(ann.locator(".contest")).containsText("0 of 3 people who must say");
    ann.click("button:has-text('It does not hold')");
    that(ann.locator(".contest")).containsText("1 of 3");
    that(ann.locator(".contest")).containsText("You contested it");
    read(ann, "contest");
  }

  @Test
  void anOfficerStatesANeedOfTheirDepartmentAndSeesWhatIsOverdue() {
    var page = browsing.page(1280, 900);
    browsing.signIn(page, "otto", "/records");
    page.navigate(city.url("/needs/new"));
    page.fill("input[name=title]", "Count lorries in the old town");
    page.selectOption("select[name=department]", department);
    page.click("main button:has-text('Send')");
    that(page.locator("main h1 + .card-meta")).containsText("Transport asks");
    page.navigate(city.url("/needs?origin=department"));
    that(page.locator(".need-card")).hasCount(1);
    read(page, "needs");
    page.navigate(city.url("/records"));
    page.click("text=What is overdue");
    that(page.locator("main")).containsText("Nothing is overdue");
    read(page, "overdue");
  }

  @Test
  void anOfficerClosesAFaultOnItsPageAndNobodyElseSeesWhoReportedIt() {
    var faults = city.programme.demand().faults();
    faults.openCategory(
        mia,
        struct(
            "{'code': 'lamp', 'title': 'Dark street lamp', 'department': '" + department + "'}"));
    var fault =
        faults
            .report(
                caller(city.person("ann")),
                NewFault.of(
                    struct(
                        """
                        {'category': 'lamp', 'address': 'Lane 7', 'description': 'Dark since May',
                         'email': 'ann@example.org'}
                        """)))
            .record();
    var page = browsing.page(1280, 900);
    browsing.signIn(page, "otto", "/records");
    page.click("text=Dark street lamp");
    that(page.locator(".record-facts")).containsText("ann@example.org");
    page.click("#step-close summary");
    page.fill("#step-close textarea[name=statusNotes]", "A new lamp was put in.");
    page.click("#step-close button");
    that(page.locator("#told[role=status]")).containsText("Done: Close");
    read(page, "fault");
    var anybody = browsing.page(390, 900);
    anybody.navigate(
        city.url("/records/faults/" + fault.id().substring(fault.id().lastIndexOf(':') + 1)));
    that(anybody.locator(".record-facts")).containsText("A new lamp was put in.");
    that(anybody.locator("main")).not().containsText("ann@example.org");
  }

  @Test
  void similarNeedsShowWhileSomebodyTypes() {
    var need = state(browsing.withoutScript(), "A drinking fountain in the park");
    move(mia, Kind.NEED, need, "publish", "{}");
    var page = browsing.page(1280, 900);
    plaza.testkit.Eventually.eventually(() -> {
      page.navigate(city.url("/needs/new"));
      page.locator("input[name=title]").pressSequentially("drinking fountain");
      page.waitForSelector("#similar a", new Page.WaitForSelectorOptions().setTimeout(10_000));
    });
    that(page.locator("#similar")).containsText("A drinking fountain in the park");
    read(page, "similar");
  }
}
