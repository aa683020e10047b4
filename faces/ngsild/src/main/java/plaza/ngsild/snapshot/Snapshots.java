package plaza.ngsild.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ledger.Actor;
import plaza.ledger.Ledger;
import plaza.ledger.Notebook;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Note;
import plaza.ngsild.context.Context;
import plaza.ngsild.subscription.delivery.Receiver;
import plaza.ngsild.temporal.Lifetime;

/// All snapshots: makes, clones, changes and ends them (clause 5.16). They survive a restart; one
/// that was still being made then is a failure.
public final class Snapshots implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Snapshots.class.getName());
  private static final String BRANCH = "snapshot:";
  private static final String ROOM = "snapshot";
  private static final Duration SWEEP = Duration.ofSeconds(30);
  private static final int COPIES_AT_ONCE = 2;
  private static final int MOST_EVER = 100_000;

  private final Ledger ledger;
  private final Reader reader;
  private final Policy policy;
  private final Notebook notebook;
  private final SnapshotNotifier notifier;
  private final SnapshotLimits limits;
  private final InstantSource clock;
  private final Map<Key, Snapshot> snapshots = new ConcurrentHashMap<>();
  private final Map<Key, Instant> used = new ConcurrentHashMap<>();
  private final ReentrantLock changing = new ReentrantLock();
  private final Semaphore copying = new Semaphore(COPIES_AT_ONCE);
  private final Thread sweeper;
  private volatile EntitySource source;
  private volatile boolean closed;

  private record Key(String tenant, String id) {}

  /// @param receiver how notifications are sent
  public Snapshots(
      Ledger ledger,
      Reader reader,
      Policy policy,
      Receiver receiver,
      SnapshotLimits limits,
      InstantSource clock) {
    this.ledger = ledger;
    this.reader = reader;
    this.policy = policy;
    this.notebook = ledger.notebook("ngsild.snapshots");
    this.notifier = new SnapshotNotifier(receiver);
    this.limits = limits;
    this.source = reader::each;
    this.clock = clock;
    load();
    this.sweeper = Thread.ofVirtual().name("snapshot-sweeper").start(this::sweep);
  }

  /// Lets the queries of snapshots look elsewhere too.
  public void drawOn(EntitySource newSource) {
    source = newSource;
  }

  /// A record is kept before its branch is opened and after it is discarded.
  private void load() {
    for (var note : notebook.list("", "", MOST_EVER)) {
      var bytes = note.value();
      if (bytes == null) continue;
      var snapshot = SnapshotRecord.read(bytes);
      if (ledger.branches().find(Layer.of(snapshot.address())).isEmpty()) {
        keep(snapshot, new Note(snapshot.branch(), null));
        continue;
      }
      if (snapshot.status() == Snapshot.Status.PREPARING) {
        snapshot =
            snapshot.with(
                Snapshot.Status.FAILURE,
                List.of(
                    new Snapshot.Result(
                        Snapshot.Status.FAILURE, "the server stopped while it was being made")),
                List.of(),
                clock.instant());
        keep(snapshot, SnapshotRecord.note(snapshot));
      }
      snapshots.put(key(snapshot), snapshot);
    }
  }

  private static Key key(Snapshot snapshot) {
    return new Key(snapshot.tenant(), snapshot.id());
  }

  private void keep(Snapshot snapshot, Note note) {
    notebook.keep(
        new Actor(snapshot.owner(), ROOM), Address.tenant(snapshot.tenant()), List.of(note));
  }

  /// The branch of a snapshot that somebody addresses; it counts as used.
  ///
  /// @throws Refusal.NotFound when the tenant has none of the name
  public String branch(String tenant, String id) {
    var snapshot = existing(tenant, id);
    used.put(key(snapshot), clock.instant());
    return snapshot.branch();
  }

  /// The id of the snapshot that a branch is; null when it is none.
  public @Nullable String id(Layer layer) {
    if (!layer.branch().startsWith(BRANCH)) return null;
    for (var snapshot : snapshots.values())
      if (snapshot.branch().equals(layer.branch()) && snapshot.tenant().equals(layer.tenant()))
        return snapshot.id();
    return null;
  }

  /// Clause 5.16.1. Comes back before it is filled.
  public Snapshot create(
      Actor actor, Address address, Map<String, Value> document, Context context) {
    var draft = SnapshotDraft.create(document, context);
    var snapshot = begin(actor, address, draft);
    fill(
        snapshot,
        actor,
        Address.tenant(address.tenant()),
        copy -> {
          var queries = draft.queries().stream().map(copy::query).toList();
          var past = draft.temporalQueries().stream().map(copy::past).toList();
          return snapshot.with(status(queries, past), queries, past, clock.instant());
        });
    return snapshot;
  }

  /// Clause 5.16.2.
  public Snapshot clone(
      Actor actor, Address address, String id, Map<String, Value> document, Context context) {
    var original = existing(address.tenant(), id);
    var snapshot = begin(actor, address, SnapshotDraft.other(document, context));
    fill(
        snapshot,
        actor,
        original.address(),
        copy -> {
          var result = copy.whole();
          boolean failed = result.status() == Snapshot.Status.FAILURE;
          return snapshot.with(
              failed ? Snapshot.Status.FAILURE : Snapshot.Status.SUCCESS,
              failed ? List.of(result) : List.of(),
              List.of(),
              clock.instant());
        });
    return snapshot;
  }

  private static Snapshot.Status status(
      List<Snapshot.Result> queries, List<Snapshot.Result> temporal) {
    var all = new ArrayList<>(queries);
    all.addAll(temporal);
    if (all.stream().allMatch(one -> one.status() == Snapshot.Status.SUCCESS))
      return Snapshot.Status.SUCCESS;
    if (all.stream().anyMatch(one -> one.status() == Snapshot.Status.SUCCESS))
      return Snapshot.Status.PARTIAL;
    return all.stream().anyMatch(one -> one.status() == Snapshot.Status.EMPTY)
        ? Snapshot.Status.EMPTY
        : Snapshot.Status.FAILURE;
  }

  private Snapshot begin(Actor actor, Address address, SnapshotDraft draft) {
    requireRight(actor, address);
    var now = clock.instant();
    var id = draft.id() == null ? "urn:ngsi-ld:Snapshot:" + UUID.randomUUID() : draft.id();
    var snapshot =
        new Snapshot(
            id,
            address.tenant(),
            BRANCH + UUID.randomUUID(),
            actor.id(),
            draft.wishes(),
            Snapshot.Status.PREPARING,
            List.of(),
            List.of(),
            now,
            now,
            now.plus(lifetime(draft)),
            now);
    notifier.check(snapshot);
    changing.lock();
    try {
      if (snapshots.containsKey(key(snapshot)))
        throw new Refusal.AlreadyExists("there is a snapshot " + id + " already");
      makeRoom(snapshot);
      keep(snapshot, SnapshotRecord.note(snapshot));
      ledger.open(actor.through(ROOM), snapshot.address());
      snapshots.put(key(snapshot), snapshot);
      return snapshot;
    } finally {
      changing.unlock();
    }
  }

  private Duration lifetime(SnapshotDraft draft) {
    return Lifetime.parse(
        draft.lifetime(), "snapshotLifetime", limits.usualLifetime(), limits.longestLifetime());
  }

  /// Clause 5.5.15: the least important goes first, then the one unused for longest.
  private void makeRoom(Snapshot wanted) {
    var others =
        snapshots.values().stream().filter(one -> one.tenant().equals(wanted.tenant())).toList();
    if (others.size() < limits.perTenant()) return;
    var least =
        others.stream()
            .filter(one -> one.priority() < wanted.priority())
            .min(Comparator.comparingInt(Snapshot::priority).thenComparing(this::lastUsedAt));
    if (least.isEmpty())
      throw new Refusal.TooMany(
          "tenant "
              + wanted.tenant()
              + " has "
              + limits.perTenant()
              + " snapshots, none of a lower snapshotPriority; delete one first");
    remove(least.get());
  }

  private Instant lastUsedAt(Snapshot snapshot) {
    return used.getOrDefault(key(snapshot), snapshot.lastUsedAt());
  }

  private void fill(
      Snapshot snapshot, Actor actor, Address from, Function<SnapshotCopy, Snapshot> work) {
    var copy = new SnapshotCopy(ledger, reader, source, limits, actor, from, snapshot);
    Thread.ofVirtual()
        .name("snapshot-copy")
        .start(() -> {
          try {
            copying.acquire();
            try {
              finish(work.apply(copy));
            } finally {
              copying.release();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException | Error e) {
            if (closed) return;
            LOG.log(System.Logger.Level.ERROR, snapshot.id() + " could not be made", e);
            finish(
                snapshot.with(
                    Snapshot.Status.FAILURE,
                    List.of(
                        new Snapshot.Result(
                            Snapshot.Status.FAILURE, String.valueOf(e.getMessage()))),
                    List.of(),
                    clock.instant()));
          }
        });
  }

  private void finish(Snapshot filled) {
    changing.lock();
    try {
      var known = snapshots.get(key(filled));
      if (known == null || !known.branch().equals(filled.branch())) return;
      replace(
          known.with(
              filled.status(), filled.queries(), filled.temporalQueries(), filled.modifiedAt()));
    } finally {
      changing.unlock();
    }
  }

  private void replace(Snapshot snapshot) {
    keep(snapshot, SnapshotRecord.note(snapshot));
    snapshots.put(key(snapshot), snapshot);
    notifier.tell(snapshot, clock.instant());
  }

  /// Clause 5.16.3.
  public Snapshot get(Actor actor, Address address, String id) {
    reader.sight(actor, address);
    var snapshot = existing(address.tenant(), id);
    return snapshot.usedAt(lastUsedAt(snapshot));
  }

  /// Clause 5.16.4.
  public Snapshot update(
      Actor actor, Address address, String id, Map<String, Value> document, Context context) {
    var draft = SnapshotDraft.other(document, context);
    if (draft.id() != null && !draft.id().equals(id))
      throw new Refusal.Invalid("the id of a snapshot cannot be changed");
    changing.lock();
    try {
      var known = mine(actor, existing(address.tenant(), id));
      var wishes = new LinkedHashMap<>(known.wishes());
      wishes.putAll(draft.wishes());
      var now = clock.instant();
      var changed =
          known.with(
              wishes,
              draft.lifetime() == null ? known.expiresAt() : now.plus(lifetime(draft)),
              now);
      notifier.check(changed);
      replace(changed);
      return changed.usedAt(lastUsedAt(changed));
    } finally {
      changing.unlock();
    }
  }

  /// Clause 5.16.5.
  public void delete(Actor actor, Address address, String id) {
    changing.lock();
    try {
      remove(mine(actor, existing(address.tenant(), id)));
    } finally {
      changing.unlock();
    }
  }

  public List<Snapshot> list(Actor actor, Address address) {
    reader.sight(actor, address);
    return snapshots.values().stream()
        .filter(one -> one.tenant().equals(address.tenant()) && !isOver(one))
        .map(one -> one.usedAt(lastUsedAt(one)))
        .sorted(Comparator.comparing(Snapshot::createdAt).thenComparing(Snapshot::id))
        .toList();
  }

  private Snapshot existing(String tenant, String id) {
    return Optional.ofNullable(snapshots.get(new Key(tenant, id)))
        .filter(one -> !isOver(one))
        .orElseThrow(() -> new Refusal.NotFound("there is no snapshot " + id));
  }

  private boolean isOver(Snapshot snapshot) {
    return !snapshot.expiresAt().isAfter(clock.instant());
  }

  private void requireRight(Actor actor, Address address) {
    var write = policy.rights(actor, Address.tenant(address.tenant())).write();
    if (write.everything() || !write.views().isEmpty()) return;
    var sentence = "making a snapshot needs the right to write in tenant " + address.tenant();
    throw actor.isAnonymous()
        ? new Refusal.Unauthenticated(sentence + "; sign in or send a key as X-API-Key")
        : new Refusal.Forbidden(actor.id() + ": " + sentence);
  }

  /// A snapshot is its maker's, and of those who may write everything.
  private Snapshot mine(Actor actor, Snapshot snapshot) {
    requireRight(actor, snapshot.address());
    var write = policy.rights(actor, Address.tenant(snapshot.tenant())).write();
    if (!snapshot.isOf(actor) && !write.isUnlimited())
      throw new Refusal.Forbidden(
          actor.id() + " may not change " + snapshot.id() + ", which somebody else made");
    return snapshot;
  }

  private void remove(Snapshot snapshot) {
    var layer = Layer.of(snapshot.address());
    if (ledger.branches().find(layer).isPresent())
      ledger.discard(new Actor(snapshot.owner(), ROOM), snapshot.address());
    keep(snapshot, new Note(snapshot.branch(), null));
    snapshots.remove(key(snapshot));
    used.remove(key(snapshot));
  }

  private void sweep() {
    while (!closed)
      try {
        Thread.sleep(SWEEP);
        for (var snapshot : snapshots.values()) if (isOver(snapshot)) tryToEnd(snapshot);
      } catch (InterruptedException e) {
        return;
      }
  }

  /// One that cannot be ended holds up no others.
  private void tryToEnd(Snapshot snapshot) {
    try {
      end(snapshot);
    } catch (RuntimeException e) {
      if (!closed) LOG.log(System.Logger.Level.WARNING, "An old snapshot could not be ended", e);
    }
  }

  private void end(Snapshot snapshot) {
    changing.lock();
    try {
      // Deleted meanwhile, or told to live longer.
      if (!snapshot.equals(snapshots.get(key(snapshot)))) return;
      remove(snapshot);
    } finally {
      changing.unlock();
    }
    notifier.tell(snapshot, clock.instant());
  }

  @Override
  public void close() {
    closed = true;
    sweeper.interrupt();
  }
}
