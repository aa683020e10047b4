package plaza.ngsild.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.query.Query;
import plaza.graph.query.Sight;
import plaza.ledger.Actor;
import plaza.ledger.Reader;
import plaza.ledger.store.Position;

/// Tallies of what callers may see, kept so that not every question looks at every entity (clause
/// 5.7.11).
///
/// A tally is exact as long as nothing is written. After that one that was quick to count is
/// counted again at once; one that took long may be as old as [#PATIENCE] times what counting it
/// took, and never older than [#OLDEST_NANOS]. So discovery takes at most about a twentieth of one
/// core.
final class Tallies {
  static final long QUICK_NANOS = 20_000_000;
  static final long OLDEST_NANOS = 60_000_000_000L;
  private static final int PATIENCE = 20;
  private static final int KEPT = 64;

  private final Reader reader;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Kept> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Kept> eldest) {
          return size() > KEPT;
        }
      };

  /// What decides what is counted: two callers who see the same share a tally.
  private record Key(Address address, Sight sight) {}

  private static final class Kept {
    final ReentrantLock counting = new ReentrantLock();
    @Nullable Tally tally;
    Position position = Position.START;
    long countedAt;
    long took;
  }

  Tallies(Reader reader, LongSupplier nanos) {
    this.reader = reader;
    this.nanos = nanos;
  }

  Tally of(Actor actor, Address address) {
    var entry = entry(new Key(address, reader.sight(actor, address)));
    // Who asks while it is counted waits for that count.
    entry.counting.lock();
    try {
      var head = reader.position();
      var known = entry.tally;
      if (known != null && (entry.position.equals(head) || isFresh(entry))) return known;
      long start = nanos.getAsLong();
      var tally = new Tally();
      reader.each(
          actor,
          address,
          Query.EVERYTHING,
          entity -> {
            tally.add(entity);
            return true;
          });
      entry.tally = tally;
      entry.position = head;
      entry.countedAt = nanos.getAsLong();
      entry.took = entry.countedAt - start;
      return tally;
    } finally {
      entry.counting.unlock();
    }
  }

  private Kept entry(Key key) {
    lock.lock();
    try {
      return kept.computeIfAbsent(key, _ -> new Kept());
    } finally {
      lock.unlock();
    }
  }

  private boolean isFresh(Kept entry) {
    if (entry.took <= QUICK_NANOS) return false;
    return nanos.getAsLong() - entry.countedAt <= Math.min(PATIENCE * entry.took, OLDEST_NANOS);
  }
}
