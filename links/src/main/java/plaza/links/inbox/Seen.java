package plaza.links.inbox;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;
import plaza.links.kind.Identity;

/// Which messages a link has dealt with: the newest so many, oldest forgotten first. Kept as notes
/// `seen/<order>`; what is in memory follows what was committed.
final class Seen {
  private static final String PREFIX = "seen/";
  private static final int NOTES_PER_READ = 10_000;

  private final int capacity;
  private final LinkedHashMap<Long, Long> digestByOrder = new LinkedHashMap<>();
  private final Map<Long, Integer> times = new HashMap<>();
  private long next = 1;

  // What the source may repeat in this session, and for how many messages more.
  private Map<Long, Integer> repeatable = Map.of();
  private long session = -1;
  private int sessionBudget;

  Seen(Notebook notes, int capacity) {
    this.capacity = capacity;
    var after = "";
    while (true) {
      var page = notes.list(PREFIX, after, NOTES_PER_READ);
      if (page.isEmpty()) return;
      for (var note : page) {
        var value = note.value();
        if (value != null)
          put(
              Long.parseUnsignedLong(note.key().substring(PREFIX.length()), 16),
              ByteBuffer.wrap(value).getLong());
      }
      after = page.getLast().key();
    }
  }

  /// Whether the message was dealt with before. Asked once per message, in order.
  boolean knows(Identity identity) {
    return switch (identity) {
      case Identity.Certain(long digest) -> times.containsKey(digest);
      case Identity.WithinSession(long digest, long current) -> {
        if (current != session) {
          session = current;
          sessionBudget = capacity;
          repeatable = new HashMap<>(times);
        }
        if (sessionBudget-- <= 0) yield false;
        int left = repeatable.getOrDefault(digest, 0);
        if (left > 0) repeatable.put(digest, left - 1);
        yield left > 0;
      }
    };
  }

  /// The notes that mark these as seen and forget the oldest, when committed.
  List<Note> marks(List<Long> digests) {
    var notes = new ArrayList<Note>();
    for (int i = 0; i < digests.size(); i++)
      notes.add(new Note(key(next + i), ByteBuffer.allocate(8).putLong(digests.get(i)).array()));
    int surplus = digestByOrder.size() + digests.size() - capacity;
    for (var order : digestByOrder.keySet()) {
      if (surplus-- <= 0) break;
      notes.add(new Note(key(order), null));
    }
    return notes;
  }

  /// The marks of these are committed.
  void add(List<Long> digests) {
    for (var digest : digests) put(next, digest);
    while (digestByOrder.size() > capacity) remove(digestByOrder.firstEntry().getKey());
  }

  /// The notes that forget all but these.
  List<Note> forgetting(Set<Long> stillThere) {
    var notes = new ArrayList<Note>();
    digestByOrder.forEach((order, digest) -> {
      if (!stillThere.contains(digest)) notes.add(new Note(key(order), null));
    });
    return notes;
  }

  /// The forgetting of all but these is committed.
  void retain(Set<Long> stillThere) {
    digestByOrder.values().removeIf(digest -> !stillThere.contains(digest));
    times.keySet().removeIf(digest -> !stillThere.contains(digest));
  }

  int size() {
    return digestByOrder.size();
  }

  private void put(long order, long digest) {
    digestByOrder.put(order, digest);
    times.merge(digest, 1, Integer::sum);
    next = order + 1;
  }

  private void remove(long order) {
    var digest = digestByOrder.remove(order);
    if (digest != null) times.computeIfPresent(digest, (_, count) -> count == 1 ? null : count - 1);
  }

  private static String key(long order) {
    return PREFIX + "%016x".formatted(order);
  }
}
