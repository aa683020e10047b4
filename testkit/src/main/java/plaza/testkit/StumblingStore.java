package plaza.testkit;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.query.Query;
import plaza.ledger.store.Commit;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Note;
import plaza.ledger.store.Position;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Scan;
import plaza.ledger.store.SeriesVisitor;
import plaza.ledger.store.Slot;
import plaza.ledger.store.Span;
import plaza.ledger.store.Store;
import plaza.ledger.store.StoreFailure;

/// A store whose disk is full or whose database is away when a test says so, whose power can be cut
/// at a write to come, and that lets a test act in the moment between a commit and its
/// acknowledgement.
public final class StumblingStore implements Store {
  private static final int NEVER = Integer.MAX_VALUE;
  private final Store store;
  private final AtomicReference<Runnable> afterAppend = new AtomicReference<>(() -> {});
  private volatile boolean full;
  private volatile boolean away;
  private volatile int refused;
  private final AtomicInteger writesLeft = new AtomicInteger(NEVER);
  private volatile boolean stored;

  public StumblingStore(Store store) {
    this.store = store;
  }

  public void full(boolean isFull) {
    full = isFull;
  }

  /// While it is away no entity can be read or written.
  public void away(boolean isAway) {
    away = isAway;
  }

  private void requireThere() {
    if (away) throw new StoreFailure("the database is away");
  }

  @Override
  public @Nullable String trouble() {
    return away ? "it is away" : null;
  }

  @Override
  public boolean recover() {
    return !away && !full && writesLeft.get() == NEVER;
  }

  /// How many appends were refused.
  public int refused() {
    return refused;
  }

  /// Runs once, after the next commit is durable and before anybody hears of it.
  public void afterNextAppend(Runnable action) {
    afterAppend.set(action);
  }

  /// Cuts the power at a write to come: it fails, and so does every one after it, until
  /// [#restorePower].
  ///
  /// @param writes how many more succeed before it
  /// @param keepsTheLast whether the failing write is durable, though nobody hears of it
  public void cutPower(int writes, boolean keepsTheLast) {
    stored = keepsTheLast;
    writesLeft.set(writes);
  }

  /// @return whether the power had failed
  public boolean restorePower() {
    return writesLeft.getAndSet(NEVER) < 0;
  }

  /// Called before each write; throws when it is the one at which the power fails, or comes later.
  private void draw(Runnable write) {
    if (writesLeft.get() == NEVER) return;
    int left = writesLeft.getAndDecrement();
    if (left > 0) return;
    if (left == 0 && stored) write.run();
    throw new StoreFailure("the power failed");
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread appends
  public void append(List<Commit> commits) {
    requireThere();
    draw(() -> store.append(commits));
    if (full) {
      refused++;
      throw new StoreFailure("no space left on device");
    }
    store.append(commits);
    afterAppend.getAndSet(() -> {}).run();
  }

  @Override
  public Position head() {
    return store.head();
  }

  @Override
  public Optional<Slot> find(Layer layer, String entityId) {
    requireThere();
    return store.find(layer, entityId);
  }

  @Override
  public Map<String, Slot> findAll(Layer layer, Collection<String> entityIds) {
    requireThere();
    return store.findAll(layer, entityIds);
  }

  @Override
  public Scan scan(Layer layer, Query query, boolean gone) {
    requireThere();
    return store.scan(layer, query, gone);
  }

  @Override
  public OptionalLong count(Layer layer, Query query) {
    return store.count(layer, query);
  }

  @Override
  public Set<String> types(Layer layer) {
    return store.types(layer);
  }

  @Override
  public Set<Layer> layers() {
    return store.layers();
  }

  @Override
  public List<Recorded> history(
      Layer layer, String entityId, String attribute, Span span, boolean newestFirst, int limit) {
    return store.history(layer, entityId, attribute, span, newestFirst, limit);
  }

  @Override
  public Set<String> historyAttributes(Layer layer, String entityId) {
    return store.historyAttributes(layer, entityId);
  }

  @Override
  public Optional<Recorded> findRecorded(
      Layer layer, String entityId, String attribute, Recorded.Place place) {
    return store.findRecorded(layer, entityId, attribute, place);
  }

  @Override
  public Predicate<Recorded> erased(Layer layer, String entityId) {
    return store.erased(layer, entityId);
  }

  @Override
  public List<Due> due(Instant until, int limit) {
    return store.due(until, limit);
  }

  @Override
  public boolean series(Layer layer, String attribute, Span span, SeriesVisitor visitor) {
    return store.series(layer, attribute, span, visitor);
  }

  @Override
  public boolean series(
      Layer layer, String entityId, String attribute, Span span, SeriesVisitor visitor) {
    return store.series(layer, entityId, attribute, span, visitor);
  }

  @Override
  public List<FeedEntry> feed(Position after, int limit) {
    return store.feed(after, limit);
  }

  @Override
  public Position feedStart() {
    return store.feedStart();
  }

  @Override
  public void trimFeed(Position upTo) {
    store.trimFeed(upTo);
  }

  @Override
  public void scrubFeed(Position upTo) {
    store.scrubFeed(upTo);
  }

  @Override
  public void drop(Layer layer) {
    requireThere();
    store.drop(layer);
  }

  @Override
  public void keep(String owner, List<Note> notes) {
    draw(() -> store.keep(owner, notes));
    store.keep(owner, notes);
  }

  @Override
  public Optional<byte[]> note(String owner, String key) {
    return store.note(owner, key);
  }

  @Override
  public List<Note> notes(String owner, String prefix, String after, int limit) {
    return store.notes(owner, prefix, after, limit);
  }

  @Override
  public void backup(Path folder) {
    store.backup(folder);
  }

  @Override
  public List<String> verify() {
    return store.verify();
  }

  @Override
  public void close() {
    store.close();
  }
}
