package plaza.programme;

import static plaza.programme.GuardRows.FUTURE;
import static plaza.programme.GuardRows.PAST;
import static plaza.programme.GuardRows.RUBRIC;
import static plaza.programme.GuardRows.SOMEONE;
import static plaza.programme.GuardRows.X;
import static plaza.programme.GuardRows.add;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.record.Kind.CHALLENGE;
import static plaza.programme.record.Kind.PROPOSAL;
import static plaza.programme.record.Kind.REVIEW;

import java.util.List;
import java.util.function.Consumer;
import plaza.programme.GuardsTest.Row;
import plaza.programme.GuardsTest.World;

/// Proposals and their reviews.
final class ProposalRows {
  private ProposalRows() {}

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
    appeals(rows);
    reviews(rows);
  }

  private static void appeals(List<Row> rows) {
    add(
        rows,
        PROPOSAL,
        "INELIGIBLE",
        "appeal",
        "before appealUntil",
        w -> challenge(w, "CLOSED", "").has("{'appealUntil': " + PAST + "}"),
        w -> challenge(w, "CLOSED", "").has("{'appealUntil': " + FUTURE + "}"));
    add(
        rows,
        PROPOSAL,
        "INELIGIBLE",
        "appeal",
        "appealStated",
        w -> challenge(w, "CLOSED", ""),
        w -> challenge(w, "CLOSED", "").sends("{'appeal': 'we are registered'}"));
    add(
        rows,
        PROPOSAL,
        "INELIGIBLE",
        "appeal",
        "notAppealedBefore",
        w -> challenge(w, "CLOSED", "").has("{'appealAnswer': 'no'}"),
        w -> challenge(w, "CLOSED", ""));
    for (var answer : List.of("upholdAppeal", "dismissAppeal")) {
      add(
          rows,
          PROPOSAL,
          "APPEALED",
          answer,
          "decider!=screener",
          w -> challenge(w, "CLOSED", "").has("{'screenedBy': '" + SOMEONE + "'}"),
          w -> challenge(w, "CLOSED", "").has("{'screenedBy': 'urn:other:1'}"));
      add(
          rows,
          PROPOSAL,
          "APPEALED",
          answer,
          "reason",
          w -> challenge(w, "CLOSED", ""),
          w -> challenge(w, "CLOSED", "").sends("{'reason': 'it is registered'}"));
    }
    for (var state : List.of("APPEALED", "INELIGIBLE"))
      add(
          rows,
          CHALLENGE,
          "EVALUATING",
          "decide",
          "appealsDecided",
          w -> screened(w, state, "'appealUntil': " + FUTURE),
          w -> screened(w, "INELIGIBLE", "'appealUntil': " + PAST));
  }

  private static void screened(World w, String state, String more) {
    w.has("{" + RUBRIC + "}")
        .plant(PROPOSAL, "i", state, "{'challenge': '" + X + "', " + more + "}")
        .plant(PROPOSAL, "s", "SHORTLISTED", "{'challenge': '" + X + "'}")
        .sends("{'selected': ['urn:ngsi-ld:Proposal:s']}");
  }

  static World challenge(World w, String state, String more) {
    w.city.people.join(SOMEONE, TEAM);
    return w.plant(CHALLENGE, "c", state, "{" + RUBRIC + more + "}")
        .has("{'challenge': 'urn:ngsi-ld:Challenge:c', 'organisation': '" + TEAM + "'}");
  }

  static World reviewed(World w, String state) {
    return challenge(w, "EVALUATING", "")
        .plant(REVIEW, "r", state, "{'proposal': '" + X + "', 'reviewer': 'urn:r:1'}");
  }

  static void reviews(List<Row> rows) {
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
        "sameOrg|fundingLink|coParticipation<24m|declaredConflict",
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

  static World review(World w, String proposalsOrganisation) {
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
}
