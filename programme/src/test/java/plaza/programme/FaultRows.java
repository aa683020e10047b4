package plaza.programme;

import static plaza.programme.GuardRows.FUTURE;
import static plaza.programme.GuardRows.PAST;
import static plaza.programme.GuardRows.SOMEONE;
import static plaza.programme.GuardRows.add;
import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.record.Kind.FAULT_CATEGORY;
import static plaza.programme.record.Kind.NEED;
import static plaza.programme.record.Kind.SERVICE_REQUEST;

import java.util.List;
import plaza.programme.GuardsTest.Row;

/// Faults, and needs that are handed over as faults.
final class FaultRows {
  private static final String PLACE = "'location': {'type': 'Point', 'coordinates': [121.5, 25.0]}";

  private FaultRows() {}

  static void faults(List<Row> rows) {
    add(
        rows,
        NEED,
        "SUBMITTED",
        "refer",
        "isFaultNotNeed",
        w -> w.has("{'title': 'Lamp is dark', " + PLACE + "}").sends("{'serviceCode': 'lamp'}"),
        w ->
            w.plant(FAULT_CATEGORY, "lamp", "KEPT", "{'code': 'lamp', 'title': 'Dark lamp'}")
                .has("{'title': 'Lamp is dark', " + PLACE + "}")
                .sends("{'serviceCode': 'lamp'}"));
    add(
        rows,
        NEED,
        "SUBMITTED",
        "refer",
        "moderationClear",
        w -> w.has("{'title': 'Call me: 0912 345 678'}"),
        w -> w.has("{'title': 'Lamp is dark'}"));
    add(
        rows,
        SERVICE_REQUEST,
        "OPEN",
        "accept",
        "ownerDepartmentSet",
        w -> {},
        w -> w.sends("{'department': '" + DEPARTMENT + "'}"));
    for (var step : List.of("update", "close"))
      add(
          rows,
          SERVICE_REQUEST,
          "ACCEPTED",
          step,
          "statusNotes",
          w -> {},
          w -> w.sends("{'statusNotes': 'mended'}"));
    add(
        rows,
        SERVICE_REQUEST,
        "OPEN",
        "handOver",
        "isNeedNotFault",
        w -> {},
        w -> w.sends("{'title': 'More lamps'}"));
    add(
        rows,
        SERVICE_REQUEST,
        "OPEN",
        "handOver",
        "publicReason",
        w -> {},
        w -> w.sends("{'publicReason': 'there never was a lamp'}"));
    add(
        rows,
        SERVICE_REQUEST,
        "CLOSED",
        "reopen",
        "reason",
        w -> {},
        w -> w.sends("{'reason': 'dark again'}"));
    add(
        rows,
        SERVICE_REQUEST,
        "CLOSED",
        "reopen",
        "withinContestWindow|byOfficer",
        w ->
            w.by(ProgrammeCity.caller("ann"))
                .has("{'author': 'urn:plaza:person:ann', 'contestUntil': " + PAST + "}"),
        w ->
            w.by(ProgrammeCity.caller("ann"))
                .has("{'author': 'urn:plaza:person:ann', 'contestUntil': " + FUTURE + "}"));
    add(
        rows,
        SERVICE_REQUEST,
        "OPEN",
        "hide",
        "reasonCode",
        w -> {},
        w -> w.sends("{'reasonCode': 'spam'}"));
    add(
        rows,
        SERVICE_REQUEST,
        "HIDDEN",
        "restore",
        "reason",
        w -> w.has("{'author': '" + SOMEONE + "'}"),
        w -> w.sends("{'reason': 'it was real'}"));
  }
}
