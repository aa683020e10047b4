package plaza.programme.invariant;

import java.util.HashMap;
import java.util.Map;
import plaza.programme.invariant.Records.Changed;
import plaza.programme.invariant.Records.Moment;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// I11: whoever followed a need before it changed its state has one notice of that, and no second.
/// Who did it knows.
final class FollowersAreToldOnce extends Invariant {
  /// How often each was told, by link and person; what nobody expected is not in it.
  private final Map<String, Integer> told = new HashMap<>();

  FollowersAreToldOnce() {
    super("I11");
  }

  @Override
  void happened(SmallCity city, Records records, Moment moment) {
    for (var change : moment.changes()) {
      var notice = change.after();
      if (!change.is(Kind.NOTICE) || notice == null) continue;
      require(change.before() == null, "%s was written twice", notice);
      if (notice.text("kind").equals(Kind.NEED.title()))
        told.computeIfPresent(
            key(notice.count("number"), notice.text("personKey")), (_, times) -> times + 1);
    }
    for (var link : moment.links())
      if (link.kind().equals(Kind.NEED.title()) && link.moves())
        for (var follow : records.all(Kind.FOLLOW, "subject", link.subject()))
          if (isOlder(moment, follow) && !follow.texts("person").contains(link.actor()))
            told.putIfAbsent(key(link.number(), follow.text("personKey")), 0);
  }

  private static boolean isOlder(Moment moment, Dossier follow) {
    return moment.changes().stream()
        .filter(change -> change.before() == null)
        .map(Changed::after)
        .noneMatch(follow::equals);
  }

  @Override
  void settled(SmallCity city, Records records) {
    told.forEach((who, times) -> require(times == 1, "%s was told %s times", who, times));
    told.clear();
  }

  private static String key(long number, String personKey) {
    return "of link " + number + " " + personKey;
  }
}
