package plaza.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.change.Write;
import plaza.ledger.store.Commit;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.ledger.store.Store;
import plaza.ledger.store.StoreFailure;

/// The committing thread of a [Ledger]: works out all waiting writes in their order and makes them
/// durable with one sync. What one write breaks is its own trouble; what the store breaks is told
/// to all that wait.
final class Committer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Committer.class.getName());
  private static final int WRITES_PER_GROUP = 1_000;
  private static final int EDITS_PER_GROUP = 10_000;
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Store store;
  private final Branches branches;
  private final Layers layers;
  private final Feed feed;
  private final Limits limits;
  private final InstantSource clock;
  private final BlockingQueue<Pending> queue;
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean ended;
  private volatile @Nullable String trouble;
  // Both of the committing thread.
  private long lookedAt = System.nanoTime();
  private boolean stale;
  private volatile Ledger.Watcher watcher = (_, _) -> {};
  private Instant lastInstant;

  /// @param write null to keep notes only
  record Pending(
      Actor actor,
      Address address,
      @Nullable Write write,
      Policy.Rights rights,
      List<Commit.Kept> kept,
      CompletableFuture<Receipt> done) {
    int edits() {
      return write == null ? 0 : write.edits().size();
    }

    boolean erases() {
      return write != null && write.erases();
    }
  }

  /// Starts the thread.
  Committer(
      Store store,
      Branches branches,
      Layers layers,
      Feed feed,
      Limits limits,
      InstantSource clock) {
    this.store = store;
    this.branches = branches;
    this.layers = layers;
    this.feed = feed;
    this.limits = limits;
    this.clock = clock;
    this.lastInstant = lastCommit();
    this.queue = new ArrayBlockingQueue<>(limits.pendingWrites());
    this.thread = Thread.ofPlatform().name("ledger").daemon().start(this::commitUntilClosed);
  }

  /// So that time goes on after a restart, even when the clock was set back.
  private Instant lastCommit() {
    var last = store.head();
    if (last.number() == 0) return Instant.EPOCH;
    var entries = store.feed(new Position(last.number() - 1), 1);
    return entries.isEmpty() ? Instant.EPOCH : entries.getFirst().at();
  }

  /// By the clock, to the microsecond.
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /// As [Ledger#trouble].
  @Nullable String trouble() {
    return trouble;
  }

  /// Writes that wait.
  int pending() {
    return queue.size();
  }

  void watch(Ledger.Watcher newWatcher) {
    watcher = newWatcher;
  }

  boolean isRunning() {
    return thread.isAlive() && !closing;
  }

  /// Completes when the write is durable, or with a [Refusal].
  CompletableFuture<Receipt> queue(Pending pending) {
    if (closing) throw stopping();
    try {
      if (!queue.offer(pending, 10, TimeUnit.SECONDS))
        throw new Refusal.TooMany(
            limits.pendingWrites() + " writes are waiting for the disk already; try again shortly");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal.Unavailable(
          "the write was interrupted before it was queued; send it again");
    }
    // Nobody would take it any more, and who waits for it would wait for ever.
    if (ended) refuseRest();
    return pending.done;
  }

  private static Refusal stopping() {
    return new Refusal.Unavailable("Plaza is stopping; try again shortly");
  }

  private void refuseRest() {
    for (var left = queue.poll(); left != null; left = queue.poll())
      left.done.completeExceptionally(stopping());
  }

  private void commitUntilClosed() {
    try {
      commitWhileOpen();
    } finally {
      ended = true;
      refuseRest();
    }
  }

  private void commitWhileOpen() {
    var waiting = new ArrayList<Pending>();
    while (!(closing && queue.isEmpty())) {
      try {
        var first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first == null) {
          if (trouble != null) recover();
          continue;
        }
        waiting.add(first);
        int edits = first.edits();
        while (waiting.size() < WRITES_PER_GROUP && edits < EDITS_PER_GROUP) {
          var more = queue.poll();
          if (more == null) break;
          waiting.add(more);
          edits += more.edits();
        }
        commitInTurn(waiting);
      } catch (InterruptedException e) {
        LOG.log(System.Logger.Level.DEBUG, "The ledger ignores an interrupt; it ends by close()");
      } finally {
        waiting.clear();
      }
    }
  }

  /// Looks whether the store is itself again while nobody writes, so that whoever keeps writers
  /// away from a server in trouble lets them in again.
  private void recover() {
    if (System.nanoTime() - lookedAt < BETWEEN_LOOKS.toNanos()) return;
    try {
      if (!store.recover()) return;
      readBranches();
      feed.reread();
      trouble = null;
      LOG.log(System.Logger.Level.INFO, "The store is itself again");
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.DEBUG, "The store is not itself again yet", failure);
    } finally {
      lookedAt = System.nanoTime();
    }
  }

  /// An erasure goes by what the store has, so it waits for those before it to be there.
  private void commitInTurn(List<Pending> waiting) {
    int from = 0;
    for (int i = 0; i < waiting.size(); i++) {
      if (!waiting.get(i).erases()) continue;
      if (i > from) commit(List.copyOf(waiting.subList(from, i)));
      commit(List.of(waiting.get(i)));
      from = i + 1;
    }
    if (from == 0) commit(waiting);
    else if (from < waiting.size()) commit(List.copyOf(waiting.subList(from, waiting.size())));
  }

  private void commit(List<Pending> waiting) {
    long start = System.nanoTime();
    var receipts = new ArrayList<@Nullable Receipt>();
    var refusals = new ArrayList<@Nullable Throwable>();
    try {
      if (stale) readBranches();
      var group = new Group(store, branches, layers, limits, tick());
      group.load(waiting.stream().map(Pending::write).filter(Objects::nonNull).toList());
      for (var pending : waiting) {
        Receipt receipt = null;
        Throwable refusal = null;
        try {
          receipt =
              pending.write == null
                  ? group.keep(pending.actor, Layer.of(pending.address), pending.kept)
                  : group.add(pending.actor, pending.write, pending.rights, pending.kept);
        } catch (StoreFailure failure) {
          throw failure;
        } catch (RuntimeException | StackOverflowError e) {
          // A bug in one write must not take its neighbours down; the caller gets it.
          refusal = e;
        }
        receipts.add(receipt);
        refusals.add(refusal);
      }
      if (!group.commits().isEmpty()) {
        store.append(group.commits());
        feed.publish(group.commits().stream().<FeedEntry>map(commit -> commit.entry()).toList());
      }
      trouble = null;
      watcher.committed(waiting.size(), System.nanoTime() - start);
    } catch (RuntimeException e) {
      forgetBranches();
      if (!(e instanceof StoreFailure) && waiting.size() > 1) {
        // One of them breaks the engine: a bug, which must not take its neighbours down.
        for (var pending : List.copyOf(waiting)) commit(List.of(pending));
        return;
      }
      if (e instanceof Refusal refusal) {
        // What an engine cannot hold is the fault of the one write.
        waiting.getFirst().done.completeExceptionally(refusal);
        return;
      }
      var sentence = String.valueOf(e.getMessage());
      // A full disk fails every write until there is space: one report will do.
      var level = sentence.equals(trouble) ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR;
      LOG.log(level, "A group of " + waiting.size() + " writes failed", e);
      trouble = sentence;
      var refusal =
          new Refusal.Unavailable(
              e instanceof StoreFailure failure && failure.isUnknown()
                  ? "no answer came from the store (" + e.getMessage() + ")"
                  : "the write could not be stored ("
                      + e.getMessage()
                      + "); nothing of it was kept");
      for (var pending : waiting) pending.done.completeExceptionally(refusal);
      return;
    } catch (Error e) {
      // What became of them nobody knows; but none may wait for ever, and those to come go on.
      LOG.log(System.Logger.Level.ERROR, "A group of " + waiting.size() + " writes failed", e);
      forgetBranches();
      feed.reread();
      var refusal = new Refusal.Unavailable("no answer came from the ledger (" + e + ")");
      for (var pending : waiting) pending.done.completeExceptionally(refusal);
      return;
    }
    for (int i = 0; i < waiting.size(); i++) {
      var receipt = receipts.get(i);
      var refusal = refusals.get(i);
      if (receipt != null) waiting.get(i).done.complete(receipt);
      else if (refusal != null) waiting.get(i).done.completeExceptionally(refusal);
    }
  }

  private void readBranches() {
    branches.reload();
    stale = false;
  }

  /// A group that failed may have changed what is known of branches: it is read again, at once or
  /// when the store can be read.
  private void forgetBranches() {
    stale = true;
    if (store.trouble() != null) return;
    try {
      readBranches();
    } catch (StoreFailure failure) {
      LOG.log(System.Logger.Level.DEBUG, "The branches cannot be read now", failure);
    }
  }

  /// Strictly later than every write before, in microseconds.
  private Instant tick() {
    var now = now();
    if (!now.isAfter(lastInstant)) now = lastInstant.plus(1, ChronoUnit.MICROS);
    lastInstant = now;
    return now;
  }

  /// Finishes what is queued, then stops.
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
