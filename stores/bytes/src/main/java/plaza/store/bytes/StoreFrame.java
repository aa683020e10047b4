package plaza.store.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.Entity;
import plaza.graph.query.Query;
import plaza.graph.query.TypeSelection;
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

/// What every engine that keeps bytes does alike: it looks layers and names up in its [Books] and
/// hands on to its [StoredRows], and one change at a time is made, checked before and noted after.
/// An engine adds how it writes.
public abstract class StoreFrame implements Store {
  private final Books books;
  private final StoredRows rows;
  // Appending, trimming and dropping change the same counters and numbers.
  private final ReentrantLock writing = new ReentrantLock();

  protected StoreFrame(Books books, StoredRows rows) {
    this.books = books;
    this.rows = rows;
  }

  /// Makes the books true again when it is not known what became of the last append. Called before
  /// each append, while nothing else is written.
  protected void settle() {}

  /// As [#recover] asks, while nothing else is written.
  protected boolean regain() {
    return false;
  }

  /// Stores commits that follow on the head, with what the books have not saved: all or nothing.
  /// Called while nothing else is written.
  protected abstract void write(List<Commit> commits);

  /// Forgets feed entries up to a position inside the feed, and what no entry needs any more.
  /// Called while nothing else is written.
  protected abstract void trim(Position upTo);

  /// Forgets everything under a number. Called while nothing else is written.
  protected abstract void drop(Layer layer, int number);

  /// Checks everything. Called while nothing is written.
  protected abstract List<String> check();

  /// Writes a consistent copy into an empty folder.
  protected abstract void copy(Path emptyFolder) throws IOException;

  /// Changes or reads something while nothing else is written.
  protected final void alone(Runnable change) {
    writing.lock();
    try {
      change.run();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public final void append(List<Commit> commits) {
    if (commits.isEmpty()) return;
    writing.lock();
    try {
      settle();
      requireNoGap(commits);
      write(commits);
      books.saved();
      books.feed().appended(commits.getLast().position());
    } finally {
      books.forget();
      writing.unlock();
    }
  }

  @Override
  public final boolean recover() {
    writing.lock();
    try {
      return regain();
    } finally {
      writing.unlock();
    }
  }

  private void requireNoGap(List<Commit> commits) {
    if (commits.size() > 1)
      for (var commit : commits)
        if (!commit.revisions().isEmpty())
          throw new StoreFailure("a commit that revises history must be appended alone");
    var head = head();
    var position = head;
    for (var commit : commits) {
      position = position.next();
      if (!commit.position().equals(position))
        throw new StoreFailure(
            "position " + commit.position().number() + " does not follow " + head.number());
    }
  }

  @Override
  public final Position head() {
    return books.feed().head();
  }

  private int number(Layer layer) {
    return books.layers().find(layer);
  }

  @Override
  public final Optional<Slot> find(Layer layer, String entityId) {
    int number = number(layer);
    return number == LayerBook.UNKNOWN ? Optional.empty() : rows.slots().find(number, entityId);
  }

  @Override
  public final Map<String, Slot> findAll(Layer layer, Collection<String> entityIds) {
    int number = number(layer);
    return number == LayerBook.UNKNOWN ? Map.of() : rows.slots().findAll(number, entityIds);
  }

  @Override
  public final Scan scan(Layer layer, Query query, boolean gone) {
    int number = number(layer);
    return number == LayerBook.UNKNOWN
        ? Scan.of(List.<Entity>of().iterator())
        : rows.scans().open(number, query, gone);
  }

  @Override
  public final OptionalLong count(Layer layer, Query query) {
    if (query.selectors().size() != 1
        || !query.attributes().isEmpty()
        || query.condition() != null
        || query.geo() != null
        || query.scope() != null) return OptionalLong.empty();
    var selector = query.selectors().getFirst();
    return selector.ids().isEmpty()
            && selector.idPattern() == null
            && selector.types() instanceof TypeSelection.Is(var type)
        ? OptionalLong.of(books.census().count(number(layer), books.names().find(type)))
        : OptionalLong.empty();
  }

  @Override
  public final Set<String> types(Layer layer) {
    var types = new TreeSet<String>();
    for (int type : books.census().types(number(layer))) types.add(books.names().name(type));
    return types;
  }

  @Override
  public final Set<Layer> layers() {
    return books.layers().all();
  }

  @Override
  public final List<Recorded> history(
      Layer layer, String entityId, String attribute, Span span, boolean newestFirst, int limit) {
    int number = number(layer);
    return number == LayerBook.UNKNOWN
        ? List.of()
        : rows.histories().read(number, entityId, attribute, span, newestFirst, limit);
  }

  @Override
  public final Set<String> historyAttributes(Layer layer, String entityId) {
    int number = number(layer);
    return number == LayerBook.UNKNOWN ? Set.of() : rows.histories().attributes(number, entityId);
  }

  @Override
  public final Optional<Recorded> findRecorded(
      Layer layer, String entityId, String attribute, Recorded.Place place) {
    int number = number(layer);
    return number == LayerBook.UNKNOWN
        ? Optional.empty()
        : rows.histories().find(number, entityId, attribute, place);
  }

  @Override
  public final Predicate<Recorded> erased(Layer layer, String entityId) {
    int number = number(layer);
    if (number == LayerBook.UNKNOWN || layer.isMain()) return _ -> false;
    var marks = rows.erasures().of(number, entityId);
    return one -> marks.stream().anyMatch(mark -> mark.erasure().covers(one));
  }

  @Override
  public final List<Due> due(Instant until, int limit) {
    return rows.timers().due(until, limit);
  }

  @Override
  public final boolean series(Layer layer, String attribute, Span span, SeriesVisitor visitor) {
    return numbers(layer, null, attribute, span, visitor);
  }

  @Override
  public final boolean series(
      Layer layer, String entityId, String attribute, Span span, SeriesVisitor visitor) {
    return numbers(layer, entityId, attribute, span, visitor);
  }

  private boolean numbers(
      Layer layer, @Nullable String entityId, String attribute, Span span, SeriesVisitor visitor) {
    int number = number(layer);
    int name = books.names().find(attribute);
    return number == LayerBook.UNKNOWN
        || name == Dictionary.UNKNOWN
        || rows.series().read(number, name, entityId, span, visitor);
  }

  @Override
  public final List<FeedEntry> feed(Position after, int limit) {
    return rows.feed().read(after, limit);
  }

  @Override
  public final Position feedStart() {
    return books.feed().start();
  }

  @Override
  public final void trimFeed(Position wanted) {
    alone(() -> {
      var upTo = wanted.compareTo(head()) > 0 ? head() : wanted;
      if (upTo.compareTo(feedStart()) <= 0) return;
      trim(upTo);
      books.feed().trimmed(upTo);
    });
  }

  @Override
  public final void drop(Layer layer) {
    alone(() -> {
      int number = number(layer);
      if (number == LayerBook.UNKNOWN) return;
      drop(layer, number);
      books.layers().dropped(layer);
      books.census().dropped(number);
    });
  }

  @Override
  public final Optional<byte[]> note(String owner, String key) {
    return rows.notes().find(owner, key);
  }

  @Override
  public final List<Note> notes(String owner, String prefix, String after, int limit) {
    return rows.notes().list(owner, prefix, after, limit);
  }

  @Override
  public final void backup(Path folder) {
    try {
      Files.createDirectories(folder);
      try (var files = Files.list(folder)) {
        if (files.findAny().isPresent())
          throw new StoreFailure(
              "the backup folder " + folder + " is not empty; name an empty or absent one");
      }
      copy(folder);
    } catch (IOException e) {
      throw new StoreFailure("writing a backup to " + folder, e);
    }
  }

  @Override
  public final List<String> verify() {
    writing.lock();
    try {
      return check();
    } finally {
      writing.unlock();
    }
  }
}
