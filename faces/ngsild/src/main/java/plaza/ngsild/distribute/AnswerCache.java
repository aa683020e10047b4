package plaza.ngsild.distribute;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers of sources that allow them to be used again (clauses 5.2.34, 6.3.17). The oldest go
/// first when there are too many.
final class AnswerCache {
  private final Map<String, Kept> kept;

  private record Kept(SourceAnswer.Answered answer, long until) {}

  AnswerCache(int most) {
    this.kept =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > most;
          }
        };
  }

  synchronized SourceAnswer.@Nullable Answered find(String key) {
    var found = kept.get(key);
    if (found == null) return null;
    if (System.nanoTime() - found.until < 0) return found.answer;
    kept.remove(key);
    return null;
  }

  synchronized void put(String key, SourceAnswer.Answered answer, @Nullable Duration lifetime) {
    if (lifetime == null || lifetime.isZero()) return;
    kept.remove(key);
    kept.put(key, new Kept(answer, System.nanoTime() + lifetime.toNanos()));
  }
}
