package plaza.links.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.change.Edit;
import plaza.links.kind.Identity;

/// What a link last said of entities that no moment belongs to: names, places. Islands repeat them
/// with every reading; saying them again would fill the history with nothing. All is forgotten from
/// time to time, so that what others changed or deleted is put right again.
final class KnownFacts {
  private static final int ENTITIES = 100_000;
  private static final Duration KEPT = Duration.ofHours(1);

  private final InstantSource clock;
  // Digests, for the facts themselves would be a second city in memory.
  private final Map<String, Long> facts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > ENTITIES;
        }
      };
  private Instant since;

  KnownFacts(InstantSource clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  /// The edits without those that say only what is known.
  List<Edit> news(List<Edit> edits) {
    var now = clock.instant();
    if (Duration.between(since, now).compareTo(KEPT) > 0) {
      facts.clear();
      since = now;
    }
    var news = new ArrayList<Edit>();
    for (var edit : edits)
      if (!(edit instanceof Edit.Append append
          && Long.valueOf(digest(append)).equals(facts.get(append.entityId())))) news.add(edit);
    return news;
  }

  /// The edits are committed.
  void learn(List<Edit> edits) {
    for (var edit : edits)
      if (edit instanceof Edit.Append append) facts.put(append.entityId(), digest(append));
  }

  private static long digest(Edit.Append append) {
    return Identity.digest(append.fragment().toString().getBytes(UTF_8));
  }
}
