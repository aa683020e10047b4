package plaza.programme;

import static plaza.programme.GuardRows.FUTURE;
import static plaza.programme.GuardRows.PAST;
import static plaza.programme.GuardRows.SOMEONE;
import static plaza.programme.GuardRows.X;
import static plaza.programme.GuardRows.add;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.ProposalRows.challenge;
import static plaza.programme.record.Kind.CHALLENGE;
import static plaza.programme.record.Kind.EXPLORATION;
import static plaza.programme.record.Kind.PROPOSAL;

import java.util.List;
import plaza.programme.GuardsTest.Row;
import plaza.programme.GuardsTest.World;

/// Paid explorations, and the steps of calls that lead to and from them.
final class ExplorationRows {
  private static final String STAGE =
      ", 'exploration': {'days': 21, 'pay': {'amount': '5000', 'currency': 'EUR'}, 'teams': 1}";

  private ExplorationRows() {}

  static void explorations(List<Row> rows) {
    add(
        rows,
        PROPOSAL,
        "SHORTLISTED",
        "explore",
        "challengeHasExplorationStage",
        w -> challenge(w, "EVALUATING", ""),
        w -> challenge(w, "EVALUATING", STAGE).has("{'title': 't'}"));
    add(
        rows,
        PROPOSAL,
        "SHORTLISTED",
        "explore",
        "explorationPlaceFree",
        w ->
            challenge(w, "EVALUATING", STAGE)
                .plant(PROPOSAL, "o", "EXPLORATION", "{'challenge': 'urn:ngsi-ld:Challenge:c'}"),
        w -> challenge(w, "EVALUATING", STAGE).has("{'title': 't'}"));
    add(
        rows,
        PROPOSAL,
        "EXPLORATION",
        "select",
        "explorationOutput",
        w -> challenge(w, "DECIDED", STAGE),
        w ->
            challenge(w, "DECIDED", STAGE)
                .plant(
                    EXPLORATION, "e", "ENDED", "{'proposal': '" + X + "', 'handedInAt': 'then'}"));
    add(
        rows,
        CHALLENGE,
        "EVALUATING",
        "decide",
        "explorationsDone",
        w -> explored(w, ""),
        w -> explored(w, ", 'handedInAt': 'then'"));
    add(
        rows,
        EXPLORATION,
        "SIGNING",
        "start",
        "contractSignedBothParties",
        w -> w.has("{'startDate': " + PAST + "}"),
        w ->
            w.has(
                "{'cityConsent': {'contractHash': '%1$s'}, 'partnerConsent': {'contractHash':"
                        .formatted(EMPTY)
                    + " '"
                    + EMPTY
                    + "'}}"));
    add(
        rows,
        EXPLORATION,
        "SIGNING",
        "start",
        "now>=startDate",
        w -> w.has("{'startDate': " + FUTURE + "}"),
        w -> w.has("{'startDate': " + PAST + "}"));
    add(
        rows,
        EXPLORATION,
        "SIGNING",
        "lapse",
        "now>=signBy|proposalDecided",
        w -> proposal(w, "EXPLORATION").has("{'signBy': " + FUTURE + "}"),
        w -> proposal(w, "EXPLORATION").has("{'signBy': " + PAST + "}"));
    add(
        rows,
        EXPLORATION,
        "ACTIVE",
        "end",
        "now>=endDate|proposalDecided",
        w -> proposal(w, "EXPLORATION").has("{'endDate': " + FUTURE + "}"),
        w -> proposal(w, "SELECTED").has("{'endDate': " + FUTURE + "}"));
    add(
        rows,
        EXPLORATION,
        "ACTIVE",
        "handIn",
        "outputDocuments",
        ExplorationRows::ours,
        w ->
            ours(w)
                .sends(
                    "{'documents': [{'title': 't', 'url': 'https://d.example', 'sha256': '"
                        + "a".repeat(64)
                        + "'}]}"));
    add(
        rows,
        EXPLORATION,
        "ACTIVE",
        "handIn",
        "before endDate",
        w -> ours(w).has("{'endDate': " + PAST + "}"),
        w -> ours(w).has("{'endDate': " + FUTURE + "}"));
    add(
        rows,
        EXPLORATION,
        "ENDED",
        "pay",
        "paidWithinContract",
        w ->
            w.has("{'amount': '5000.00', 'paid': '4999.99', 'currency': 'EUR'}")
                .sends("{'amount': '0.02'}"),
        w ->
            w.has("{'amount': '5000.00', 'paid': '4999.99', 'currency': 'EUR'}")
                .sends("{'amount': '0.01'}"));
  }

  private static final String EMPTY =
      plaza.programme.record.Canonical.hash(plaza.graph.Value.Struct.EMPTY);

  private static World ours(World w) {
    w.city.people.join(SOMEONE, TEAM);
    return w.has("{'organisation': '" + TEAM + "'}");
  }

  private static World proposal(World w, String state) {
    return w.plant(PROPOSAL, "p", state, "{}").has("{'proposal': 'urn:ngsi-ld:Proposal:p'}");
  }

  private static World explored(World w, String output) {
    return w.plant(PROPOSAL, "p", "EXPLORATION", "{'challenge': '" + X + "', 'organisation': '%s'}")
        .plant(EXPLORATION, "e", "ACTIVE", "{'proposal': 'urn:ngsi-ld:Proposal:p'" + output + "}")
        .has("{" + GuardRows.RUBRIC + STAGE + "}")
        .sends("{'selected': ['urn:ngsi-ld:Proposal:p']}");
  }
}
