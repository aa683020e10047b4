package plaza.programme;

import static plaza.programme.GuardRows.X;
import static plaza.programme.GuardRows.add;
import static plaza.programme.GuardRows.pilot;
import static plaza.programme.PilotRows.indicator;
import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.ProgrammeCity.struct;
import static plaza.programme.record.Kind.DATA_GRANT;
import static plaza.programme.record.Kind.GATE_DECISION;
import static plaza.programme.record.Kind.PILOT;

import java.util.List;
import plaza.graph.Value;
import plaza.programme.GuardsTest.Row;
import plaza.programme.GuardsTest.World;
import plaza.programme.record.Canonical;

/// Gates and data grants.
final class GateRows {
  private GateRows() {}

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
    quorum(rows, "EVALUATING", "gateExtend", "EXTEND");
    quorum(rows, "ACTIVE", "extend", "EXTEND");
    quorum(rows, "SUSPENDED", "terminate", "STOP");
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

  /// Nobody extends or ends a pilot alone: three vote, and most of them for it.
  private static void quorum(List<Row> rows, String from, String action, String outcome) {
    add(
        rows,
        PILOT,
        from,
        action,
        "quorum",
        w -> gate(w, outcome, 1, 2, ""),
        w -> gate(w, outcome, 2, 1, "").has("{'extensions': 2}"));
  }

  static World gate(World w, String outcome, int approvals, int rejections, String more) {
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
}
