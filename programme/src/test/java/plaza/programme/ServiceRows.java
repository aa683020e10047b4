package plaza.programme;

import static plaza.programme.GuardRows.FUTURE;
import static plaza.programme.GuardRows.X;
import static plaza.programme.GuardRows.add;
import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.struct;
import static plaza.programme.record.Kind.DATA_GRANT;
import static plaza.programme.record.Kind.GATE_DECISION;
import static plaza.programme.record.Kind.SERVICE;

import java.util.List;
import java.util.function.Consumer;
import plaza.programme.GuardsTest.Row;
import plaza.programme.GuardsTest.World;
import plaza.programme.record.Canonical;

/// Services.
final class ServiceRows {
  private ServiceRows() {}

  static void services(List<Row> rows) {
    launching(rows);
    running(rows);
    renewing(rows);
    ending(rows);
  }

  private static void launching(List<Row> rows) {
    launch(
        rows,
        "ownerDepartment|operator",
        w -> {},
        w -> w.has("{'operator': 'urn:plaza:organization:wheels'}"));
    launch(
        rows,
        "dataRequirementsDeclared",
        w -> w.has("{'dataRequirements': []}"),
        w -> w.has("{'noDataNeeded': 'it only prints leaflets'}"));
    launch(
        rows, "supportContact", w -> {}, w -> w.has("{'supportContact': 'https://help.example'}"));
    launch(
        rows,
        "accessibilityStatement(WCAG2.2AA)",
        w -> w.has("{'accessibility': {'standard': 'WCAG 2.1', 'level': 'AA'}}"),
        w -> w.has("{'accessibility': {'standard': 'WCAG 2.2', 'level': 'AA'}}"));
    launch(rows, "usageMeterOn", w -> {}, w -> w.has("{'usageMeter': true}"));
    launch(rows, "licenceOrContract", w -> {}, w -> w.has("{'contract': 'C-7'}"));
    add(rows, SERVICE, "DRAFT", "abandon", "reason", w -> {}, w -> w.sends("{'reason': 'r'}"));
  }

  private static void launch(
      List<Row> rows, String guard, Consumer<World> unmet, Consumer<World> met) {
    add(rows, SERVICE, "DRAFT", "launch", guard, unmet, met);
  }

  private static void running(List<Row> rows) {
    add(rows, SERVICE, "LIVE", "suspend", "reason", w -> {}, w -> w.sends("{'reason': 'r'}"));
    add(
        rows,
        SERVICE,
        "LIVE",
        "renewalDue",
        "now>=renewalDate-90d",
        w -> w.has("{'renewalDate': '2026-08-30T08:00:01Z'}"),
        w -> w.has("{'renewalDate': '2026-08-30T08:00:00Z'}"));
    add(
        rows,
        SERVICE,
        "LIVE",
        "sunset",
        "publicReason",
        w -> {},
        w -> w.sends("{'publicReason': 'nobody uses it'}"));
    add(
        rows,
        SERVICE,
        "LIVE",
        "sunset",
        "notice>=90d",
        w -> w.sends("{'sunsetDate': '2026-08-30T07:59:59Z'}"),
        w -> w.sends("{'sunsetDate': '2026-08-30T08:00:00Z'}"));
  }

  private static void renewing(List<Row> rows) {
    add(
        rows,
        SERVICE,
        "RENEWAL_DUE",
        "renew",
        "gateRecord",
        w -> gate(w, "SUNSET", 3, 0),
        w -> gate(w, "RENEW", 3, 0));
    add(
        rows,
        SERVICE,
        "RENEWAL_DUE",
        "renew",
        "quorum",
        w -> gate(w, "RENEW", 1, 2),
        w -> gate(w, "RENEW", 2, 1));
    add(
        rows,
        SERVICE,
        "RENEWAL_DUE",
        "renew",
        "renewalRuleMet|overrideReason",
        w -> w.has("{'renewalEvidence': {'ruleMet': false}}"),
        w -> w.has("{'renewalEvidence': {'ruleMet': true}}"));
    add(
        rows,
        SERVICE,
        "RENEWAL_DUE",
        "renew",
        "renewalRuleMet|overrideReason",
        w -> w.has("{'renewalEvidence': {'ruleMet': false}}"),
        w ->
            w.has("{'renewalEvidence': {'ruleMet': false}}")
                .sends("{'overrideReason': 'few, but they depend on it'}"));
  }

  private static void ending(List<Row> rows) {
    add(
        rows,
        SERVICE,
        "SUNSETTING",
        "revive",
        "newOwner",
        w -> {},
        w -> w.sends("{'newOwner': '" + DEPARTMENT + "'}"));
    add(
        rows,
        SERVICE,
        "SUNSETTING",
        "retire",
        "now>=sunsetDate",
        w -> w.has("{'sunsetDate': " + FUTURE + "}"),
        w -> w.has("{'sunsetDate': '2026-06-01T08:00:00Z'}"));
    add(
        rows,
        SERVICE,
        "SUNSETTING",
        "retire",
        "dataExported",
        w -> {},
        w -> w.has("{'dataExport': {'url': 'https://city.example/export'}}"));
    add(
        rows,
        SERVICE,
        "SUNSETTING",
        "retire",
        "keysRevoked",
        w -> w.plant(DATA_GRANT, "g", "ACTIVE", "{'service': '" + X + "'}"),
        w -> w.plant(DATA_GRANT, "g", "EXPIRED", "{'service': '" + X + "'}"));
  }

  private static void gate(World w, String outcome, int approvals, int rejections) {
    var evidence = struct("{'service': '" + X + "'}");
    var votes = new StringBuilder();
    for (int i = 0; i < approvals + rejections; i++)
      votes.append(i == 0 ? "" : ", ").append("{'voter': 'urn:plaza:person:b" + i + "'}");
    w.plant(
        GATE_DECISION,
        "g",
        "OPEN",
        """
        {'service': '%s', 'outcome': '%s', 'openedBy': 'urn:plaza:person:chair',
         'evidence': %s, 'evidenceHash': '%s', 'approvals': %d, 'rejections': %d, 'votes': [%s]}
        """
            .formatted(
                X,
                outcome,
                "{'service': '" + X + "'}",
                Canonical.hash(evidence),
                approvals,
                rejections,
                votes));
  }
}
