package plaza.ngsild.context;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// How often and when last a stored context was used since the server started (clause 5.13.3.5).
public final class Usage {
  private final LongAdder hits = new LongAdder();
  private volatile @Nullable Instant last;

  void hit(Instant now) {
    hits.increment();
    last = now;
  }

  public long hits() {
    return hits.sum();
  }

  /// Null when it was not used yet.
  public @Nullable Instant last() {
    return last;
  }
}
