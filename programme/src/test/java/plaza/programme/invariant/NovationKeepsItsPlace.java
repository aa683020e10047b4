package plaza.programme.invariant;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.programme.invariant.Records.Link;
import plaza.programme.invariant.Records.Moment;
import plaza.programme.record.Kind;

/// I15: a pilot that another organisation takes over keeps its id and its OCID, and an amendment
/// says what happened; what was published before stays as it was.
final class NovationKeepsItsPlace extends Invariant {
  /// What a novation does not touch.
  private static final List<String> STAYS =
      List.of("title", "challenge", "proposal", "needs", "indicators", "startDate", "endDate");

  private static final int SETTLED_BETWEEN = 40;
  private final Map<String, String> published = new LinkedHashMap<>();
  private final List<Link> novations = new ArrayList<>();
  private int settled;

  NovationKeepsItsPlace() {
    super("I15");
  }

  @Override
  void happened(SmallCity city, Records records, Moment moment) {
    for (var link : moment.links()) {
      if (!link.is(Kind.PILOT, "novate")) continue;
      novations.add(link);
      for (var change : moment.changes()) {
        var before = change.before();
        var after = change.after();
        if (before == null || after == null || !after.id().equals(link.subject())) continue;
        for (var field : STAYS)
          require(before.find(field).equals(after.find(field)), "%s changed %s", link, field);
        require(
            after.items("novations").size() == before.items("novations").size() + 1
                && after.items("novations").containsAll(before.items("novations"))
                && !before.texts("organisation").equals(after.texts("organisation")),
            "%s did not leave one line: %s",
            link,
            after.items("novations"));
      }
    }
  }

  @Override
  void settled(SmallCity city, Records records) {
    if (novations.isEmpty() && ++settled % SETTLED_BETWEEN != 0) return;
    var releases = new Exports(city).releases();
    published.forEach((id, text) -> {
      var now = releases.containsKey(id) ? Json.text(releases.get(id)) : "";
      require(text.equals(now), "the release %s said %s", id, difference(text, now));
    });
    for (var link : novations) amended(records, link, releases);
    novations.clear();
    releases.forEach((id, release) -> published.putIfAbsent(id, Json.text(release)));
  }

  /// What stands where two texts part.
  private static String difference(String was, String is) {
    int at = 0;
    while (at < Math.min(was.length(), is.length()) && was.charAt(at) == is.charAt(at)) at++;
    return around(was, at) + "\n  and says " + around(is, at);
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 120));
  }

  private void amended(Records records, Link link, Map<String, Value.Struct> releases) {
    var pilot = records.get(Kind.PILOT, link.subject());
    var of = pilot.findText("challenge").filter(_ -> pilot.has("proposal")).orElse(pilot.id());
    var name = "-" + of.substring(of.lastIndexOf(':') + 1);
    var ocids = new HashSet<String>();
    boolean said = false;
    for (var release : releases.values()) {
      if (!Exports.member(release, "ocid").endsWith(name)) continue;
      ocids.add(Exports.member(release, "ocid"));
      said |= Json.text(release).contains("\"novation-" + link.number() + "\"");
    }
    require(ocids.size() == 1, "%s has the OCIDs %s", pilot.id(), ocids);
    require(said, "no amendment of %s says that it was novated by %s", ocids, link);
  }
}
