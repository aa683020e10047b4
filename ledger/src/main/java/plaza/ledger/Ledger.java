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
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.store.Commit;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.ledger.store.Store;
import plaza.ledger.store.StoreFailure;

/// The only path by which the graph changes: faces, links, the programme and models all end here.
///
/// May you? is asked on the caller's thread, and for the entity itself on the committing thread,
/// which works out all waiting writes in their order and makes them durable with one sync. A write
/// is acknowledged when its commit is on disk. Consumers learn of it from the [Feed], never from
/// here, so that a slow one cannot hold up a sensor.
public final class Ledger implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Ledger.class.getName());
  private static final int WRITES_PER_GROUP = 1_000;
  private static final int EDITS_PER_GROUP = 10_000;
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Store store;
  private final Policy policy;
  private final Branches branches;
  private final Layers layers;
  private final Feed feed;
  private final Limits limits;
  private final InstantSource clock;
  private final BlockingQueue<Pending> queue;
  private final Thread committer;
  // A layer must not be dropped while a new branch of its name begins.
  private final ReentrantLock branching = new ReentrantLock();
  private volatile boolean closing;
  private volatile @Nullable String trouble;
  // Both of the committing thread.
  private long lookedAt = System.nanoTime();
  private boolean stale;
  private volatile Watcher watcher = (_, _) -> {};
  private Instant lastInstant;

  /// Hears of every group of writes that was made durable. Called on the committing thread: it must
  /// be quick and must not throw.
  @FunctionalInterface
  public interface Watcher {
    /// @param writes how many shared the sync
    /// @param nanos from taking them up to the end of the sync
    void committed(int writes, long nanos);
  }

  /// @param write null to keep notes only
  private record Pending(
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

  /// Starts the committing thread.
  public Ledger(Store store, Policy policy, Feed feed, Limits limits, InstantSource clock) {
    this.store = store;
    this.policy = policy;
    this.feed = feed;
    this.limits = limits;
    this.clock = clock;
    this.branches = new Branches(store);
    this.layers = new Layers(store, branches);
    dropWhatNobodyOwns();
    this.lastInstant = lastCommit();
    this.queue = new ArrayBlockingQueue<>(limits.pendingWrites());
    this.committer = Thread.ofPlatform().name("ledger").daemon().start(this::commitUntilClosed);
  }

  /// A branch whose discarding was cut short has no record any more.
  private void dropWhatNobodyOwns() {
    for (var layer : store.layers())
      if (!layer.isMain() && branches.find(layer).isEmpty()) store.drop(layer);
  }

  /// So that time goes on after a restart, even when the clock was set back.
  private Instant lastCommit() {
    var last = store.head();
    if (last.number() == 0) return Instant.EPOCH;
    var entries = store.feed(new Position(last.number() - 1), 1);
    return entries.isEmpty() ? Instant.EPOCH : entries.getFirst().at();
  }

  public Branches branches() {
    return branches;
  }

  /// What tells of every write, in order.
  public Feed feed() {
    return feed;
  }

  Layers layers() {
    return layers;
  }

  /// By the clock, to the microsecond.
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /// Waits until the write is durable.
  ///
  /// @throws Refusal when the actor may not, the write is too large, an atomic write is refused in
  ///   part, or the disk is full
  public Receipt write(Actor actor, Write write) {
    return await(submit(actor, write));
  }

  static Receipt await(CompletableFuture<Receipt> done) {
    try {
      return done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Refusal refusal) throw refusal;
      throw e;
    }
  }

  /// What one owner remembers beside the graph, such as `link.urn:plaza:link:bikes`. Names that
  /// begin with `feed.` are the [Feed]'s.
  public Notebook notebook(String owner) {
    return new Notebook(this, store, owner);
  }

  /// Like [#write], without waiting: completes when durable, or with a [Refusal].
  public CompletableFuture<Receipt> submit(Actor actor, Write write) {
    return submit(actor, write, List.of());
  }

  CompletableFuture<Receipt> submit(Actor actor, Write write, List<Commit.Kept> kept) {
    var rights = requireSomeRight(actor, write.address());
    if (write.edits().size() > limits.editsPerWrite())
      throw new Refusal.TooLarge(
          "a write may hold at most "
              + limits.editsPerWrite()
              + " entities, not "
              + write.edits().size()
              + "; send them in several requests");
    var pending =
        new Pending(actor, write.address(), write, rights, kept, new CompletableFuture<>());
    var allowance = rights.allowance();
    return allowance == null ? queue(pending) : allowance.admit(write).of(() -> queue(pending));
  }

  /// Notes alone. They say nothing about the city, so no right is asked for.
  CompletableFuture<Receipt> keep(Actor actor, Address address, Commit.Kept kept) {
    return queue(
        new Pending(
            actor,
            address,
            null,
            Policy.Rights.EVERYTHING,
            List.of(kept),
            new CompletableFuture<>()));
  }

  private CompletableFuture<Receipt> queue(Pending pending) {
    if (closing) throw new Refusal.Unavailable("Plaza is stopping; try again shortly");
    try {
      if (!queue.offer(pending, 10, TimeUnit.SECONDS))
        throw new Refusal.TooMany(
            limits.pendingWrites() + " writes are waiting for the disk already; try again shortly");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal.Unavailable(
          "the write was interrupted before it was queued; send it again");
    }
    return pending.done;
  }

  private Policy.Rights requireSomeRight(Actor actor, Address address) {
    var rights = policy.rights(actor, address);
    if (!rights.write().everything() && rights.write().views().isEmpty())
      throw refused(actor, address, rights.write().reason());
    return rights;
  }

  private static Refusal refused(Actor actor, Address address, String reason) {
    return actor.isAnonymous()
        ? new Refusal.Unauthenticated(
            "writing to tenant "
                + address.tenant()
                + " needs a key or a signed-in person"
                + (reason.isEmpty() ? "" : ": " + reason))
        : new Refusal.Forbidden(
            actor.id()
                + " may not write to tenant "
                + address.tenant()
                + (reason.isEmpty() ? "" : ": " + reason));
  }

  /// Makes a branch of the address: a what-if that starts as the city is now, or as it was at the
  /// address's moment.
  public Branch fork(Actor actor, Address parent, String name) {
    var layer = Layer.of(parent.branch(name));
    if (layer.isMain()) throw new Refusal.AlreadyExists("every tenant has its branch main already");
    if (!Layer.of(parent).isMain()) branches.get(Layer.of(parent));
    requireSomeRight(actor, parent);
    branching.lock();
    try {
      write(
          actor.through("ledger"),
          Write.atomic(
              Address.SYSTEM,
              new Edit.Create(Branches.record(layer, Layer.of(parent), parent.at()))));
      return branches.get(layer);
    } finally {
      branching.unlock();
    }
  }

  /// Makes a branch that begins empty and inherits nothing, such as a snapshot. Whoever opens it
  /// has checked who may.
  public Branch open(Actor actor, Address address) {
    var layer = Layer.of(address);
    if (layer.isMain()) throw new Refusal.AlreadyExists("every tenant has its branch main already");
    branching.lock();
    try {
      write(
          actor.through("ledger"),
          Write.atomic(Address.SYSTEM, new Edit.Create(Branches.record(layer, null, null))));
      return branches.get(layer);
    } finally {
      branching.unlock();
    }
  }

  /// Ends a branch and everything in it.
  public void discard(Actor actor, Address address) {
    var layer = Layer.of(address);
    if (layer.isMain()) throw new Refusal.Invalid("the branch main cannot be discarded");
    branches.get(layer);
    requireSomeRight(actor, address);
    branching.lock();
    try {
      if (!branches.childrenOf(layer).isEmpty())
        throw new Refusal.Conflict(
            "branch " + layer.branch() + " has branches of its own; discard them first");
      write(
          actor.through("ledger"),
          Write.atomic(Address.SYSTEM, new Edit.Delete(Branches.id(layer))));
      store.drop(layer);
    } finally {
      branching.unlock();
    }
  }

  /// Why the last commit failed; null when it did not, or the store is known to be itself again.
  public @Nullable String trouble() {
    return trouble;
  }

  /// Writes that wait for the committing thread.
  public int pending() {
    return queue.size();
  }

  /// Puts the one watcher in place.
  public void watch(Watcher newWatcher) {
    watcher = newWatcher;
  }

  public boolean isRunning() {
    return committer.isAlive() && !closing;
  }

  private void commitUntilClosed() {
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
    } catch (StoreFailure failure) {
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
    var refusals = new ArrayList<@Nullable RuntimeException>();
    try {
      if (stale) readBranches();
      var group = new Group(store, branches, layers, limits, tick());
      group.load(waiting.stream().map(Pending::write).filter(Objects::nonNull).toList());
      for (var pending : waiting) {
        Receipt receipt = null;
        RuntimeException refusal = null;
        try {
          receipt =
              pending.write == null
                  ? group.keep(pending.actor, Layer.of(pending.address), pending.kept)
                  : group.add(pending.actor, pending.write, pending.rights, pending.kept);
        } catch (StoreFailure failure) {
          throw failure;
        } catch (RuntimeException e) {
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

  /// Finishes what is queued, then stops. The store stays open.
  @Override
  public void close() {
    closing = true;
    try {
      committer.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
