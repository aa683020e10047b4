package plaza.programme;

import static plaza.programme.GuardRows.FUTURE;
import static plaza.programme.GuardRows.PAST;
import static plaza.programme.GuardRows.X;
import static plaza.programme.GuardRows.add;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.record.Kind.COMMITMENT;
import static plaza.programme.record.Kind.DISBURSEMENT;
import static plaza.programme.record.Kind.FUNDING_ROUND;
import static plaza.programme.record.Kind.INDICATOR;
import static plaza.programme.record.Kind.PILOT;
import static plaza.programme.record.Kind.TRANCHE;

import java.util.List;
import plaza.programme.GuardsTest.Row;
import plaza.programme.GuardsTest.World;

/// Funding rounds.
final class RoundRows {
  private static final String BANK = "urn:plaza:organization:bank";

  private RoundRows() {}

  static void rounds(List<Row> rows) {
    opening(rows);
    committing(rows);
    closing(rows);
    paying(rows);
  }

  private static void opening(List<Row> rows) {
    add(
        rows,
        FUNDING_ROUND,
        "PLANNED",
        "open",
        "targetAmount",
        w -> w.has("{'currency': 'EUR', 'target': '0', 'minimum': '0'}"),
        w -> w.has("{'currency': 'EUR', 'target': '100', 'minimum': '50'}"));
    add(
        rows,
        FUNDING_ROUND,
        "PLANNED",
        "open",
        "publicCap",
        w -> {},
        w -> w.has("{'publicCap': '0.5'}"));
    add(
        rows,
        FUNDING_ROUND,
        "PLANNED",
        "open",
        "ownerPilotOrService",
        w -> w.has("{'pilot': 'urn:ngsi-ld:Pilot:none'}"),
        w -> w.plant(PILOT, "p", "SCALED", "{}").has("{'pilot': 'urn:ngsi-ld:Pilot:p'}"));
    add(
        rows,
        FUNDING_ROUND,
        "PLANNED",
        "open",
        "termsDocument",
        w -> {},
        w -> w.has("{'terms': {'url': 'https://city.example/terms'}}"));
    add(
        rows,
        FUNDING_ROUND,
        "PLANNED",
        "open",
        "deadlineAhead",
        w -> w.has("{'deadline': " + PAST + "}"),
        w -> w.has("{'deadline': " + FUTURE + "}"));
    add(
        rows,
        FUNDING_ROUND,
        "PLANNED",
        "cancel",
        "reason",
        w -> {},
        w -> w.sends("{'reason': 'the pilot is over'}"));
  }

  private static void committing(List<Row> rows) {
    add(
        rows,
        FUNDING_ROUND,
        "OPEN",
        "commit",
        "amount>0",
        w -> offer(w, "'amount': '0.00'"),
        w -> offer(w, "'amount': '0.01'"));
    add(
        rows,
        FUNDING_ROUND,
        "OPEN",
        "commit",
        "partyVerified",
        w -> {
          w.city.people.unverify(BANK);
          offer(w, "'amount': '1'");
        },
        w -> offer(w, "'amount': '1'"));
    add(
        rows,
        FUNDING_ROUND,
        "OPEN",
        "commit",
        "financeTypeCode",
        w -> offer(w, "'financeType': 'promise'"),
        w -> offer(w, "'financeType': 'loan'"));
    add(
        rows,
        FUNDING_ROUND,
        "OPEN",
        "commit",
        "relatedPartyDeclared",
        w ->
            w.plant(PILOT, "p", "SCALED", "{'organisation': '" + TEAM + "'}")
                .has("{'currency': 'EUR', 'pilot': 'urn:ngsi-ld:Pilot:p'}")
                .sends("{'organisation': '" + TEAM + "', 'relatedPartyDeclared': false}"),
        w ->
            w.plant(PILOT, "p", "SCALED", "{'organisation': '" + TEAM + "'}")
                .has("{'currency': 'EUR', 'pilot': 'urn:ngsi-ld:Pilot:p'}")
                .sends("{'organisation': '" + TEAM + "', 'relatedPartyDeclared': true}"));
    add(
        rows,
        FUNDING_ROUND,
        "OPEN",
        "commit",
        "before deadline",
        w -> offer(w, "'amount': '1'").has("{'deadline': '2026-06-01T08:00:00Z'}"),
        w -> offer(w, "'amount': '1'").has("{'deadline': '2026-06-01T08:00:01Z'}"));
  }

  private static void closing(List<Row> rows) {
    var enough = "{'currency': 'EUR', 'minimum': '100', 'publicCap': '0.5', 'target': '200'}";
    add(
        rows,
        FUNDING_ROUND,
        "OPEN",
        "commercialClose",
        "sumCommitted>=minimum",
        w -> committed(w, "99.99", false, "OFFERED").has(enough),
        w -> committed(w, "100.00", false, "OFFERED").has(enough));
    add(
        rows,
        FUNDING_ROUND,
        "OPEN",
        "commercialClose",
        "publicShare<=publicCap",
        w ->
            committed(committed(w, "100", false, "OFFERED"), "100.01", true, "OFFERED").has(enough),
        w ->
            committed(committed(w, "100", false, "OFFERED"), "100.00", true, "OFFERED")
                .has(enough));
    add(
        rows,
        FUNDING_ROUND,
        "OPEN",
        "fail",
        "deadline",
        w -> w.has("{'minimum': '100', 'deadline': " + FUTURE + "}"),
        w -> w.has("{'minimum': '100', 'deadline': '2026-06-01T08:00:00Z'}"));
    add(
        rows,
        FUNDING_ROUND,
        "OPEN",
        "fail",
        "sumCommitted<minimum",
        w -> committed(w, "100", false, "OFFERED").has(enough),
        w -> committed(w, "99.99", false, "OFFERED").has(enough));
    add(
        rows,
        FUNDING_ROUND,
        "COMMITTED",
        "financialClose",
        "allConditionsPrecedentMet",
        w -> w.has("{'conditionsPrecedent': [{'text': 'a permit'}]}"),
        w ->
            w.has(
                "{'conditionsPrecedent': [{'text': 'a permit', 'metAt': '2026-05-30T00:00:00Z'}]}"));
    add(
        rows,
        FUNDING_ROUND,
        "COMMITTED",
        "financialClose",
        "documentsSigned",
        w -> w.sends("{'documents': [{'url': 'https://city.example/contract'}]}"),
        w ->
            w.sends(
                "{'documents': [{'url': 'https://city.example/contract', 'signedAt':"
                    + " '2026-05-30T00:00:00Z'}]}"));
    add(
        rows,
        FUNDING_ROUND,
        "COMMITTED",
        "fail",
        "reason",
        w -> {},
        w -> w.sends("{'reason': 'a bank withdrew'}"));
  }

  private static void paying(List<Row> rows) {
    add(
        rows,
        FUNDING_ROUND,
        "CLOSED",
        "disburse",
        "sumDisbursed<=sumCommitted",
        w -> pays(w, "60.01", ""),
        w -> pays(w, "60.00", ""));
    add(
        rows,
        FUNDING_ROUND,
        "CLOSED",
        "disburse",
        "tranche.kpiVerdict=MET if outcome-based",
        w -> tranche(w, "NOT_MET"),
        w -> tranche(w, "MET"));
    add(
        rows,
        FUNDING_ROUND,
        "CLOSED",
        "complete",
        "sumDisbursed==sumCommitted|residualReleased",
        w -> pays(w, "1", "").sends("{}"),
        w -> pays(w, "1", "").sends("{'residualReleased': 'the rest was not needed'}"));
  }

  private static World offer(World w, String more) {
    return w.has("{'currency': 'EUR'}").sends("{'organisation': '" + BANK + "', " + more + "}");
  }

  /// Of 100 committed, 40 were paid.
  private static World pays(World w, String amount, String more) {
    return committed(w, "100", false, "CLOSED")
        .plant(
            DISBURSEMENT,
            "d",
            "PAID",
            "{'round': '%s', 'commitment': 'urn:ngsi-ld:Commitment:100', 'amount': '40'}"
                .formatted(X))
        .has("{'currency': 'EUR'}")
        .sends(
            "{'commitment': 'urn:ngsi-ld:Commitment:100', 'amount': '%s'%s}"
                .formatted(amount, more));
  }

  private static World tranche(World w, String verdict) {
    return pays(w, "10", ", 'tranche': 'urn:ngsi-ld:Tranche:t'")
        .plant(INDICATOR, "i", "LOCKED", "{'name': 'n', 'verdict': '" + verdict + "'}")
        .plant(
            TRANCHE,
            "t",
            "PENDING",
            "{'round': '%s', 'amount': '60', 'indicator': 'urn:ngsi-ld:Indicator:i'}".formatted(X));
  }

  private static World committed(World w, String amount, boolean isPublic, String state) {
    return w.plant(
        COMMITMENT,
        amount,
        state,
        """
        {'round': '%s', 'organisation': '%s', 'amount': '%s', 'currency': 'EUR', 'inKind': false,
         'financeType': 'loan', 'publicParty': %s, 'publicShare': '%s'}
        """
            .formatted(X, BANK, amount, isPublic, isPublic ? 1 : 0));
  }
}
