package plaza.programme;

import static plaza.programme.GuardRows.FUTURE;
import static plaza.programme.GuardRows.PAST;
import static plaza.programme.GuardRows.RUBRIC;
import static plaza.programme.GuardRows.SOMEONE;
import static plaza.programme.GuardRows.X;
import static plaza.programme.GuardRows.add;
import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.record.Kind.CHALLENGE;
import static plaza.programme.record.Kind.PILOT;
import static plaza.programme.record.Kind.PROPOSAL;
import static plaza.programme.record.Kind.REVIEW;

import java.util.List;
import plaza.programme.GuardsTest.Row;
import plaza.programme.GuardsTest.World;
import plaza.programme.record.Canonical;
import plaza.programme.record.Kind;

/// Challenges, from draft to decision.
final class CallRows {
  private CallRows() {}

  static void calls(List<Row> rows) {
    drafts(rows);
    approvals(rows);
    dates(rows);
    evaluations(rows);
  }

  static void drafts(List<Row> rows) {
    add(
        rows,
        CHALLENGE,
        "DRAFT",
        "submitForReview",
        "sponsorNamed",
        w -> {},
        w -> w.has("{'sponsor': '" + DEPARTMENT + "'}"));
    add(
        rows,
        CHALLENGE,
        "DRAFT",
        "submitForReview",
        "needClusterLinked|departmentStatement",
        w -> {},
        w -> w.has("{'departmentStatement': 'we need it'}"));
    add(
        rows,
        CHALLENGE,
        "DRAFT",
        "submitForReview",
        "budgetOrInKindStated",
        w -> {},
        w -> w.has("{'inKind': 'a room'}"));
    add(
        rows,
        CHALLENGE,
        "IN_REVIEW",
        "return",
        "comment",
        w -> {},
        w -> w.sends("{'comment': 'say more'}"));
  }

  static void approvals(List<Row> rows) {
    add(
        rows,
        CHALLENGE,
        "IN_REVIEW",
        "approve",
        "rubricWeights=100",
        w -> w.has("{'rubric': [{'criterion': 'effect', 'weight': 99}]}"),
        w -> w.has("{" + RUBRIC + "}"));
    add(
        rows,
        CHALLENGE,
        "IN_REVIEW",
        "approve",
        "panel>=3",
        w -> w.has("{'panel': ['urn:a:1', 'urn:a:2', 'urn:a:2']}"),
        w -> w.has("{'panel': ['urn:a:1', 'urn:a:2', 'urn:a:3']}"));
    add(
        rows,
        CHALLENGE,
        "IN_REVIEW",
        "approve",
        "kpiDraft>=1",
        w -> {},
        w -> w.has("{'indicators': [{'name': 'n'}]}"));
    add(
        rows,
        CHALLENGE,
        "IN_REVIEW",
        "approve",
        "dataReadinessRecorded",
        w -> {},
        w -> w.has("{'dataReadiness': [{'problems': []}]}"));
    add(
        rows,
        CHALLENGE,
        "IN_REVIEW",
        "approve",
        "afterPilotIntentStated",
        w -> {},
        w -> w.has("{'afterPilotIntent': 'procure'}"));
    add(
        rows,
        CHALLENGE,
        "IN_REVIEW",
        "approve",
        "approver!=sponsor",
        w -> w.by(w.city.member("someone", DEPARTMENT)).has("{'sponsor': '" + DEPARTMENT + "'}"),
        w -> w.has("{'sponsor': '" + DEPARTMENT + "'}"));
    add(
        rows,
        CHALLENGE,
        "SCHEDULED",
        "cancel",
        "publicReason",
        w -> {},
        w -> w.sends("{'publicReason': 'no money'}"));
  }

  static void dates(List<Row> rows) {
    add(
        rows,
        CHALLENGE,
        "SCHEDULED",
        "open",
        "now>=opensAt",
        w -> w.has("{'opensAt': " + FUTURE + "}"),
        w -> w.has("{'opensAt': " + PAST + "}"));
    add(
        rows,
        CHALLENGE,
        "SCHEDULED",
        "open",
        "closesAt-opensAt>=minCallDays",
        w -> w.has("{'opensAt': " + PAST + ", 'closesAt': '2026-05-14T23:59:59Z'}"),
        w -> w.has("{'opensAt': " + PAST + ", 'closesAt': '2026-05-15T00:00:00Z'}"));
    add(
        rows,
        CHALLENGE,
        "OPEN",
        "extend",
        "newClosesAt>closesAt",
        w -> w.has("{'closesAt': " + FUTURE + "}").sends("{'newClosesAt': " + FUTURE + "}"),
        w ->
            w.has("{'closesAt': " + FUTURE + "}").sends("{'newClosesAt': '2027-01-01T00:00:00Z'}"));
    add(
        rows,
        CHALLENGE,
        "OPEN",
        "extend",
        "before closesAt",
        w -> w.has("{'closesAt': " + PAST + "}").sends("{'newClosesAt': " + FUTURE + "}"),
        w -> w.has("{'closesAt': " + FUTURE + "}"));
    add(
        rows,
        CHALLENGE,
        "OPEN",
        "close",
        "now>=closesAt",
        w -> w.has("{'closesAt': '2026-06-01T08:00:01Z'}"),
        w -> w.has("{'closesAt': '2026-06-01T08:00:00Z'}"));
  }

  static void evaluations(List<Row> rows) {
    var of = "{'challenge': '" + X + "', 'team': []}";
    add(
        rows,
        CHALLENGE,
        "CLOSED",
        "startEvaluation",
        "eligibleProposals>=1",
        w -> w.plant(PROPOSAL, "p", "INELIGIBLE", of),
        w -> w.plant(PROPOSAL, "p", "ELIGIBLE", of));
    add(
        rows,
        CHALLENGE,
        "CLOSED",
        "startEvaluation",
        "allPanelCOIDeclared",
        w -> w.has("{'panel': ['" + SOMEONE + "']}"),
        w ->
            w.plant(Kind.CONFLICT_DECLARATION, declaration(), "KEPT", "{}")
                .has("{'panel': ['" + SOMEONE + "']}"));
    add(
        rows,
        CHALLENGE,
        "CLOSED",
        "declareUnsuccessful",
        "eligibleProposals==0",
        w -> w.plant(PROPOSAL, "p", "ELIGIBLE", of),
        w -> w.plant(PROPOSAL, "p", "INELIGIBLE", of));
    add(
        rows,
        CHALLENGE,
        "EVALUATING",
        "decide",
        "allReviewsFinalOrRecused",
        w -> ranked(w, "SCORED"),
        w -> ranked(w, "FINAL"));
    add(
        rows,
        CHALLENGE,
        "EVALUATING",
        "decide",
        "quorumPerProposal>=3",
        w -> ranked(w, "RECUSED"),
        w -> ranked(w, "FINAL"));
    add(
        rows,
        CHALLENGE,
        "EVALUATING",
        "decide",
        "deviationFromRankingExplained",
        w -> ranked(w, "FINAL").sends("{'selected': ['urn:ngsi-ld:Proposal:worse']}"),
        w ->
            ranked(w, "FINAL")
                .sends("{'selected': ['urn:ngsi-ld:Proposal:worse'], 'deviation': 'cheaper'}"));
    add(
        rows,
        CHALLENGE,
        "EVALUATING",
        "declareUnsuccessful",
        "noneOverThreshold",
        w -> ranked(w, "FINAL").has("{'threshold': 4}").sends("{}"),
        w -> ranked(w, "FINAL").has("{'threshold': 4.5}").sends("{}"));
    add(
        rows,
        CHALLENGE,
        "DECIDED",
        "complete",
        "allPilotsTerminal",
        w -> w.plant(PILOT, "p", "ACTIVE", of),
        w -> w.plant(PILOT, "p", "LAPSED", of));
  }

  static String declaration() {
    return Canonical.hash(X + " " + SOMEONE).substring(0, 40);
  }

  /// Two shortlisted proposals with three reviews each.
  static World ranked(World w, String state) {
    for (var name : List.of("better", "worse")) {
      w.plant(
          PROPOSAL,
          name,
          "SHORTLISTED",
          "{'challenge': '" + X + "', 'title': 't', 'organisation': '" + TEAM + "'}");
      for (int i = 0; i < 3; i++)
        w.plant(
            REVIEW,
            name + i,
            i == 0 ? state : "FINAL",
            """
            {'challenge': '%s', 'proposal': 'urn:ngsi-ld:Proposal:%s', 'reviewer': 'urn:r:%s',
             'scores': [{'criterion': 'effect', 'score': %s, 'comment': 'c'}]}
            """
                .formatted(X, name, i, name.equals("better") ? 4 : 2));
    }
    return w.has("{" + RUBRIC + "}").sends("{'selected': ['urn:ngsi-ld:Proposal:better']}");
  }
}
