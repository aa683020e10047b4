package plaza.programme;

import static plaza.programme.GuardRows.FUTURE;
import static plaza.programme.GuardRows.PAST;
import static plaza.programme.GuardRows.SOMEONE;
import static plaza.programme.GuardRows.X;
import static plaza.programme.GuardRows.add;
import static plaza.programme.ProgrammeCity.struct;
import static plaza.programme.record.Kind.DATA_GRANT;
import static plaza.programme.record.Kind.INDICATOR;
import static plaza.programme.record.Kind.PILOT;

import java.util.List;
import plaza.programme.GuardsTest.Row;
import plaza.programme.GuardsTest.World;
import plaza.programme.record.Canonical;
import plaza.programme.record.Kind;

/// Pilots and their indicators.
final class PilotRows {
  private PilotRows() {}

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

  static void running(List<Row> rows, String agreement) {
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

  static World amendment(World w, String by) {
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

  static World indicator(World w, String state, String more) {
    return w.plant(
            INDICATOR,
            "i",
            state,
            "{'pilot': '" + X + "', 'name': 'n', 'definition': " + DEFINITION + more + "}")
        .has("{'indicators': ['urn:ngsi-ld:Indicator:i']}");
  }
}
