package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// From the question whether a rule stands in the way to the end of what was exempted.
class RegulationTest {
  private static final String PILOT = "urn:ngsi-ld:Pilot:p";

  private final ProgrammeCity city = new ProgrammeCity();
  private final Caller officer = city.person("officer", "regulatoryOfficer");
  private final Caller authority = city.person("authority", "competentAuthority");
  private final Caller member = city.member("member", TEAM);
  private final Caller office = city.person("office", "pmo");

  @AfterEach
  void close() {
    city.close();
  }

  private Dossier raised(String more) {
    return city.programme
        .regulation()
        .raise(
            member,
            struct(
                """
                {'title': 'A drone over the park', 'pilot': 'urn:ngsi-ld:Pilot:p',
                 'act': 'Fly a drone over the park to count the trees, by daylight',
                 'placeDescription': 'the park', 'scale': 'one drone'%s}
                """
                    .formatted(more)))
        .record();
  }

  private Dossier granted(String end, String more) {
    var confirming = city.move(officer, raised(more), "startConfirmation", "{}");
    var asked =
        city.move(
            officer,
            confirming,
            "requestExemption",
            """
            {'rule': 'http://data.europa.eu/eli/reg_impl/2019/947/oj',
             'competentAuthority': 'urn:plaza:organization:air'}
            """);
    return city.move(
        authority,
        asked,
        "grant",
        """
        {'end': '%s', 'placeScope': 'the park', 'scaleLimit': 'one drone below 4 kg',
         'conditions': ['by daylight'], 'liabilityCover': 'insured for 1 million'}
        """
            .formatted(end));
  }

  private void pilot(String state) {
    var fields =
        struct(
                """
                {'title': 't', 'organisation': '%s', 'startDate': '2026-06-02T00:00:00Z',
                 'endDate': '2026-08-01T00:00:00Z'}
                """
                    .formatted(TEAM))
            .members();
    for (var edit : Dossiers.edits(null, Dossier.of(Kind.PILOT, PILOT, state, fields)))
      city.write(edit);
  }

  @Test
  void mostCasesNeedNoExemptionAndBecomeAPrecedentForOthers() {
    pilot("READY");
    var one = raised("");
    assertThatThrownBy(() -> city.programme.view(nobody(), Kind.REGULATORY_CASE, one.id()))
        .isInstanceOf(Refusal.NotFound.class);
    var confirming = city.move(officer, one, "startConfirmation", "{}");
    assertThat(confirming.moment("answerDueAt")).isEqualTo(city.now.plus(Duration.ofDays(30)));

    city.move(officer, confirming, "confirmNoRule", "{'legalNote': 'below 250 g none applies'}");

    var seen = city.programme.view(nobody(), Kind.REGULATORY_CASE, one.id()).toString();
    assertThat(seen).contains("below 250 g none applies", "precedent").doesNotContain(member.id());
  }

  @Test
  void anOverdueConfirmationIsRemindedOfOnce() {
    pilot("READY");
    var one = city.move(officer, raised(""), "startConfirmation", "{}");
    city.pass(Duration.ofDays(30));

    assertThat(city.tick()).contains(one.id() + " remind");
    assertThat(city.tick()).isEmpty();
    assertThat(city.get(Kind.REGULATORY_CASE, one.id()).state()).isEqualTo("CONFIRMING");
  }

  @Test
  void aPilotIsPausedWhenItsExemptionEndsAndGoesOnUnderANewOne() {
    pilot("READY");
    var one = granted("2026-06-10T00:00:00Z", "");
    city.pass(Duration.ofDays(1));
    assertThat(city.tick()).contains(PILOT + " start");
    city.pass(Duration.ofDays(9));

    assertThat(city.tick()).contains(one.id() + " expire");
    assertThat(city.get(Kind.PILOT, PILOT).state()).isEqualTo("SUSPENDED");
    assertThatThrownBy(() ->
            city.move(office, city.get(Kind.PILOT, PILOT), "resume", "{'causeCleared': 'we hope'}"))
        .isInstanceOf(Refusal.Unmet.class)
        .hasMessageContaining("exemptionsInForce");

    granted("2026-07-10T00:00:00Z", ", 'supersedes': '" + one.id() + "'");
    assertThat(
            city.move(office, city.get(Kind.PILOT, PILOT), "resume", "{'causeCleared': 'granted'}")
                .state())
        .isEqualTo("ACTIVE");
    assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
  }

  @Test
  void aPilotDoesNotStartUnderAnExemptionThatEndedWhileItWaited() {
    pilot("READY");
    granted("2026-06-01T20:00:00Z", "");
    city.pass(Duration.ofDays(2));

    city.tick();

    assertThat(city.get(Kind.PILOT, PILOT).state()).isEqualTo("READY");
  }

  @Test
  void aRevokedExemptionPausesItsPilotAtOnce() {
    pilot("ACTIVE");
    var one = granted("2026-07-10T00:00:00Z", "");

    city.move(authority, one, "revoke", "{'reason': 'it fell into the pond'}");

    assertThat(city.get(Kind.PILOT, PILOT).state()).isEqualTo("SUSPENDED");
    var seen = city.programme.view(nobody(), Kind.REGULATORY_CASE, one.id()).toString();
    assertThat(seen).contains("REVOKED", "by daylight");
  }

  @Test
  void anExemptionIsRenewedOnceAndByItsAuthorityAlone() {
    pilot("ACTIVE");
    var one = granted("2026-07-10T00:00:00Z", "");
    assertThatThrownBy(
            () -> city.move(officer, one, "renewOnce", "{'newEnd': '2026-09-01T00:00:00Z'}"))
        .isInstanceOf(Refusal.Forbidden.class);

    var renewed = city.move(authority, one, "renewOnce", "{'newEnd': '2026-09-01T00:00:00Z'}");

    assertThat(renewed.text("end")).isEqualTo("2026-09-01T00:00:00Z");
    assertThatThrownBy(
            () -> city.move(authority, renewed, "renewOnce", "{'newEnd': '2026-10-01T00:00:00Z'}"))
        .isInstanceOf(Refusal.Unmet.class)
        .hasMessageContaining("renewals<1");
  }
}
