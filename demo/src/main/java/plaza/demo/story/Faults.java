package plaza.demo.story;

import java.util.Map;
import plaza.demo.people.Cast;
import plaza.graph.GeoJson;
import plaza.programme.fault.NewFault;
import plaza.programme.record.Dossier;

/// What is broken rather than missing: three kinds of fault that anybody's app can report by
/// Open311, and a few invented reports.
final class Faults {
  private final Parts parts;

  Faults(Parts parts) {
    this.parts = parts;
  }

  void describe() {
    category("lamp", "Dark street lamp 路燈不亮", "street", 72);
    category("dock", "Broken bike dock 車柱故障", "bikes", 48);
    category("pavement", "Broken pavement 路面破損", "street", 240);
  }

  private void category(String code, String title, String group, int hours) {
    parts
        .programme()
        .demand()
        .faults()
        .openCategory(
            parts.caller("pmo"),
            Json.of(
                """
                {'code': '%s', 'title': '%s', 'group': '%s', 'department': '%s',
                 'respondWithinHours': %d, 'agency': '%s', 'keywords': ['%s']}
                """,
                code,
                title,
                group,
                parts.organisation(Cast.DEPARTMENT),
                hours,
                Cast.DEPARTMENT,
                group));
  }

  void report() {
    var mended =
        report(
            "dock",
            "Dock 7 does not take the bike back. (Invented for the demo.)",
            121.5757,
            25.0795);
    parts.move("departmentOfficer", mended, "accept", "{}");
    parts.move(
        "departmentOfficer", mended, "close", "{'statusNotes': 'The lock was replaced. (Demo)'}");
    report("lamp", "河濱公園出口的路燈整排不亮。（示範用虛構通報）", 121.5015, 25.0330);
  }

  private Dossier report(String code, String description, double longitude, double latitude) {
    return parts
        .programme()
        .demand()
        .faults()
        .report(
            parts.caller("resident"),
            new NewFault(
                code,
                GeoJson.point(longitude, latitude),
                null,
                null,
                description,
                null,
                Map.of(),
                Map.of()))
        .record();
  }
}
