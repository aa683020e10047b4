package plaza.ledger;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Note;
import plaza.ledger.store.Position;
import plaza.ledger.store.Store;

/// Tells in order what changed, to consumers that each go at their own pace and continue where they
/// stopped, even after a crash.
///
/// The newest entries are kept at hand, so that a consumer that keeps up reads no disk.
public final class Feed implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Feed.class.getName());
  private static final String POSITION = "position";
  private static final int ENTRIES_PER_TURN = 500;
  private static final int ENTRIES_PER_READ = 20;
  // Entries differ by thousands.
  private static final int INSTANCES_PER_TURN = 20_000;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  private final Store store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final NewestEntries recent = new NewestEntries();
  private final Map<String, Following> followings = new ConcurrentHashMap<>();
  private final List<Supplier<@Nullable Position>> holds = new CopyOnWriteArrayList<>();
  private volatile boolean closing;

  public Feed(Store store) {
    this.store = store;
  }

  /// What a consumer does with entries.
  @FunctionalInterface
  public interface Consumer {
    /// Called by one thread of the consumer's own, entries in order without gap. When it throws, it
    /// is called again with the same entries after a pause; so it may see entries twice after a
    /// crash or failure, and never misses one.
    ///
    /// @return notes to keep together with the consumer's new position, or none
    List<Note> accept(List<FeedEntry> entries) throws Exception;

    /// Called by the same thread when the position and the notes that [#accept] gave are kept: the
    /// moment to act on them. Not called after a crash in between, so what the notes ask for must
    /// be found in them again at the next start.
    default void kept() {}
  }

  /// A consumer at work. Closing it stops it; its position stays.
  public final class Following implements AutoCloseable {
    private final String name;
    private final boolean lasting;
    private final Consumer consumer;
    private final Thread thread;
    private volatile Position position;
    private volatile boolean stopped;
    private volatile @Nullable String trouble;

    private Following(String name, boolean lasting, Position start, Consumer consumer) {
      this.name = name;
      this.lasting = lasting;
      this.position = start;
      this.consumer = consumer;
      this.thread = Thread.ofVirtual().name("feed-" + name).unstarted(this::run);
    }

    public String name() {
      return name;
    }

    /// The last entry it has dealt with.
    public Position position() {
      return position;
    }

    /// Why its last turn failed; null when it did not.
    public @Nullable String trouble() {
      return trouble;
    }

    private void run() {
      long pauseMillis = 100;
      while (!stopped && !closing) {
        try {
          var entries = await(position);
          if (entries.isEmpty()) continue;
          var notes = new ArrayList<>(consumer.accept(entries));
          var reached = entries.getLast().position();
          if (lasting) notes.add(new Note(POSITION, bytes(reached)));
          if (!notes.isEmpty()) store.keep("feed." + name, notes);
          consumer.kept();
          position = reached;
          trouble = null;
          pauseMillis = 100;
          if (!lasting) Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
          return;
        } catch (Exception | Error e) {
          // Not even a bug ends it: what it has to tell would wait until the next start.
          if (stopped || closing) return;
          LOG.log(System.Logger.Level.WARNING, "Consumer " + name + " failed; it tries again", e);
          trouble = String.valueOf(e.getMessage());
          try {
            Thread.sleep(pauseMillis);
          } catch (InterruptedException interrupted) {
            return;
          }
          pauseMillis = Math.min(pauseMillis * 2, 10_000);
        }
      }
    }

    @Override
    public void close() {
      stopped = true;
      thread.interrupt();
      try {
        thread.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      followings.remove(name, this);
    }
  }

  /// Starts a consumer where it stopped last, or, the first time, after `start`.
  public Following follow(String name, Position start, Consumer consumer) {
    var from = store.note("feed." + name, POSITION).map(Feed::position).orElse(start);
    // Else a crash before its first turn would let it begin later than it was first told to.
    if (from.equals(start)) store.keep("feed." + name, List.of(new Note(POSITION, bytes(from))));
    return start(new Following(name, true, from, consumer));
  }

  /// Starts a consumer after `start`, whose place is not kept: for who looks at everything when it
  /// begins. It is called a hundred times a second at most, with all that came meanwhile.
  public Following watch(String name, Position start, Consumer consumer) {
    return start(new Following(name, false, start, consumer));
  }

  private Following start(Following following) {
    if (followings.putIfAbsent(following.name, following) != null)
      throw new IllegalStateException("consumer " + following.name + " is at work already");
    following.thread.start();
    return following;
  }

  public List<Following> followings() {
    return List.copyOf(followings.values());
  }

  public Position head() {
    return store.head();
  }

  /// Says what must not be forgotten: entries after a place that somebody still has to read again.
  ///
  /// @param after asked from time to time; null when nothing is needed
  public void hold(Supplier<@Nullable Position> after) {
    holds.add(after);
  }

  /// The place up to which no consumer and nobody who holds entries needs them any more.
  public Position neededAfter() {
    var needed = store.head();
    for (var following : followings.values()) needed = earlier(needed, following.position());
    for (var hold : holds) needed = earlier(needed, hold.get());
    return needed;
  }

  private static Position earlier(Position one, @Nullable Position other) {
    return other == null || one.compareTo(other) <= 0 ? one : other;
  }

  /// Entries after a position, oldest first, at once.
  public List<FeedEntry> read(Position after, int limit) {
    var atHand = atHand(after, limit);
    return atHand.isEmpty() ? store.feed(after, limit) : atHand;
  }

  /// Called by the ledger after each commit, in order.
  void publish(List<FeedEntry> entries) {
    lock.lock();
    try {
      entries.forEach(recent::add);
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Called by the ledger when something may have been stored that was not published: consumers
  /// look into the store.
  void reread() {
    lock.lock();
    try {
      recent.clear();
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private List<FeedEntry> await(Position after) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.SECONDS.toNanos(1);
      while (!hasNews(after)) {
        if (left <= 0) return List.of();
        left = news.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
    return turn(after);
  }

  /// As many entries as fit into a turn, at least one when there is one.
  private List<FeedEntry> turn(Position after) {
    var atHand = atHand(after, ENTRIES_PER_TURN);
    var entries = new ArrayList<FeedEntry>();
    int instances = 0;
    var more = atHand.isEmpty() ? store.feed(after, ENTRIES_PER_READ) : atHand;
    while (!more.isEmpty()) {
      for (var entry : more) {
        entries.add(entry);
        instances += NewestEntries.instances(entry);
        if (entries.size() == ENTRIES_PER_TURN || instances >= INSTANCES_PER_TURN) return entries;
      }
      more = atHand.isEmpty() ? store.feed(more.getLast().position(), ENTRIES_PER_READ) : List.of();
    }
    return entries;
  }

  private boolean hasNews(Position after) {
    var last = recent.last();
    return (last == null ? store.head() : last).compareTo(after) > 0;
  }

  private List<FeedEntry> atHand(Position after, int limit) {
    lock.lock();
    try {
      return recent.after(after, limit);
    } finally {
      lock.unlock();
    }
  }

  private static byte[] bytes(Position position) {
    return ByteBuffer.allocate(8).putLong(position.number()).array();
  }

  private static Position position(byte[] bytes) {
    return new Position(ByteBuffer.wrap(bytes).getLong());
  }

  @Override
  public void close() {
    closing = true;
    for (var following : followings()) following.close();
  }
}
