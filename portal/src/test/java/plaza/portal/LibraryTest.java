package plaza.portal;

import static plaza.portal.Browsing.that;

import com.microsoft.playwright.Page;
import java.math.BigDecimal;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plaza.access.people.Organization;
import plaza.access.people.Role;
import plaza.graph.Address;
import plaza.graph.change.Write;
import plaza.ledger.Actor;
import plaza.outbound.OutboundGuard;
import plaza.outbound.WebCall;
import plaza.outbound.mail.Post;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// The catalogue of services, the library of lessons, and rounds as people read them.
class LibraryTest {
  private static PortalCity city;
  private static Browsing browsing;
  private static Dossier round;

  @BeforeAll
  static void open() {
    Browsing.requireChromium();
    city = new PortalCity();
    service();
    round();
    browsing = new Browsing(city);
  }

  private static void service() {
    var owner = caller("olga", Role.SERVICE_OWNER, Role.PMO);
    var programme = city.programme;
    var department = organisation("Transport", Organization.Kind.DEPARTMENT, null);
    var draft =
        programme
            .uptake()
            .services()
            .draft(
                owner,
                PilotLine.struct(
                    """
                    {'title': 'Bikes ahead', 'slug': 'bikes', 'department': '%s',
                     'summary': 'Says in the evening where a bike will be free in the morning.',
                     'withoutPilot': 'It ran for years before there was a programme of any kind.',
                     'dataRequirements': [{'type': 'BikeHireDockingStation',
                                           'attributes': ['availableBikeNumber']}],
                     'supportContact': 'https://help.example', 'licence': 'EUPL-1.2',
                     'accessibility': {'standard': 'WCAG 2.2', 'level': 'AA',
                                       'url': 'https://a11y.example'},
                     'renewalRule': {'retention': 0.25}, 'usageMeter': true, 'url': 'https://bikes.example', 'tags': ['bikes']}
                    """
                        .formatted(department)))
            .record();
    programme.transition(owner, Kind.SERVICE, draft.id(), "launch", PilotLine.struct("{}"), null);
    for (int i = 0; i < 37; i++) programme.usage().saw(Address.DEFAULT, draft.id(), "u" + i);
    programme
        .uptake()
        .lessons()
        .learn(
            owner,
            Kind.SERVICE,
            draft.id(),
            PilotLine.struct(
                """
                {'what': 'People look the evening before, not in the morning.',
                 'evidence': 'Two thirds of all requests came after 20:00.',
                 'tags': ['habits', 'bikes']}
                """));
  }

  private static void round() {
    var finance = caller("fin", Role.FINANCE_OFFICER);
    var programme = city.programme;
    var bank = organisation("River Bank", Organization.Kind.INVESTOR, "0");
    var planned =
        programme
            .uptake()
            .rounds()
            .plan(
                finance,
                PilotLine.struct(
                    """
                    {'title': 'More bikes ahead', 'service': 'urn:ngsi-ld:Service:bikes',
                     'currency': 'TWD', 'target': '3000000', 'minimum': '1000000',
                     'publicCap': '0.5', 'terms': {'url': 'https://city.example/terms'},
                     'deadline': '2035-01-01', 'conditionsPrecedent': ['A permit for the signs']}
                    """))
            .record();
    programme.transition(
        finance, Kind.FUNDING_ROUND, planned.id(), "open", PilotLine.struct("{}"), null);
    round =
        programme
            .transition(
                finance,
                Kind.FUNDING_ROUND,
                planned.id(),
                "commit",
                PilotLine.struct(
                    """
                    {'organisation': '%s', 'financeType': 'loan', 'amount': '1500000.00',
                     'relatedPartyDeclared': false, 'conditions': ['The board agrees']}
                    """
                        .formatted(bank)),
                null)
            .record();
  }

  private static String organisation(
      String name, Organization.Kind kind, @org.jspecify.annotations.Nullable String publicShare) {
    var share = publicShare == null ? null : new BigDecimal(publicShare);
    var office = PortalCity.LOADER;
    var id = city.access.organizations().add(office, name, kind, Set.of(), share, null).id();
    city.access.organizations().join(office, city.person("member-of-" + name.hashCode()), id, true);
    return id;
  }

  private static Caller caller(String name, Role... roles) {
    return Caller.of(Actor.of(city.person(name, roles)), Address.DEFAULT);
  }

  @AfterAll
  static void close() {
    if (browsing != null) browsing.close();
  }

  @Test
  void anybodyFindsTheServicesThatRunAndHowTheyAreUsed() {
    var page = browsing.page(360, 740);
    page.navigate(city.url("/services"));
    that(page.locator(".cards li")).hasCount(1);
    that(page.locator(".cards h2")).hasText("Bikes ahead");
    that(page.locator(".cards dl")).containsText("37");
    isWhole(page);
    page.navigate(city.url("/services?q=buses"));
    that(page.locator(".notice")).containsText("No service says");
    page.navigate(city.url("/services"));
    page.click(".cards h2 a");
    that(page.locator("main h1")).hasText("Bikes ahead");
    that(page.locator(".record-facts")).containsText("Retention: 0.25");
    isWhole(page);
  }

  @Test
  void everyStepOfAChallengeCanBeCheckedByAnybody() {
    var challenge =
        Dossier.of(
            Kind.CHALLENGE,
            "urn:ngsi-ld:Challenge:quiet",
            "SCHEDULED",
            PilotLine.struct("{'title': 'Quieter nights'}").members());
    city.ledger.write(
        Dossiers.PROGRAMME.through("programme"),
        Write.atomic(Address.DEFAULT, Dossiers.edits(null, challenge)));
    city.programme.transition(
        caller("bo", Role.PROGRAMME_BOARD),
        Kind.CHALLENGE,
        challenge.id(),
        "cancel",
        PilotLine.struct("{'publicReason': 'The money went elsewhere.'}"),
        null);
    var page = browsing.page(360, 740);
    page.navigate(city.url("/records/challenges/quiet"));
    page.click("text=Every step of it");
    that(page.locator("[role=status]")).containsText("1 step. Each was recomputed");
    that(page.locator("tbody tr")).hasCount(1);
    that(page.locator("tbody")).containsText("SCHEDULED → CANCELLED");
    isWhole(page);
    page.navigate(city.url("/open-data"));
    that(page.locator("main")).containsText("OCDS 1.1.5");
    that(page.locator("a[href='/api/v1/open-data/needs.csv']")).hasCount(1);
    isWhole(page);
  }

  @Test
  void lessonsAreFoundByWordAndTag() {
    var page = browsing.page(360, 740);
    page.navigate(city.url("/lessons?q=EVENING"));
    that(page.locator(".cards li")).hasCount(1);
    isWhole(page);
    page.click(".cards .card-meta a:has-text('habits')");
    that(page.locator(".cards li")).hasCount(1);
    page.click(".cards h2 a");
    that(page.locator("main h1")).hasText("Bikes ahead");
    page.navigate(city.url("/lessons?tag=none"));
    that(page.locator(".notice")).containsText("No lesson says that");
  }

  @Test
  void aFinanceOfficerReadsARoundAndIsToldWhatIsMissing() {
    var page = browsing.page(360, 740);
    browsing.signIn(page, "fin", "/records");
    isWhole(page);
    page.navigate(city.url("/records/rounds/" + round.id()));
    that(page.locator("main h1")).hasText("More bikes ahead");
    that(page.locator(".aside .plain-list")).containsText("Commitment of 1500000.00 TWD");
    isWhole(page);
    page.click("#step-fail summary");
    page.click("#step-fail button");
    that(page.locator("#told .unmet")).containsText("deadline");
    page.click("#step-commercialClose summary");
    page.click("#step-commercialClose button");
    that(page.locator("#told[role=status]")).containsText("Done: Commercial close");
  }

  @Test
  void whoFollowsARecordReadsWhatHappenedToItUntilTheyStop() {
    var olga = caller("olga", Role.SERVICE_OWNER, Role.PMO);
    var page = browsing.page(360, 740);
    page.navigate(city.url("/notices"));
    that(page.locator("main .notice")).containsText("Sign in");
    isWhole(page);
    city.person("rita");
    browsing.signIn(page, "rita", "/records/services/bikes");
    page.click(".follow button");
    that(page.locator(".follow button")).hasText("Stop following");
    move(olga, "suspend", "{'reason': 'A leak'}");
    move(olga, "resume", "{}");
    city.programme
        .messages(city.ledger, Post.NONE, new WebCall(OutboundGuard.ALLOW_PRIVATE), "")
        .notices()
        .round(Address.DEFAULT);

    page.navigate(city.url("/notices"));
    that(page.locator("section:not(.aside) .cards li")).hasCount(2);
    that(page.locator(".aside .cards li")).containsText("Bikes ahead");
    isWhole(page);
    page.click(".aside .cards button");
    that(page.locator(".aside .notice")).hasText("Nothing.");
  }

  private static void move(Caller by, String action, String json) {
    city.programme.transition(
        by, Kind.SERVICE, "urn:ngsi-ld:Service:bikes", action, PilotLine.struct(json), null);
  }

  @Test
  void whatACommitmentSaysInPrivateIsForItsPartyAndTheOffice() {
    var page = browsing.page(1280, 900);
    page.navigate(city.url("/records/commitments"));
    that(page.locator("main")).not().containsText("The board agrees");
    page.navigate(city.url("/records/rounds/" + round.id()));
    that(page.locator("main")).not().containsText("The board agrees");
  }

  private static void isWhole(Page page) {
    Browsing.fitsThePhone(page);
    Browsing.hasNoBarrier(page);
    page.setViewportSize(1280, 900);
    Browsing.hasNoBarrier(page);
    page.setViewportSize(360, 740);
  }
}
