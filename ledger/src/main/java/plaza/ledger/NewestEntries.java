package plaza.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Position;

/// The newest entries of the feed, found by their position without a search: positions follow on
/// one another without gap. Not thread-safe.
final class NewestEntries {
  // Entries differ by thousands of instances: memory is bounded by both.
  private static final int ENTRIES = 4_096;
  private static final int INSTANCES = 100_000;

  private final @Nullable FeedEntry[] places = new FeedEntry[ENTRIES];
  private int size;
  private long last;
  private int instances;

  void add(FeedEntry entry) {
    long number = entry.position().number();
    // Only what follows a gap without another could be found.
    if (number != last + 1) clear();
    if (size == ENTRIES) forgetFirst();
    places[place(number)] = entry;
    last = number;
    size++;
    instances += instances(entry);
    while (instances > INSTANCES && size > 1) forgetFirst();
  }

  void clear() {
    while (size > 0) forgetFirst();
  }

  private void forgetFirst() {
    int first = place(last - size + 1);
    instances -= instances(at(first));
    places[first] = null;
    size--;
  }

  /// The position of the newest; null when there is none.
  @Nullable Position last() {
    return size == 0 ? null : new Position(last);
  }

  /// Entries after a position, oldest first; none when the one that follows it is not here.
  List<FeedEntry> after(Position position, int limit) {
    long from = position.number() + 1;
    if (size == 0 || from <= last - size || from > last) return List.of();
    long until = Math.min(last + 1, from + limit);
    var entries = new ArrayList<FeedEntry>((int) (until - from));
    for (long number = from; number < until; number++) entries.add(at(place(number)));
    return entries;
  }

  /// How much an entry tells.
  static int instances(FeedEntry entry) {
    int instances = 1;
    for (var change : entry.changes())
      instances += 1 + change.entity().attributes().size() + change.recorded().size();
    return instances;
  }

  private static int place(long number) {
    return (int) (number % ENTRIES);
  }

  private FeedEntry at(int place) {
    var entry = places[place];
    if (entry == null) throw new IllegalStateException("no feed entry at place " + place);
    return entry;
  }
}
