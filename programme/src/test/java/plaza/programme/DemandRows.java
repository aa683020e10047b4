package plaza.programme;

import static plaza.programme.GuardRows.FUTURE;
import static plaza.programme.GuardRows.PAST;
import static plaza.programme.GuardRows.SOMEONE;
import static plaza.programme.GuardRows.X;
import static plaza.programme.GuardRows.add;
import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.record.Kind.CHALLENGE;
import static plaza.programme.record.Kind.CONTEST;
import static plaza.programme.record.Kind.NEED;
import static plaza.programme.record.Kind.NEED_CLUSTER;
import static plaza.programme.record.Kind.PILOT;

import java.util.List;
import plaza.programme.GuardsTest.Row;
import plaza.programme.GuardsTest.World;

/// Needs and clusters.
final class DemandRows {
  private DemandRows() {}

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

  static void contests(List<Row> rows) {
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

  static World contested(World w, int times) {
    for (int i = 0; i < times; i++)
      w.plant(CONTEST, "t" + i, "KEPT", "{'need': '" + X + "', 'answer': '1'}");
    return w.has("{'author': '" + SOMEONE + "', 'answers': 1}");
  }

  static void clusters(List<Row> rows) {
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
}
