package plaza.links.inbox;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;
import plaza.links.kind.Identity;
import plaza.links.kind.Inbox;

/// Which messages a link has dealt with: the newest so many, oldest forgotten first. Kept as notes
/// `seen/<order>`; what is in memory follows what was committed.
final class Seen {
  private static final String PREFIX = "seen/";
  private static final int NOTES_PER_READ = 10_000;

  /// More than a source can have unacknowledged that is committed here: a few turns.
  private static final int REPEATED = 2 * Inbox.MESSAGES_PER_TURN;

  private final int capacity;
  private final LinkedHashMap<Long, Long> digestByOrder = new LinkedHashMap<>();
  private final Map<Long, Integer> times = new HashMap<>();
  private long next = 1;

  // How the repetition that a session begins with may go on: the newest marks, in order, and where
  // in them the next message would have to be. No places: the repetition is over.
  private List<Long> newest = List.of();
  private List<Integer> places = List.of();
  private long session = -1;

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
      case Identity.WithinSession(long digest, long current, boolean early) -> {
        if (current != session) begin(current);
        places =
            early
                ? places.stream()
                    .filter(at -> at < newest.size() && newest.get(at) == digest)
                    .map(at -> at + 1)
                    .toList()
                : List.of();
        yield !places.isEmpty();
      }
      case Identity.Unrepeated() -> false;
    };
  }

  private void begin(long newSession) {
    session = newSession;
    newest =
        digestByOrder.values().stream().skip(Math.max(0, digestByOrder.size() - REPEATED)).toList();
    places = IntStream.range(0, newest.size()).boxed().toList();
  }

  /// What is marked of a message.
  static Stream<Long> mark(Identity identity) {
    return switch (identity) {
      case Identity.Certain(long digest) -> Stream.of(digest);
      case Identity.WithinSession(long digest, _, _) -> Stream.of(digest);
      case Identity.Unrepeated() -> Stream.of();
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
