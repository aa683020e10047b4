package plaza.programme;

import static plaza.programme.record.Kind.PILOT;

import java.util.List;
import java.util.function.Consumer;
import plaza.programme.GuardsTest.Row;
import plaza.programme.GuardsTest.World;
import plaza.programme.record.Kind;

/// For each guard a world in which it is unmet and one in which it is met.
final class GuardRows {
  static final String X = "urn:ngsi-ld:X:1";
  static final String SOMEONE = "urn:plaza:person:someone";
  static final String PAST = "'2026-05-01T00:00:00Z'";
  static final String FUTURE = "'2026-12-01T00:00:00Z'";
  static final String RUBRIC = "'rubric': [{'criterion': 'effect', 'weight': 100}]";

  private GuardRows() {}

  static void add(
      List<Row> rows,
      Kind kind,
      String from,
      String action,
      String guard,
      Consumer<World> unmet,
      Consumer<World> met) {
    rows.add(new Row(kind, from, action, guard, unmet, met));
  }

  static World pilot(World w, String state) {
    return w.plant(PILOT, "p", state, "{'endDate': '2026-07-01T00:00:00Z'}")
        .has("{'pilot': 'urn:ngsi-ld:Pilot:p', 'endDate': '2026-07-01T00:00:00Z'}");
  }
}
