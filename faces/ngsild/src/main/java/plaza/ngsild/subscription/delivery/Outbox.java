package plaza.ngsild.subscription.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import plaza.ledger.store.Note;
import plaza.ledger.store.Position;
import plaza.ledger.store.Store;

/// What waits in the lanes, as notes in the store: `o` + lane + place in the feed. Beside it `s` +
/// lane, how its deliveries went.
///
/// What is done is forgotten in groups, a moment later; a crash in between repeats deliveries and
/// loses none.
final class Outbox {
  private static final String WAITING = "o";
  private static final String STANDING = "s";
  private static final int NOTES_PER_SWEEP = 1_000;

  private final Store store;
  private final String owner;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Standing> standings = new LinkedHashMap<>();
  private List<Note> done = new ArrayList<>();

  Outbox(Store store, String owner) {
    this.store = store;
    this.owner = owner;
  }

  static Note note(String lane, Due due) {
    return new Note(WAITING + lane + due.key(), due.bytes());
  }

  /// The next dues of a lane, without their entries.
  List<Due> list(String lane, @Nullable Due after, int limit) {
    var prefix = WAITING + lane;
    return store.notes(owner, prefix, after == null ? prefix : prefix + after.key(), limit).stream()
        .map(note -> Due.parse(note.key().substring(prefix.length()), value(note)))
        .toList();
  }

  private static byte[] value(Note note) {
    var value = note.value();
    return value == null ? new byte[0] : value;
  }

  Standing standing(String lane) {
    lock.lock();
    try {
      var waiting = standings.get(lane);
      if (waiting != null) return waiting;
    } finally {
      lock.unlock();
    }
    Optional<byte[]> kept = store.note(owner, STANDING + lane);
    return kept.map(Standing::parse).orElse(Standing.NEW);
  }

  /// Remembers, soon, that these are done.
  void done(String lane, List<Due> dues, Standing standing) {
    lock.lock();
    try {
      for (var due : dues) done.add(new Note(WAITING + lane + due.key(), null));
      standings.put(lane, standing);
    } finally {
      lock.unlock();
    }
  }

  void flush() {
    List<Note> notes;
    lock.lock();
    try {
      if (done.isEmpty() && standings.isEmpty()) return;
      notes = done;
      done = new ArrayList<>();
      standings.forEach((lane, standing) -> notes.add(new Note(STANDING + lane, standing.bytes())));
      standings.clear();
    } finally {
      lock.unlock();
    }
    try {
      store.keep(owner, notes);
    } catch (RuntimeException e) {
      lock.lock();
      try {
        done.addAll(notes);
      } finally {
        lock.unlock();
      }
      throw e;
    }
  }

  /// Lanes that have something waiting; one look per lane.
  Set<String> lanes(int keyLength) {
    var lanes = new TreeSet<String>();
    var after = WAITING;
    while (true) {
      var next = store.notes(owner, WAITING, after, 1);
      if (next.isEmpty()) return lanes;
      var lane = next.getFirst().key().substring(1, 1 + keyLength);
      lanes.add(lane);
      after = WAITING + lane + "~";
    }
  }

  /// The first place in the feed that any lane still has to tell of.
  @Nullable Position oldest(int keyLength) {
    Position oldest = null;
    for (var lane : lanes(keyLength))
      for (var first : list(lane, null, 1))
        if (oldest == null || first.position().compareTo(oldest) < 0) oldest = first.position();
    return oldest;
  }

  /// Forgets a lane.
  void clear(String lane) {
    lock.lock();
    try {
      standings.remove(lane);
    } finally {
      lock.unlock();
    }
    store.keep(owner, List.of(new Note(STANDING + lane, null)));
    while (true) {
      var notes = store.notes(owner, WAITING + lane, WAITING + lane, NOTES_PER_SWEEP);
      if (notes.isEmpty()) return;
      store.keep(owner, notes.stream().map(note -> new Note(note.key(), null)).toList());
    }
  }
}
