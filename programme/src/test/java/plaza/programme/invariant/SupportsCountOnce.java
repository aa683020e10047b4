package plaza.programme.invariant;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import plaza.programme.invariant.Records.Moment;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// I1: a support is never moved, copied or counted twice; a cluster counts distinct people, those
/// who are verified apart.
final class SupportsCountOnce extends Invariant {
  SupportsCountOnce() {
    super("I1");
  }

  @Override
  void happened(SmallCity city, Records records, Moment moment) {
    if (!moment.touches(Kind.SUPPORT, Kind.NEED, Kind.NEED_CLUSTER)) return;
    for (var change : moment.changes()) {
      if (!change.is(Kind.SUPPORT) || change.before() == null || change.after() == null) continue;
      require(
          change.before().fields().equals(change.after().fields()),
          "%s was changed from %s",
          change.after(),
          change.before());
    }
    var people = new HashMap<String, Map<String, Boolean>>();
    for (var support : records.all(Kind.SUPPORT)) {
      var known =
          people
              .computeIfAbsent(support.text("need"), _ -> new HashMap<>())
              .put(support.text("personKey"), support.flag("verified"));
      require(known == null, "%s counts somebody a second time", support);
    }
    for (var need : records.all(Kind.NEED)) counts(need, people.getOrDefault(need.id(), Map.of()));
    clusters(records, people);
  }

  private void clusters(Records records, Map<String, Map<String, Boolean>> people) {
    var taken = new HashSet<String>();
    for (var cluster : records.in(Kind.NEED_CLUSTER, "OPEN", "IN_CHALLENGE")) {
      var distinct = new HashMap<String, Boolean>();
      for (var need : cluster.texts("needs")) {
        require(taken.add(need), "%s is in two open clusters", need);
        people
            .getOrDefault(need, Map.of())
            .forEach((key, verified) -> distinct.merge(key, verified, Boolean::logicalOr));
      }
      counts(cluster, distinct);
    }
  }

  private void counts(Dossier record, Map<String, Boolean> people) {
    long verified = people.values().stream().filter(known -> known).count();
    require(
        record.count("supporters") == people.size()
            && record.count("verifiedSupporters") == verified,
        "%s says %s supporters, %s of them verified; there are %s, %s",
        record.id(),
        record.count("supporters"),
        record.count("verifiedSupporters"),
        people.size(),
        verified);
  }
}
