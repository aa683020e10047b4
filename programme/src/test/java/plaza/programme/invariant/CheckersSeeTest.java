package plaza.programme.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// Each checker sees what breaks its invariant, when it is written past every guard: else their
/// silence over random commands would say nothing.
class CheckersSeeTest {
  private final SmallCity city = new SmallCity(1);
  private final Records records = new Records();
  private int links;

  @AfterEach
  void close() {
    city.close();
  }

  /// What breaks an invariant.
  interface Harm {
    void done(CheckersSeeTest to);
  }

  record Case(Supplier<Invariant> checker, Harm harm) {
    @Override
    public String toString() {
      return checker.get().name();
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            SupportsCountOnce::new,
            to -> {
              to.plant(Kind.NEED, "PUBLISHED", "'title': 'n', 'supporters': 2");
              to.plant(
                  Kind.SUPPORT, Dossier.KEPT, "'need': 'urn:ngsi-ld:Need:x', 'personKey': 'a'");
            }),
        new Case(
            BodiesStaySealed::new,
            to -> to.plant(Kind.LESSON, Dossier.KEPT, "'what': 'They want SEALED-1'")),
        new Case(
            RubricsStayFrozen::new,
            to -> to.plant(Kind.CHALLENGE, "SCHEDULED", "'rubric': [], 'rubricHash': 'h'")),
        new Case(JudgesHaveNoTie::new, CheckersSeeTest::scoredByAColleague),
        new Case(ApproversAreNotProposers::new, CheckersSeeTest::decidedByOne),
        new Case(
            AccessEndsWithItsGround::new,
            to -> {
              to.plant(Kind.PILOT, "STOPPED", "'title': 'p'");
              to.plant(
                  Kind.DATA_GRANT,
                  "ACTIVE",
                  "'pilot': 'urn:ngsi-ld:Pilot:x', 'endDate': '2030-01-01T00:00:00Z'");
            }),
        new Case(
            PlacesAreNeverOverbooked::new,
            to -> {
              to.plant(Kind.PLACE, Dossier.KEPT, "'name': 'l', 'capacity': 1");
              to.plant(
                  Kind.BOOKING,
                  "CONFIRMED",
                  "'place': 'urn:ngsi-ld:Place:x', 'units': 2, 'start': '2026-06-02T00:00:00Z',"
                      + " 'end': '2026-06-03T00:00:00Z'");
            }),
        new Case(
            NumbersAreMeasured::new,
            to -> to.plant(Kind.INDICATOR, "DRAFT", "'name': 'i', 'verdict': 'MET'")),
        new Case(
            EndsAreLearnedFrom::new,
            to -> {
              to.plant(Kind.PILOT, "STOPPED", "'title': 'p'");
              to.link(Kind.PILOT, "gateStop", "EVALUATING", "STOPPED", "b1", "");
              to.city.now = to.city.now.plus(Duration.ofDays(31));
            }),
        new Case(PaidIsCommitted::new, CheckersSeeTest::paidTooMuch),
        new Case(
            FollowersAreToldOnce::new,
            to -> {
              to.plant(Kind.NEED, "ACKNOWLEDGED", "'title': 'n'");
              to.plant(
                  Kind.FOLLOW, Dossier.KEPT, "'subject': 'urn:ngsi-ld:Need:x', 'personKey': 'a'");
              to.link(Kind.NEED, "acknowledge", "PUBLISHED", "ACKNOWLEDGED", "otto", "");
            }),
        new Case(
            EvidenceRecomputes::new,
            to ->
                to.plant(Kind.GATE_DECISION, "OPEN", "'evidence': {'a': 1}, 'evidenceHash': 'h'")),
        new Case(
            NoPilotWithoutItsExemption::new,
            to -> {
              to.plant(Kind.PILOT, "ACTIVE", "'title': 'p'");
              to.plant(Kind.REGULATORY_CASE, "EXPIRED", "'pilot': 'urn:ngsi-ld:Pilot:x'");
            }),
        new Case(
            PublicTellsNobody::new,
            to -> to.plant(Kind.LESSON, Dossier.KEPT, "'what': 'Ask ann@mail.example'")),
        new Case(
            NovationKeepsItsPlace::new,
            to -> {
              var before =
                  to.plant(Kind.PILOT, "ACTIVE", "'title': 'p', 'organisation': 'urn:o:1'");
              to.together(
                  Dossiers.edits(to.read(before), to.read(before).with("organisation", "urn:o:2")),
                  to.linked(Kind.PILOT, "novate", "ACTIVE", "ACTIVE", "b1", ""));
            }),
        new Case(
            TimeTakesEachStepOnce::new,
            to -> {
              for (int i = 0; i < 2; i++)
                to.link(Kind.PILOT, "lapse", "PREPARING", "LAPSED", "po", "system(clock)");
            }),
        new Case(EffectsHappen::new, CheckersSeeTest::hiddenAndNotCounted));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatBreaksAnInvariantIsSeen(Case one) {
    var checker = one.checker().get();
    one.harm().done(this);
    records.read(city.store, moment -> checker.happened(city, records, moment));
    checker.settled(city, records);

    assertThat(checker.faults()).isNotEmpty();
  }

  @Test
  void everyCheckerOfTheRunsIsTriedHere() {
    assertThat(cases().map(Case::toString))
        .containsExactlyInAnyOrderElementsOf(
            Run.all().stream().map(one -> one.get().name()).toList());
  }

  private void scoredByAColleague() {
    plant(Kind.PROPOSAL, "ELIGIBLE", "'organisation': '" + city.organisation("wheels") + "'");
    plant(Kind.REVIEW, "SCORED", "'proposal': 'urn:ngsi-ld:Proposal:x', 'reviewer': 'r'");
    link(Kind.REVIEW, "score", "CLEARED", "SCORED", "p4", "panelMember");
  }

  private void decidedByOne() {
    plant(
        Kind.GATE_DECISION,
        "DECIDED",
        "'openedBy': 'a', 'outcome': 'STOP', 'approvals': 1, 'votes': [{'voter': 'b'}]");
  }

  private void paidTooMuch() {
    plant(Kind.FUNDING_ROUND, "CLOSED", "'currency': 'TWD', 'disbursed': '11'");
    var of = "'round': 'urn:ngsi-ld:FundingRound:x', 'currency': 'TWD', ";
    plant(Kind.COMMITMENT, "CLOSED", of + "'amount': '10'");
    plant(
        Kind.DISBURSEMENT, "PAID", of + "'amount': '11', 'commitment': 'urn:ngsi-ld:Commitment:x'");
  }

  private void hiddenAndNotCounted() {
    var need = plant(Kind.NEED, "PUBLISHED", "'title': 'n'");
    together(
        Dossiers.edits(read(need), read(need).in("SUBMITTED")),
        linked(Kind.NEED, "hide", "PUBLISHED", "SUBMITTED", "mei", "moderator"));
  }

  private String plant(Kind kind, String state, String members) {
    var record = Dossier.of(kind, id(kind), state, Openings.struct(members).members());
    together(Dossiers.edits(null, record), List.of());
    return record.id();
  }

  private static String id(Kind kind) {
    return "urn:ngsi-ld:" + kind.title() + ":x";
  }

  private Dossier read(String id) {
    records.read(city.store, _ -> {});
    return Stream.of(Kind.values())
        .flatMap(kind -> records.find(kind, id).stream())
        .findFirst()
        .orElseThrow();
  }

  private void link(Kind kind, String action, String from, String to, String actor, String role) {
    together(linked(kind, action, from, to, actor, role), List.of());
  }

  private List<plaza.graph.change.Edit> linked(
      Kind kind, String action, String from, String to, String actor, String role) {
    var text =
        "'number': %d, 'kind': '%s', 'subject': '%s', 'action': '%s', 'from': '%s', 'to': '%s', 'role': '%s', 'actor': '%s', 'at': '%s'"
            .formatted(
                ++links,
                kind.title(),
                id(kind),
                action,
                from,
                to,
                role,
                city.caller(actor).id(),
                city.now);
    var fields = Openings.struct(text);
    var record =
        Dossier.of(
                Kind.TRANSITION_EVENT,
                Ids.id(Kind.TRANSITION_EVENT, "%010d".formatted(links)),
                to,
                fields.members())
            .with("text", Canonical.text(fields));
    return Dossiers.edits(null, record);
  }

  private void together(List<plaza.graph.change.Edit> some, List<plaza.graph.change.Edit> others) {
    var edits = new ArrayList<>(some);
    edits.addAll(others);
    city.write(edits);
  }
}
