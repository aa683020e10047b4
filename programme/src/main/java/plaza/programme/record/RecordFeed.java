package plaza.programme.record;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import plaza.graph.Address;
import plaza.graph.change.Change;
import plaza.ledger.Feed;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Position;

/// Tells those who keep something of the records in memory what there is and how it changes: one
/// pass over a city's records for all of them, and one place in the feed.
///
/// Who asks them for anything calls [#catchUp] first, and then finds every write that was
/// acknowledged before. A city is read when it is first asked about; [#follow] begins with that at
/// the start and keeps up, so that few have to wait.
public final class RecordFeed {
  private static final System.Logger LOG = System.getLogger(RecordFeed.class.getName());
  private static final int ENTRIES_PER_TURN = 500;
  private final String name;
  private final Dossiers dossiers;
  private final Feed feed;
  private final List<Listener> listeners = new ArrayList<>();
  private final Set<String> cities = ConcurrentHashMap.newKeySet();
  private final ReentrantLock turn = new ReentrantLock();
  private volatile Position reached;

  /// Keeps something of the records in memory. Called by one thread at a time, in the order of the
  /// feed; may be told the same record twice, and while a city is first read an older state of it
  /// between newer ones.
  public interface Listener {
    /// Kinds of which it is told every record there is when a city is first read.
    Set<Kind> read();

    /// Kinds of which it is told every change from then on.
    default Set<Kind> followed() {
      return read();
    }

    /// Before the records of a city: what it wants to look up by itself.
    default void begin(Address address, Dossiers dossiers) {}

    /// @param gone whether it was deleted; then as it was last
    void take(String tenant, Dossier record, boolean gone);
  }

  /// @param name of what is kept: `records`
  public RecordFeed(String name, Dossiers dossiers, Feed feed) {
    this.name = name;
    this.dossiers = dossiers;
    this.feed = feed;
    this.reached = feed.head();
  }

  /// Before anything is asked.
  public void tell(Listener listener) {
    listeners.add(listener);
  }

  /// Reads these cities, without waiting, and keeps up with what changes. Who asks meanwhile waits
  /// for the reading.
  public Feed.Following follow(List<Address> tenants) {
    // No virtual thread: reading never waits for long, and would keep the others from theirs.
    var _ =
        Thread.ofPlatform()
            .name("reading-" + name)
            .daemon()
            .start(() -> tenants.forEach(this::begin));
    return feed.watch(
        "programme." + name,
        reached,
        _ -> {
          catchUp();
          return List.of();
        });
  }

  private void begin(Address address) {
    try {
      catchUp(address);
    } catch (RuntimeException e) {
      // Who asks will try again, and be told.
      LOG.log(System.Logger.Level.WARNING, "Reading the records of " + address + " failed", e);
    }
  }

  /// Returns when all listeners know what was written to the city before.
  public void catchUp(Address address) {
    if (!cities.contains(address.tenant())) read(address);
    catchUp();
  }

  private void read(Address address) {
    turn.lock();
    try {
      if (cities.contains(address.tenant())) return;
      // What is written meanwhile is read, or told again by the feed, or both.
      for (var listener : listeners) listener.begin(address, dossiers);
      var kinds = EnumSet.noneOf(Kind.class);
      for (var listener : listeners) kinds.addAll(listener.read());
      for (var kind : kinds) {
        var readers = listeners.stream().filter(one -> one.read().contains(kind)).toList();
        dossiers.each(
            address,
            kind,
            List.of(),
            record -> {
              for (var reader : readers) reader.take(address.tenant(), record, false);
              return true;
            });
      }
      cities.add(address.tenant());
    } finally {
      turn.unlock();
    }
  }

  private void catchUp() {
    var head = feed.head();
    if (reached.compareTo(head) >= 0) return;
    turn.lock();
    try {
      while (reached.compareTo(head) < 0) {
        var entries = feed.read(reached, ENTRIES_PER_TURN);
        if (entries.isEmpty()) return;
        entries.forEach(this::take);
        reached = entries.getLast().position();
      }
    } finally {
      turn.unlock();
    }
  }

  private void take(FeedEntry entry) {
    if (!entry.layer().isMain() || !cities.contains(entry.layer().tenant())) return;
    for (var change : entry.changes()) {
      var kind = Kind.of(change.entity());
      if (kind.isEmpty()) continue;
      Dossier record = null;
      for (var listener : listeners) {
        if (!listener.followed().contains(kind.get())) continue;
        if (record == null) record = Dossiers.dossier(kind.get(), change.entity());
        listener.take(entry.layer().tenant(), record, change.kind() == Change.Kind.DELETED);
      }
    }
  }
}
