package plaza.programme;

import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.ProgrammeCity.struct;
import static plaza.programme.record.Kind.CHALLENGE;
import static plaza.programme.record.Kind.CONTEST;
import static plaza.programme.record.Kind.DATA_GRANT;
import static plaza.programme.record.Kind.GATE_DECISION;
import static plaza.programme.record.Kind.INDICATOR;
import static plaza.programme.record.Kind.NEED;
import static plaza.programme.record.Kind.NEED_CLUSTER;
import static plaza.programme.record.Kind.PILOT;
import static plaza.programme.record.Kind.PROPOSAL;
import static plaza.programme.record.Kind.REVIEW;

import java.util.List;
import java.util.function.Consumer;
import plaza.graph.Value;
import plaza.programme.GuardsTest.Row;
import plaza.programme.GuardsTest.World;
import plaza.programme.record.Canonical;
import plaza.programme.record.Kind;

/// For each guard a world in which it is unmet and one in which it is met.
final class GuardRows {
  private static final String X = "urn:ngsi-ld:X:1";
  private static final String SOMEONE = "urn:plaza:person:someone";
  private static final String PAST = "'2026-05-01T00:00:00Z'";
  private static final String FUTURE = "'2026-12-01T00:00:00Z'";
  private static final String RUBRIC = "'rubric': [{'criterion': 'effect', 'weight': 100}]";

  private GuardRows() {}

  private static void add(
      List<Row> rows,
      Kind kind,
      String from,
      String action,
      String guard,
      Consumer<World> unmet,
      Consumer<World> met) {
    rows.add(new Row(kind, from, action, guard, unmet, met));
  }

  static void needs(List<Row> rows) {
    add(
        rows,
        NEED,
        "SUBMITTED",
        "publish",
        "moderationClear",
        w -> w.has("{'title': 'Call me: 0912 345 678'}"),
        w -> w.has("{'title': 'No bikes'}"));
    add(
        rows,
        NEED,
        "SUBMITTED",
        "reject",
        "reasonCode",
        w -> {},
        w -> w.sends("{'reasonCode': 'spam'}"));
    add(
        rows,
        NEED,
        "PUBLISHED",
        "acknowledge",
        "ownerDepartmentSet",
        w -> {},
        w -> w.sends("{'department': '" + DEPARTMENT + "'}"));
    add(
        rows,
        NEED,
        "PUBLISHED",
        "withdraw",
        "noSupports|pmoConsent",
        w -> w.has("{'author': '" + SOMEONE + "', 'supporters': 1}"),
        w -> w.has("{'author': '" + SOMEONE + "', 'supporters': 1, 'withdrawalConsent': 'x'}"));
    add(
        rows,
        NEED,
        "ACKNOWLEDGED",
        "takeUp",
        "linkedChallengeNotDraft",
        w -> w.plant(CHALLENGE, "c", "DRAFT", "{}").has("{'challenge': 'urn:ngsi-ld:Challenge:c'}"),
        w -> w.plant(CHALLENGE, "c", "OPEN", "{}").has("{'challenge': 'urn:ngsi-ld:Challenge:c'}"));
    add(
        rows,
        NEED,
        "ACKNOWLEDGED",
        "answerMet",
        "evidenceServiceOrAction",
        w -> {},
        w -> w.sends("{'evidence': 'a service'}"));
    add(
        rows,
        NEED,
        "ACKNOWLEDGED",
        "decline",
        "publicReason>=80chars",
        w -> w.sends("{'publicReason': '" + "x".repeat(79) + "'}"),
        w -> w.sends("{'publicReason': '" + "x".repeat(80) + "'}"));
    add(
        rows,
        NEED,
        "IN_PROGRAMME",
        "resolve",
        "linkedServiceLive|pilotGateScale",
        w -> w.plant(PILOT, "p", "ACTIVE", "{'needs': ['" + X + "']}"),
        w -> w.plant(PILOT, "p", "SCALED", "{'needs': ['" + X + "']}"));
    add(
        rows,
        NEED,
        "IN_PROGRAMME",
        "release",
        "allLinkedChallengesTerminal",
        w -> w.plant(CHALLENGE, "c", "OPEN", "{}").has("{'challenge': 'urn:ngsi-ld:Challenge:c'}"),
        w ->
            w.plant(CHALLENGE, "c", "CANCELLED", "{}")
                .has("{'challenge': 'urn:ngsi-ld:Challenge:c'}"));
    contests(rows);
    clusters(rows);
  }

  private static void contests(List<Row> rows) {
    for (var state : List.of("MET", "DECLINED")) {
      var guard = "contests>=max(" + (state.equals("MET") ? 1 : 3) + ",10%ofSupporters)";
      add(
          rows,
          NEED,
          state,
          "contest",
          "withinContestWindow",
          w -> contested(w, 3).has("{'contestUntil': " + PAST + "}"),
          w -> contested(w, 3).has("{'contestUntil': " + FUTURE + "}"));
      add(
          rows,
          NEED,
          state,
          "contest",
          guard,
          w -> contested(w, 3).has("{'contestUntil': " + FUTURE + ", 'supporters': 31}"),
          w -> contested(w, 4).has("{'contestUntil': " + FUTURE + ", 'supporters': 31}"));
    }
  }

  private static World contested(World w, int times) {
    for (int i = 0; i < times; i++)
      w.plant(CONTEST, "t" + i, "KEPT", "{'need': '" + X + "', 'answer': '1'}");
    return w.has("{'author': '" + SOMEONE + "', 'answers': 1}");
  }

  private static void clusters(List<Row> rows) {
    var sent = "{'need': 'urn:ngsi-ld:Need:n'}";
    add(
        rows,
        NEED_CLUSTER,
        "OPEN",
        "addNeed",
        "needPublic",
        w -> w.plant(NEED, "n", "SUBMITTED", "{}").sends(sent),
        w -> w.plant(NEED, "n", "PUBLISHED", "{}").sends(sent));
    add(
        rows,
        NEED_CLUSTER,
        "OPEN",
        "addNeed",
        "needNotInOtherOpenCluster",
        w ->
            w.plant(NEED_CLUSTER, "o", "OPEN", "{}")
                .plant(NEED, "n", "PUBLISHED", "{'cluster': 'urn:ngsi-ld:NeedCluster:o'}")
                .sends(sent),
        w ->
            w.plant(NEED_CLUSTER, "o", "RESOLVED", "{}")
                .plant(NEED, "n", "PUBLISHED", "{'cluster': 'urn:ngsi-ld:NeedCluster:o'}")
                .sends(sent));
    add(
        rows,
        NEED_CLUSTER,
        "OPEN",
        "splitNeed",
        "needInCluster",
        w -> w.plant(NEED, "n", "PUBLISHED", "{}").sends(sent),
        w ->
            w.plant(NEED, "n", "PUBLISHED", "{}")
                .sends(sent)
                .has("{'needs': ['urn:ngsi-ld:Need:n']}"));
    add(
        rows,
        NEED_CLUSTER,
        "OPEN",
        "takeUp",
        "challengeInReviewOrLater",
        w -> w.plant(CHALLENGE, "c", "DRAFT", "{'clusters': ['" + X + "']}"),
        w -> w.plant(CHALLENGE, "c", "IN_REVIEW", "{'clusters': ['" + X + "']}"));
    add(
        rows,
        NEED_CLUSTER,
        "IN_CHALLENGE",
        "release",
        "challengeTerminalWithoutPilotScaled",
        w ->
            w.plant(CHALLENGE, "c", "COMPLETED", "{'clusters': ['" + X + "']}")
                .plant(PILOT, "p", "SCALED", "{'challenge': 'urn:ngsi-ld:Challenge:c'}"),
        w ->
            w.plant(CHALLENGE, "c", "COMPLETED", "{'clusters': ['" + X + "']}")
                .plant(PILOT, "p", "STOPPED", "{'challenge': 'urn:ngsi-ld:Challenge:c'}"));
    add(
        rows,
        NEED_CLUSTER,
        "OPEN",
        "resolve",
        "allMemberNeedsTerminal",
        w -> w.plant(NEED, "n", "PUBLISHED", "{}").has("{'needs': ['urn:ngsi-ld:Need:n']}"),
        w -> w.plant(NEED, "n", "MET", "{}").has("{'needs': ['urn:ngsi-ld:Need:n']}"));
    add(
        rows,
        NEED_CLUSTER,
        "OPEN",
        "dissolve",
        "reason",
        w -> {},
        w -> w.sends("{'reason': 'opened twice'}"));
  }

  static void calls(List<Row> rows) {
    drafts(rows);
    approvals(rows);
    dates(rows);
    evaluations(rows);
  }

  private static void drafts(List<Row> rows) {
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

  private static void approvals(List<Row> rows) {
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

  private static void dates(List<Row> rows) {
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

  private static void evaluations(List<Row> rows) {
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

  private static String declaration() {
    return Canonical.hash(X + " " + SOMEONE).substring(0, 40);
  }

  /// Two shortlisted proposals with three reviews each.
  private static World ranked(World w, String state) {
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

  static void proposals(List<Row> rows) {
    Consumer<World> closed = w -> challenge(w, "CLOSED", "");
    add(
        rows,
        PROPOSAL,
        "DRAFT",
        "submit",
        "challengeOpen",
        w -> challenge(w, "OPEN", ", 'closesAt': " + PAST),
        w -> challenge(w, "OPEN", ", 'closesAt': " + FUTURE));
    add(
        rows,
        PROPOSAL,
        "DRAFT",
        "submit",
        "orgVerified",
        w -> {
          challenge(w, "OPEN", "");
          w.city.people.unverify(TEAM);
        },
        w -> challenge(w, "OPEN", ""));
    add(
        rows,
        PROPOSAL,
        "DRAFT",
        "submit",
        "requiredFieldsComplete",
        w -> challenge(w, "OPEN", "").has("{'team': ['t'], 'body': {'solution': 's'}}"),
        w ->
            challenge(w, "OPEN", "")
                .has(
                    "{'team': ['t'], 'body': {'solution': 's', 'trlIn': 5,"
                        + " 'trlOut': 6, 'cost': '1', 'ask': '1', 'exitPlan': 'e'}}"));
    add(
        rows,
        PROPOSAL,
        "DRAFT",
        "submit",
        "dataNeedsDeclared",
        w -> challenge(w, "OPEN", ""),
        w -> challenge(w, "OPEN", "").has("{'body': {'dataNeeds': []}}"));
    add(
        rows,
        PROPOSAL,
        "SUBMITTED",
        "screenIn",
        "challengeClosed",
        w -> challenge(w, "OPEN", ""),
        closed);
    add(
        rows,
        PROPOSAL,
        "SUBMITTED",
        "screenIn",
        "eligibilityChecklistComplete",
        w -> challenge(w, "CLOSED", "").sends("{'checklist': [{'item': 'a', 'met': false}]}"),
        w -> challenge(w, "CLOSED", "").sends("{'checklist': [{'item': 'a', 'met': true}]}"));
    add(
        rows,
        PROPOSAL,
        "SUBMITTED",
        "screenOut",
        "failedCriterionNamed",
        closed,
        w -> challenge(w, "CLOSED", "").sends("{'failedCriterion': 'late'}"));
    add(
        rows,
        PROPOSAL,
        "ELIGIBLE",
        "shortlist",
        "reviewsFinal",
        w -> reviewed(w, "CLEARED"),
        w -> reviewed(w, "FINAL"));
    add(
        rows,
        PROPOSAL,
        "SHORTLISTED",
        "notSelect",
        "feedbackPerCriterion",
        closed,
        w ->
            challenge(w, "DECIDED", "")
                .sends("{'feedback': [{'criterion': 'effect', 'text': 'too small'}]}"));
    add(
        rows,
        PROPOSAL,
        "SHORTLISTED",
        "select",
        "noExplorationStage",
        w -> challenge(w, "DECIDED", ", 'exploration': true"),
        w -> challenge(w, "DECIDED", ""));
    add(
        rows,
        PROPOSAL,
        "SHORTLISTED",
        "select",
        "decisionRecord",
        w -> challenge(w, "DECIDED", ", 'selected': ['urn:other:1']"),
        w -> challenge(w, "DECIDED", ", 'selected': ['" + X + "']").has("{'title': 't'}"));
    reviews(rows);
  }

  private static World challenge(World w, String state, String more) {
    w.city.people.join(SOMEONE, TEAM);
    return w.plant(CHALLENGE, "c", state, "{" + RUBRIC + more + "}")
        .has("{'challenge': 'urn:ngsi-ld:Challenge:c', 'organisation': '" + TEAM + "'}");
  }

  private static World reviewed(World w, String state) {
    return challenge(w, "EVALUATING", "")
        .plant(REVIEW, "r", state, "{'proposal': '" + X + "', 'reviewer': 'urn:r:1'}");
  }

  private static void reviews(List<Row> rows) {
    add(
        rows,
        REVIEW,
        "ASSIGNED",
        "declareNoConflict",
        "declarationSigned",
        w -> review(w, "urn:o:1"),
        w -> review(w, "urn:o:1").sends("{'declarationSigned': true}"));
    add(
        rows,
        REVIEW,
        "ASSIGNED",
        "declareNoConflict",
        "noDetectedLink",
        w -> review(w, TEAM),
        w -> review(w, "urn:o:1"));
    add(
        rows,
        REVIEW,
        "ASSIGNED",
        "declareConflict",
        "reason",
        w -> review(w, TEAM),
        w -> review(w, TEAM).sends("{'reason': 'my firm'}"));
    add(
        rows,
        REVIEW,
        "ASSIGNED",
        "autoRecuse",
        "sameOrg|fundingLink|coParticipation<24m",
        w -> review(w, "urn:o:1"),
        w -> review(w, TEAM));
    add(
        rows,
        REVIEW,
        "ASSIGNED",
        "expire",
        "dueDatePassed",
        w -> review(w, TEAM).has("{'dueAt': " + FUTURE + "}"),
        w -> review(w, TEAM).has("{'dueAt': " + PAST + "}"));
    add(
        rows,
        REVIEW,
        "CLEARED",
        "score",
        "everyCriterionScored",
        w -> review(w, TEAM),
        w -> review(w, TEAM).sends("{'scores': [{'criterion': 'effect', 'score': 1}]}"));
    add(
        rows,
        REVIEW,
        "CLEARED",
        "score",
        "commentPerCriterion",
        w -> review(w, TEAM).sends("{'scores': [{'criterion': 'effect', 'score': 1}]}"),
        w ->
            review(w, TEAM)
                .sends("{'scores': [{'criterion': 'effect', 'score': 1, 'comment': 'c'}]}"));
    add(
        rows,
        REVIEW,
        "SCORED",
        "revise",
        "beforeFinal",
        w -> {
          review(w, TEAM);
          w.has("{'challenge': 'urn:ngsi-ld:Challenge:over'}")
              .plant(CHALLENGE, "over", "DECIDED", "{}");
        },
        w -> review(w, TEAM));
  }

  private static World review(World w, String proposalsOrganisation) {
    w.city.people.join(SOMEONE, TEAM);
    return w.plant(CHALLENGE, "c", "EVALUATING", "{" + RUBRIC + "}")
        .plant(PROPOSAL, "p", "ELIGIBLE", "{'organisation': '" + proposalsOrganisation + "'}")
        .has(
            "{'challenge': 'urn:ngsi-ld:Challenge:c', 'proposal': 'urn:ngsi-ld:Proposal:p',"
                + " 'dueAt': "
                + FUTURE
                + ", 'reviewer': '"
                + SOMEONE
                + "'}");
  }

  static void pilots(List<Row> rows) {
    var agreement = "{'text': 'a', 'maximumEnd': '2027-01-01T00:00:00Z'}";
    var consent = "{'agreementHash': '" + Canonical.hash(struct(agreement)) + "'}";
    add(
        rows,
        PILOT,
        "PREPARING",
        "makeReady",
        "agreementSignedBothParties",
        w ->
            w.has(
                "{'agreement': "
                    + agreement
                    + ", 'cityConsent': "
                    + consent
                    + ", 'partnerConsent': {'agreementHash': 'of another text'}}"),
        w ->
            w.has(
                "{'agreement': "
                    + agreement
                    + ", 'cityConsent': "
                    + consent
                    + ", 'partnerConsent': "
                    + consent
                    + "}"));
    add(
        rows,
        PILOT,
        "PREPARING",
        "makeReady",
        "kpiLocked>=1",
        w -> indicator(w, "DRAFT", ""),
        w -> indicator(w, "LOCKED", ""));
    add(
        rows,
        PILOT,
        "PREPARING",
        "makeReady",
        "baselineFrozenWithCoverage>=min|baselineWaiver",
        w -> indicator(w, "LOCKED", ", 'baseline': {'coverage': 0.49}"),
        w -> indicator(w, "LOCKED", ", 'baseline': {'coverage': 0.5}"));
    add(
        rows,
        PILOT,
        "PREPARING",
        "makeReady",
        "fieldBookingsConfirmed|notNeeded(bookings)",
        w -> w.has("{'notNeeded': ['data']}"),
        w -> w.has("{'notNeeded': ['bookings']}"));
    var ofX = "{'pilot': '" + X + "'}";
    add(
        rows,
        PILOT,
        "PREPARING",
        "makeReady",
        "dataGrantsApproved|notNeeded(data)",
        w -> w.plant(DATA_GRANT, "g", "APPROVED", ofX).plant(DATA_GRANT, "h", "REQUESTED", ofX),
        w -> w.plant(DATA_GRANT, "g", "APPROVED", ofX).plant(DATA_GRANT, "h", "REFUSED", ofX));
    add(
        rows,
        PILOT,
        "PREPARING",
        "makeReady",
        "regulatoryCasesClear",
        w ->
            w.plant(Kind.REGULATORY_CASE, "r", "CONFIRMING", ofX)
                .has("{'notNeeded': ['regulation']}"),
        w -> w.plant(Kind.REGULATORY_CASE, "r", "NO_RULE", ofX));
    add(
        rows,
        PILOT,
        "PREPARING",
        "makeReady",
        "exitPlan",
        w -> {},
        w -> w.has("{'exitPlan': 'we take it away'}"));
    add(
        rows,
        PILOT,
        "PREPARING",
        "makeReady",
        "insuranceOrWaiver",
        w -> {},
        w -> w.has("{'insuranceWaiver': 'software only'}"));
    add(
        rows,
        PILOT,
        "PREPARING",
        "lapse",
        "notReadyBy(deadline)|partyWithdrew",
        w -> w.has("{'readyBy': " + FUTURE + "}"),
        w -> w.has("{'readyBy': " + PAST + "}"));
    running(rows, agreement);
  }

  private static void running(List<Row> rows, String agreement) {
    add(
        rows,
        PILOT,
        "READY",
        "start",
        "now>=startDate",
        w -> w.has("{'startDate': " + FUTURE + "}"),
        w -> w.has("{'startDate': " + PAST + "}"));
    add(rows, PILOT, "ACTIVE", "suspend", "reason", w -> {}, w -> w.sends("{'reason': 'flood'}"));
    add(
        rows,
        PILOT,
        "SUSPENDED",
        "resume",
        "causeCleared",
        w -> {},
        w -> w.sends("{'causeCleared': 'dry again'}"));
    add(
        rows,
        PILOT,
        "ACTIVE",
        "extend",
        "extensions<2",
        w -> w.has("{'extensions': 2}"),
        w -> w.has("{'extensions': 1}"));
    add(
        rows,
        PILOT,
        "ACTIVE",
        "extend",
        "newEnd<=agreement.maxEnd",
        w -> w.has("{'agreement': " + agreement + "}").sends("{'newEnd': '2027-01-02'}"),
        w -> w.has("{'agreement': " + agreement + "}").sends("{'newEnd': '2027-01-01'}"));
    add(
        rows,
        PILOT,
        "ACTIVE",
        "amendKpi",
        "secondApprover!=proposer",
        w -> amendment(w, SOMEONE),
        w -> amendment(w, "urn:plaza:person:other"));
    add(
        rows,
        PILOT,
        "ACTIVE",
        "amendKpi",
        "before 50% of period",
        w -> w.has("{'startDate': '2026-05-31T00:00:00Z', 'endDate': '2026-06-02T00:00:00Z'}"),
        w -> w.has("{'startDate': '2026-05-31T00:00:00Z', 'endDate': '2026-06-05T00:00:00Z'}"));
    add(
        rows,
        PILOT,
        "ACTIVE",
        "finish",
        "now>=endDate|earlyFinish",
        w -> w.has("{'endDate': " + FUTURE + "}"),
        w -> w.has("{'endDate': " + FUTURE + "}").sends("{'earlyFinish': 'enough seen'}"));
  }

  private static World amendment(World w, String by) {
    return indicator(
            w,
            "LOCKED",
            ", 'amendment': {'reason': 'r', 'definition': "
                + DEFINITION
                + "}, 'amendmentBy': '"
                + by
                + "'")
        .sends("{'indicator': 'urn:ngsi-ld:Indicator:i', 'reason': 'r'}");
  }

  private static final String DEFINITION =
      """
      {'name': 'n', 'unit': 'u', 'entityType': 'urn:t', 'attribute': 'urn:a',
       'hours': {'days': ['MONDAY'], 'from': '07:00', 'until': '09:00', 'zone': 'UTC'},
       'population': {'name': 'all', 'attribute': 'urn:b', 'equals': 'x'},
       'baseline': {'from': '2026-05-18', 'to': '2026-05-24'},
       'measurement': {'from': '2026-06-01', 'to': '2026-06-08'},
       'direction': 'LOWER_IS_BETTER', 'target': 0, 'mandatory': true}
      """;

  private static World indicator(World w, String state, String more) {
    return w.plant(
            INDICATOR,
            "i",
            state,
            "{'pilot': '" + X + "', 'name': 'n', 'definition': " + DEFINITION + more + "}")
        .has("{'indicators': ['urn:ngsi-ld:Indicator:i']}");
  }

  static void gates(List<Row> rows) {
    add(
        rows,
        PILOT,
        "EVALUATING",
        "gateStop",
        "gateRecord",
        w -> gate(w, "STOP", 3, 0, "tampered"),
        w -> gate(w, "STOP", 3, 0, ""));
    add(
        rows,
        PILOT,
        "EVALUATING",
        "gateExtend",
        "gateRecord(EXTEND)",
        w -> gate(w, "STOP", 3, 0, ""),
        w -> gate(w, "EXTEND", 3, 0, "").has("{'extensions': 2}"));
    add(
        rows,
        PILOT,
        "EVALUATING",
        "gateClose",
        "gateRecord(LEARNED)",
        w -> gate(w, "STOP", 3, 0, ""),
        w -> gate(w, "LEARNED", 3, 0, ""));
    add(
        rows,
        PILOT,
        "EVALUATING",
        "gateClose",
        "quorum",
        w -> gate(w, "LEARNED", 2, 0, ""),
        w -> gate(w, "LEARNED", 2, 1, ""));
    add(
        rows,
        PILOT,
        "EVALUATING",
        "gateScale",
        "noOpenConflict",
        w -> {
          w.city.people.join("urn:v:0", TEAM);
          gate(w, "SCALE", 3, 0, "").has("{'organisation': '" + TEAM + "'}");
        },
        w -> gate(w, "SCALE", 3, 0, "").has("{'organisation': '" + TEAM + "'}"));
    add(
        rows,
        PILOT,
        "EVALUATING",
        "gateScale",
        "ownerDepartmentNamed",
        w -> {},
        w -> w.has("{'department': '" + DEPARTMENT + "'}"));
    add(
        rows,
        PILOT,
        "EVALUATING",
        "gateScale",
        "scaleRoute in {procure,fund,concession,selfOperate}",
        w -> gate(w, "SCALE", 3, 0, ""),
        w -> gate(w, "SCALE", 3, 0, "fund"));
    add(
        rows,
        PILOT,
        "EVALUATING",
        "gateScale",
        "mandatoryKpiMet|overrideReason",
        w -> indicator(w, "LOCKED", ", 'verdict': 'INCONCLUSIVE'"),
        w ->
            indicator(w, "LOCKED", ", 'verdict': 'INCONCLUSIVE'")
                .sends("{'overrideReason': 'residents want it'}"));
  }

  private static World gate(World w, String outcome, int approvals, int rejections, String more) {
    var evidence = struct("{'pilot': '" + X + "', 'indicators': []}");
    var votes = new StringBuilder();
    for (int i = 0; i < approvals + rejections; i++)
      votes.append(i == 0 ? "" : ",").append("{'voter': 'urn:v:" + i + "'}");
    var members =
        new java.util.LinkedHashMap<>(
            struct(
                    "{'pilot': '%s', 'outcome': '%s', 'votes': [%s], 'approvals': %s, 'openedBy': 'urn:v:9'}"
                        .formatted(X, outcome, votes, approvals))
                .members());
    members.put("evidence", evidence);
    members.put("evidenceHash", Value.of(more.equals("tampered") ? "0" : Canonical.hash(evidence)));
    if (more.equals("fund")) members.put("route", Value.of(more));
    w.put(GATE_DECISION, "urn:ngsi-ld:GateDecision:g", "OPEN", members);
    return w;
  }

  static void grants(List<Row> rows) {
    add(
        rows,
        DATA_GRANT,
        "UNDER_REVIEW",
        "approve",
        "licenceAllows|agreementClause",
        w -> pilot(w, "READY").sends("{'licence': 'all rights reserved'}"),
        w -> pilot(w, "READY").sends("{'licence': 'CC-BY-4.0'}"));
    add(
        rows,
        DATA_GRANT,
        "UNDER_REVIEW",
        "approve",
        "purposeStated",
        w -> pilot(w, "READY"),
        w -> pilot(w, "READY").has("{'purpose': 'p'}"));
    add(
        rows,
        DATA_GRANT,
        "UNDER_REVIEW",
        "approve",
        "personalData=>DPIAref",
        w -> pilot(w, "READY").has("{'personalData': true}"),
        w -> pilot(w, "READY").has("{'personalData': true}").sends("{'dpiaRef': 'DPIA 7'}"));
    add(
        rows,
        DATA_GRANT,
        "UNDER_REVIEW",
        "approve",
        "endDate<=pilot.end+30d",
        w -> pilot(w, "READY").has("{'endDate': '2026-07-31T00:00:01Z'}"),
        w -> pilot(w, "READY").has("{'endDate': '2026-07-31T00:00:00Z'}"));
    add(
        rows,
        DATA_GRANT,
        "UNDER_REVIEW",
        "refuse",
        "reason",
        w -> pilot(w, "READY"),
        w -> pilot(w, "READY").sends("{'reason': 'too much'}"));
    add(
        rows,
        DATA_GRANT,
        "APPROVED",
        "activate",
        "pilotActive|explorationActive|serviceLive",
        w -> pilot(w, "SUSPENDED"),
        w -> pilot(w, "ACTIVE"));
    add(
        rows,
        DATA_GRANT,
        "ACTIVE",
        "expire",
        "now>=endDate",
        w -> pilot(w, "ACTIVE").has("{'endDate': '2026-06-01T08:00:01Z'}"),
        w -> pilot(w, "ACTIVE").has("{'endDate': '2026-06-01T08:00:00Z'}"));
  }

  private static World pilot(World w, String state) {
    return w.plant(PILOT, "p", state, "{'endDate': '2026-07-01T00:00:00Z'}")
        .has("{'pilot': 'urn:ngsi-ld:Pilot:p', 'endDate': '2026-07-01T00:00:00Z'}");
  }
}
