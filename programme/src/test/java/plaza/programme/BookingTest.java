package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.OTHER_TEAM;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Outcome;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// Fields, rooms and equipment, and who may have them when. It is Monday 2026-06-01, 08:00 UTC.
class BookingTest {
  private final ProgrammeCity city = new ProgrammeCity();
  private final Caller office = city.person("office", "pmo");
  private final Caller member = city.member("member", TEAM);
  private final Caller rival = city.member("rival", OTHER_TEAM);

  @AfterEach
  void close() {
    city.close();
  }

  private Dossier site() {
    return city.programme
        .hub()
        .places()
        .open(
            office,
            struct(
                ("{'name': 'Yard', 'kind': 'site', 'slug': 'yard', 'owner': '%s', 'timeZone':"
                        + " 'Europe/London'}")
                    .formatted(DEPARTMENT)))
        .record();
  }

  private Dossier place(String slug, String kind, String more) {
    if (city.all(Kind.PLACE).isEmpty()) site();
    return city.programme
        .hub()
        .places()
        .open(
            office,
            struct(
                "{'name': '%s', 'slug': '%s', 'kind': '%s', 'within': 'urn:ngsi-ld:Place:yard'%s}"
                    .formatted(slug, slug, kind, more)))
        .record();
  }

  private Outcome ask(Caller who, Dossier place, String from, String until, String more) {
    return city.programme
        .hub()
        .bookings()
        .request(
            who,
            struct(
                ("{'place': '%s', 'start': '2026-06-%sZ', 'end': '2026-06-%sZ', 'organisation':"
                        + " '%s'%s}")
                    .formatted(
                        place.id(), from, until, who.equals(rival) ? OTHER_TEAM : TEAM, more)));
  }

  @Test
  void aPlaceThatConfirmsByItselfDoesSoUntilItIsFullAndSaysWhatIsFreeInstead() {
    var lab = place("lab", "space", ", 'autoConfirm': true, 'capacity': 2");
    place("den", "space", ", 'autoConfirm': true");

    assertThat(ask(member, lab, "02T09:00:00", "02T11:00:00", "").record().state())
        .isEqualTo("CONFIRMED");
    assertThat(ask(rival, lab, "02T10:00:00", "02T12:00:00", "").record().state())
        .isEqualTo("CONFIRMED");
    var third = ask(member, lab, "02T10:30:00", "02T11:30:00", "");

    assertThat(third.record().state()).isEqualTo("REQUESTED");
    assertThat(third.answers().get("obstacles").toString()).contains("0 of 2 free");
    assertThat(third.answers().get("alternatives").toString())
        .contains("2026-06-02T11:00:00Z", "urn:ngsi-ld:Place:den");
    // Half open: who comes when another leaves is in nobody's way.
    assertThat(ask(member, lab, "02T11:00:00", "02T12:00:00", "").record().state())
        .isEqualTo("CONFIRMED");
  }

  @Test
  void whoWaitsFirstGetsWhatIsGivenBack() {
    var lab = place("lab", "space", ", 'autoConfirm': true");
    var held = ask(member, lab, "02T09:00:00", "02T12:00:00", "").record();
    var first = ask(rival, lab, "02T09:00:00", "02T10:00:00", "").record();
    city.pass(Duration.ofSeconds(1));
    var second = ask(rival, lab, "02T09:30:00", "02T11:00:00", "").record();

    city.move(member, held, "cancel", "{}");

    assertThat(city.get(Kind.BOOKING, first.id()).state()).isEqualTo("CONFIRMED");
    assertThat(city.get(Kind.BOOKING, second.id()).state()).isEqualTo("REQUESTED");
  }

  @Test
  void whereTheOwnerDecidesWhoWaitsIsToldThatAPlaceIsFree() {
    var lab = place("lab", "space", "");
    city.member("keeper", DEPARTMENT);
    city.people.give("urn:plaza:person:keeper", "fieldOwner", DEPARTMENT);
    var keeper = ProgrammeCity.caller("keeper");
    var held = ask(member, lab, "02T09:00:00", "02T12:00:00", "").record();
    var waiting = ask(rival, lab, "02T09:00:00", "02T10:00:00", "").record();
    city.move(keeper, held, "confirm", "{}");

    assertThatThrownBy(() -> city.move(keeper, held, "cancel", "{}"))
        .isInstanceOf(Refusal.Unmet.class);
    city.move(keeper, held, "cancel", "{'reason': 'a burst pipe'}");

    var offered = city.get(Kind.BOOKING, waiting.id());
    assertThat(offered.state()).isEqualTo("REQUESTED");
    assertThat(offered.has("offeredAt")).isTrue();
  }

  @Test
  void whoDoesNotComeLosesTheRestOfTheirTime() {
    var lab = place("lab", "space", ", 'autoConfirm': true, 'grace': 15");
    var held = ask(member, lab, "01T09:00:00", "01T12:00:00", "").record();
    var waiting = ask(rival, lab, "01T11:00:00", "01T12:00:00", "").record();
    city.pass(Duration.ofMinutes(75));
    assertThat(city.tick()).isEmpty();
    city.pass(Duration.ofMinutes(1));

    assertThat(city.tick()).containsExactly(held.id() + " noShow");
    assertThat(city.get(Kind.BOOKING, waiting.id()).state()).isEqualTo("CONFIRMED");
    assertThat(city.tick()).isEmpty();
  }

  @Test
  void whoComesEarlyTakesNothingFromWhoIsStillThere() {
    var lab = place("lab", "space", ", 'autoConfirm': true");
    var before = ask(member, lab, "01T08:00:00", "01T09:00:00", "").record();
    var after = ask(rival, lab, "01T09:00:00", "01T10:00:00", "").record();
    city.move(member, before, "startUse", "{}");
    city.pass(Duration.ofMinutes(50));

    assertThatThrownBy(() -> city.move(rival, after, "startUse", "{}"))
        .isInstanceOf(Refusal.Unmet.class)
        .hasMessageContaining("freeUntilStart");
    city.move(member, before, "release", "{'handback': 'tidy'}");
    assertThat(city.move(rival, after, "startUse", "{}").state()).isEqualTo("IN_USE");
    city.pass(Duration.ofMinutes(70));
    assertThat(city.tick()).containsExactly(after.id() + " release");
  }

  @Test
  void whatIsUsedIsForItsHolderAndWhatForIsForNobodyElse() {
    var lab = place("lab", "space", ", 'autoConfirm': true");
    var held =
        ask(member, lab, "02T09:00:00", "02T10:00:00", ", 'purpose': 'a secret rehearsal'")
            .record();

    assertThatThrownBy(() -> city.move(rival, held, "cancel", "{}"))
        .isInstanceOf(Refusal.Forbidden.class);
    assertThat(city.programme.view(nobody(), held).toString())
        .doesNotContain("rehearsal")
        .doesNotContain(member.id());
    assertThat(city.programme.view(member, held).toString()).contains("rehearsal");
    assertThatThrownBy(
            () -> ask(city.person("resident", "resident"), lab, "02T10:00:00", "02T11:00:00", ""))
        .isInstanceOf(Refusal.Forbidden.class);
  }

  @Test
  void conditionsAreAcceptedInTheWordsTheyHave() {
    var lab = place("lab", "space", ", 'autoConfirm': true, 'conditions': 'no open fire'");
    var held = ask(member, lab, "02T09:00:00", "02T10:00:00", "").record();
    assertThat(held.state()).isEqualTo("REQUESTED");
    city.programme
        .hub()
        .places()
        .amend(office, lab.id(), struct("{'conditions': 'no fire'}"), null);

    var accepted =
        city.programme
            .hub()
            .bookings()
            .amend(member, held.id(), struct("{'conditionsAccepted': true}"), null)
            .record();

    assertThat(accepted.state()).isEqualTo("CONFIRMED");
  }

  @Test
  void aFieldIsUsedWhileItsPilotRunsAndLeftAsItWasFound() {
    var street = place("street", "testField", ", 'capacity': 1, 'dismantleDays': 10");
    pilot("READY", "2026-06-02T00:00:00Z", "2026-06-20T00:00:00Z");
    var booked =
        city.programme
            .hub()
            .bookings()
            .request(
                member,
                struct(
                    ("{'place': '%s', 'pilot': 'urn:ngsi-ld:Pilot:p', 'start':"
                            + " '2026-06-02T00:00:00Z', 'end': '2026-06-20T00:00:00Z'}")
                        .formatted(street.id())))
            .record();
    city.person("owner", "fieldOwner");
    city.move(ProgrammeCity.caller("owner"), booked, "confirm", "{}");
    city.pass(Duration.ofHours(16));
    assertThat(city.tick()).contains("urn:ngsi-ld:Pilot:p start");
    assertThat(city.get(Kind.BOOKING, booked.id()).state()).isEqualTo("IN_USE");

    city.person("board", "programmeBoard", "pmo");
    gate("EXTEND");
    city.move(
        ProgrammeCity.caller("board"),
        city.get(Kind.PILOT, "urn:ngsi-ld:Pilot:p"),
        "extend",
        "{'newEnd': '2026-06-25T00:00:00Z'}");
    assertThat(city.get(Kind.BOOKING, booked.id()).text("end")).isEqualTo("2026-06-25T00:00:00Z");

    city.move(
        ProgrammeCity.caller("owner"),
        city.get(Kind.PILOT, "urn:ngsi-ld:Pilot:p"),
        "suspend",
        "{'reason': 'the street is flooded'}");
    gate("STOP");
    city.move(
        ProgrammeCity.caller("board"),
        city.get(Kind.PILOT, "urn:ngsi-ld:Pilot:p"),
        "terminate",
        "{'reason': 'flood'}");

    var left = city.get(Kind.BOOKING, booked.id());
    assertThat(left.state()).isEqualTo("RELEASED");
    assertThat(left.findStruct("dismantle").orElseThrow().members())
        .containsEntry("dueBy", Value.of(city.now.plus(Duration.ofDays(10)).toString()))
        .containsEntry("exitPlan", Value.of("we take it away"));
    city.programme
        .hub()
        .bookings()
        .dismantled(ProgrammeCity.caller("owner"), booked.id(), struct("{'note': 'all gone'}"));
    assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
  }

  @Test
  void whatCannotBeProlongedIsAskedForAndWaits() {
    var street = place("street", "testField", "");
    pilot("ACTIVE", "2026-06-01T00:00:00Z", "2026-06-10T00:00:00Z");
    var owner = city.person("owner", "fieldOwner");
    var mine =
        city.programme
            .hub()
            .bookings()
            .request(
                member,
                struct(
                    ("{'place': '%s', 'pilot': 'urn:ngsi-ld:Pilot:p', 'start':"
                            + " '2026-06-01T09:00:00Z', 'end': '2026-06-10T00:00:00Z'}")
                        .formatted(street.id())))
            .record();
    city.move(owner, mine, "confirm", "{}");
    city.move(
        owner, ask(rival, street, "12T00:00:00", "13T00:00:00", "").record(), "confirm", "{}");
    city.person("board", "programmeBoard");
    gate("EXTEND");
    city.move(
        ProgrammeCity.caller("board"),
        city.get(Kind.PILOT, "urn:ngsi-ld:Pilot:p"),
        "extend",
        "{'newEnd': '2026-06-15T00:00:00Z'}");

    assertThat(city.get(Kind.BOOKING, mine.id()).text("end")).isEqualTo("2026-06-10T00:00:00Z");
    var rest =
        city.all(Kind.BOOKING).stream()
            .filter(one -> one.has("continues"))
            .findFirst()
            .orElseThrow();
    assertThat(rest.state()).isEqualTo("REQUESTED");
    assertThat(rest.text("start")).isEqualTo("2026-06-10T00:00:00Z");
  }

  private void pilot(String state, String start, String end) {
    var fields =
        struct(
                """
                {'title': 't', 'organisation': '%s', 'startDate': '%s', 'endDate': '%s',
                 'exitPlan': 'we take it away',
                 'agreement': {'text': 'a', 'maximumEnd': '2027-01-01T00:00:00Z'}}
                """
                    .formatted(TEAM, start, end))
            .members();
    for (var edit :
        Dossiers.edits(null, Dossier.of(Kind.PILOT, "urn:ngsi-ld:Pilot:p", state, fields)))
      city.write(edit);
  }

  private void gate(String outcome) {
    var opener = city.person("opener", "programmeBoard");
    var gate =
        city.programme
            .gates()
            .open(
                opener,
                struct(
                    "{'pilot': 'urn:ngsi-ld:Pilot:p', 'outcome': '%s', 'rationale': 'r'}"
                        .formatted(outcome)))
            .record();
    for (var name : List.of("b1", "b2", "b3"))
      city.programme
          .gates()
          .vote(city.person(name, "programmeBoard"), gate.id(), struct("{'approve': true}"));
  }

  @Test
  void aPlaceIsDescribedByItsKeeperAndLiesWhereItsKindCan() {
    site();
    var keeper = city.person("other", "fieldOwner");
    assertThat(keeper.isSignedIn()).isTrue();
    assertThatThrownBy(() ->
            city.programme.hub().places().open(member, struct("{'name': 'n', 'kind': 'district'}")))
        .isInstanceOf(Refusal.Forbidden.class);
    assertThatThrownBy(() ->
            city.programme
                .hub()
                .places()
                .open(
                    office,
                    struct(
                        "{'name': 'n', 'kind': 'district', 'within': 'urn:ngsi-ld:Place:yard'}")))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining("does not lie within a site");
    var lab = place("lab", "space", "");
    assertThat(lab.text("owner")).isEqualTo(DEPARTMENT);
    assertThat(lab.text("timeZone")).isEqualTo("Europe/London");
    var first = ask(member, lab, "02T09:00:00", "02T10:00:00", "").record();
    city.programme.hub().places().amend(office, lab.id(), struct("{'capacity': 2}"), null);
    city.move(keeper, first, "confirm", "{}");
    city.move(keeper, ask(member, lab, "02T09:00:00", "02T10:00:00", "").record(), "confirm", "{}");
    assertThatThrownBy(() ->
            city.programme.hub().places().amend(office, lab.id(), struct("{'capacity': 1}"), null))
        .isInstanceOf(Refusal.Conflict.class)
        .hasMessageContaining("cancel bookings first");
  }
}
