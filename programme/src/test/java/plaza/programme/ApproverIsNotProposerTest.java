package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.OTHER_TEAM;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.ProgrammeCity.struct;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Refusal;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// Who judges neither proposed nor profits (I4, I5), in the ways that random runs found.
class ApproverIsNotProposerTest {
  private static final String FUND = "urn:plaza:organization:fund";
  private final ProgrammeCity city = new ProgrammeCity();

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void whoSubmittedAChallengeDoesNotApproveIt() {
    var sponsor = city.person("sue", "sponsor");
    var other = city.person("sam", "sponsor", "programmeBoard");
    var draft =
        city.programme
            .challenges()
            .draft(
                sponsor,
                struct(
                    "{'title': 't', 'sponsor': '%s', 'departmentStatement': 's', 'inKind': 'i'}"
                        .formatted(DEPARTMENT)))
            .record();
    var submitted = city.move(other, draft, "submitForReview", "{}");

    assertThatThrownBy(() -> city.move(other, submitted, "approve", "{}"))
        .isInstanceOf(Refusal.Unmet.class)
        .hasMessageContaining("approver!=sponsor");
  }

  @Test
  void whoHasMoneyInATeamsPilotVotesOnNoneOfItsPilots() {
    plant(Kind.PILOT, "funded", "SCALED", "'organisation': '" + TEAM + "'");
    plant(Kind.FUNDING_ROUND, "r", "CLOSED", "'pilot': 'urn:ngsi-ld:Pilot:funded'");
    plant(
        Kind.COMMITMENT,
        "c",
        "CLOSED",
        "'round': 'urn:ngsi-ld:FundingRound:r', 'organisation': '" + FUND + "'");
    var gate = gateOn("theirs", TEAM);
    var another = gateOn("others", OTHER_TEAM);
    var funder = city.member("fay", FUND);
    city.person("fay", "programmeBoard");

    assertThatThrownBy(() -> vote(funder, gate))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("committed money");
    assertThat(vote(funder, another).count("approvals")).isEqualTo(1);
  }

  private Dossier gateOn(String pilot, String team) {
    plant(Kind.PILOT, pilot, "EVALUATING", "'organisation': '" + team + "'");
    return city.programme
        .gates()
        .open(
            city.person("chair", "programmeBoard"),
            struct(
                "{'pilot': 'urn:ngsi-ld:Pilot:%s', 'outcome': 'STOP', 'rationale': 'r'}"
                    .formatted(pilot)))
        .record();
  }

  private Dossier vote(Caller who, Dossier gate) {
    return city.programme.gates().vote(who, gate.id(), struct("{'approve': true}")).record();
  }

  private void plant(Kind kind, String local, String state, String members) {
    var id = "urn:ngsi-ld:" + kind.title() + ":" + local;
    var record = Dossier.of(kind, id, state, struct("{" + members + "}").members());
    for (var edit : Dossiers.edits(null, record)) city.write(edit);
  }
}
