package plaza.programme;

import static plaza.programme.GuardRows.FUTURE;
import static plaza.programme.GuardRows.PAST;
import static plaza.programme.GuardRows.SOMEONE;
import static plaza.programme.GuardRows.X;
import static plaza.programme.GuardRows.add;
import static plaza.programme.record.Kind.MODERATION_CASE;
import static plaza.programme.record.Kind.NEED;
import static plaza.programme.record.Kind.NEED_CLUSTER;

import java.util.List;
import plaza.graph.Address;
import plaza.programme.GuardsTest.Row;
import plaza.programme.GuardsTest.World;
import plaza.programme.procedure.Caller;

/// Decisions against needs, and appeals.
final class ModerationRows {
  private ModerationRows() {}

  static void cases(List<Row> rows) {
    for (var step : List.of("publish", "reject"))
      add(
          rows,
          NEED,
          "SUBMITTED",
          step,
          "noAppealPending",
          w -> cased(w, step, "APPEALED"),
          w -> cased(w, step, "UPHELD"));
    add(
        rows,
        MODERATION_CASE,
        "DECIDED",
        "appeal",
        "appealText",
        w -> authored(w, FUTURE),
        w -> authored(w, FUTURE).sends("{'appeal': 'it is in the city'}"));
    add(
        rows,
        MODERATION_CASE,
        "DECIDED",
        "appeal",
        "before appealUntil",
        w -> authored(w, PAST).sends("{'appeal': 'it is in the city'}"),
        w -> authored(w, FUTURE).sends("{'appeal': 'it is in the city'}"));
    add(
        rows,
        MODERATION_CASE,
        "DECIDED",
        "settle",
        "now>=appealUntil",
        w -> authored(w, FUTURE),
        w -> authored(w, PAST));
    add(
        rows,
        MODERATION_CASE,
        "DECIDED",
        "supersede",
        "decisionReplaced",
        w -> authored(w, FUTURE).by(Caller.plaza(Address.DEFAULT, "moderation")),
        w ->
            authored(w, FUTURE)
                .has("{'decision': 'hide'}")
                .by(Caller.plaza(Address.DEFAULT, "moderation")));
    for (var step : List.of("uphold", "overturn")) {
      add(
          rows,
          MODERATION_CASE,
          "APPEALED",
          step,
          "otherThanDecider",
          w -> authored(w, FUTURE).has("{'decidedBy': '" + SOMEONE + "'}"),
          w -> authored(w, FUTURE).has("{'decidedBy': 'urn:plaza:person:mei'}"));
      add(
          rows,
          MODERATION_CASE,
          "APPEALED",
          step,
          "publicReason>=20chars",
          w -> authored(w, FUTURE).has("{'decidedBy': '" + SOMEONE + "'}"),
          w ->
              authored(w, FUTURE)
                  .has("{'decidedBy': '" + SOMEONE + "'}")
                  .sends("{'publicReason': 'It is about the next town.'}"));
    }
    add(
        rows,
        MODERATION_CASE,
        "APPEALED",
        "remind",
        "now>=answerDueAt",
        w -> w.has("{'answerDueAt': " + FUTURE + "}"),
        w -> w.has("{'answerDueAt': " + PAST + "}"));
    add(
        rows,
        MODERATION_CASE,
        "APPEALED",
        "remind",
        "notRemindedYet",
        w -> w.has("{'answerDueAt': " + PAST + ", 'remindedAt': " + PAST + "}"),
        w -> w.has("{'answerDueAt': " + PAST + "}"));
    var sent = "{'need': 'urn:ngsi-ld:Need:n'}";
    add(
        rows,
        NEED_CLUSTER,
        "OPEN",
        "addNeed",
        "authorDoesNotObject",
        w -> w.plant(NEED, "n", "PUBLISHED", "{'objectedTo': ['" + X + "']}").sends(sent),
        w ->
            w.plant(NEED, "n", "PUBLISHED", "{'objectedTo': ['urn:ngsi-ld:NeedCluster:y']}")
                .sends(sent));
  }

  private static World cased(World w, String step, String state) {
    return w.plant(MODERATION_CASE, "m", state, "{}")
        .has("{'title': 't', 'moderationCase': 'urn:ngsi-ld:ModerationCase:m'}")
        .sends(step.equals("reject") ? "{'reasonCode': 'spam'}" : "{}");
  }

  private static World authored(World w, String until) {
    return w.plant(NEED, "n", "REJECTED", "{'title': 't', 'moderationCase': '" + X + "'}")
        .has(
            "{'author': '%s', 'need': 'urn:ngsi-ld:Need:n', 'decision': 'reject', 'appealUntil': %s}"
                .formatted(SOMEONE, until));
  }
}
