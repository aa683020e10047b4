package plaza.ledger;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.store.Commit;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Store;

/// The only path by which the graph changes: faces, links, the programme and models all end here.
///
/// May you? is asked on the caller's thread, and for the entity itself on the committing thread,
/// which works out all waiting writes in their order and makes them durable with one sync. A write
/// is acknowledged when its commit is on disk. Consumers learn of it from the [Feed], never from
/// here, so that a slow one cannot hold up a sensor.
public final class Ledger implements AutoCloseable {
  private final Store store;
  private final Policy policy;
  private final Branches branches;
  private final Layers layers;
  private final Feed feed;
  private final Limits limits;
  private final Committer committer;
  // A layer must not be dropped while a new branch of its name begins.
  private final ReentrantLock branching = new ReentrantLock();

  /// Hears of every group of writes that was made durable. Called on the committing thread: it must
  /// be quick and must not throw.
  @FunctionalInterface
  public interface Watcher {
    /// @param writes how many shared the sync
    /// @param nanos from taking them up to the end of the sync
    void committed(int writes, long nanos);
  }

  /// Starts the committing thread.
  public Ledger(Store store, Policy policy, Feed feed, Limits limits, InstantSource clock) {
    this.store = store;
    this.policy = policy;
    this.feed = feed;
    this.limits = limits;
    this.branches = new Branches(store);
    this.layers = new Layers(store, branches);
    dropWhatNobodyOwns();
    this.committer = new Committer(store, branches, layers, feed, limits, clock);
  }

  /// A branch whose discarding was cut short has no record any more.
  private void dropWhatNobodyOwns() {
    for (var layer : store.layers())
      if (!layer.isMain() && branches.find(layer).isEmpty()) store.drop(layer);
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
    return committer.now();
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
        new Committer.Pending(
            actor, write.address(), write, rights, kept, new CompletableFuture<>());
    var allowance = rights.allowance();
    return allowance == null
        ? committer.queue(pending)
        : allowance.admit(write).of(() -> committer.queue(pending));
  }

  /// Notes alone. They say nothing about the city, so no right is asked for.
  CompletableFuture<Receipt> keep(Actor actor, Address address, Commit.Kept kept) {
    return committer.queue(
        new Committer.Pending(
            actor,
            address,
            null,
            Policy.Rights.EVERYTHING,
            List.of(kept),
            new CompletableFuture<>()));
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
      // Once more: it may have been discarded meanwhile.
      if (!Layer.of(parent).isMain()) branches.get(Layer.of(parent));
      dropRest(layer);
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

  /// What a discarded branch of the name has left behind, when the store failed meanwhile.
  private void dropRest(Layer layer) {
    if (branches.find(layer).isEmpty()) store.drop(layer);
  }

  /// Makes a branch that begins empty and inherits nothing, such as a snapshot. Whoever opens it
  /// has checked who may.
  public Branch open(Actor actor, Address address) {
    var layer = Layer.of(address);
    if (layer.isMain()) throw new Refusal.AlreadyExists("every tenant has its branch main already");
    branching.lock();
    try {
      dropRest(layer);
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
    return committer.trouble();
  }

  /// Writes that wait for the committing thread.
  public int pending() {
    return committer.pending();
  }

  /// Puts the one watcher in place.
  public void watch(Watcher newWatcher) {
    committer.watch(newWatcher);
  }

  public boolean isRunning() {
    return committer.isRunning();
  }

  /// Finishes what is queued, then stops. The store stays open.
  @Override
  public void close() {
    committer.close();
  }
}
