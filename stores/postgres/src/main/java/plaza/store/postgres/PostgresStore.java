package plaza.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
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
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.EntityCodec;
import plaza.store.bytes.FeedCodec;
import plaza.store.bytes.HistoryCodec;

/// A store in one schema of a PostgreSQL database. Its tables stand in this room's README.
public final class PostgresStore implements Store {
  private final Dictionary names = new Dictionary();
  private final LayerBook layers = new LayerBook();
  private final Census census = new Census();
  private final Readers readers;
  private final Views views;
  private final Writer writer;
  private final CommitWriter commits;
  private final HistoryEraser eraser;
  private final SlotReader slots;
  private final Planner planner;
  private final Scans scans;
  private final HistoryReader history;
  private final Erasures erasures;
  private final SeriesReader series;
  private final Timers timers;
  private final FeedLog feed;
  private final FeedScrubber scrubber;
  private final Notes notes;
  private final Verifier verifier;
  // Appending, trimming and dropping change the same counters and numbers.
  private final ReentrantLock writing = new ReentrantLock();

  /// Opens the store in a schema, or makes a new one there.
  ///
  /// @throws StoreFailure when the database cannot be reached, the schema is in use or was written
  ///   by a newer Plaza
  public static PostgresStore open(PostgresOptions options) {
    return new PostgresStore(options);
  }

  private PostgresStore(PostgresOptions options) {
    var sessions = new Sessions(options);
    writer = new Writer(sessions);
    readers = new Readers(sessions);
    views = new Views(sessions);
    var entities = new EntityCodec(names);
    var histories = new HistoryCodec(entities);
    var feeds = new FeedCodec(names, entities);
    var lookups = new Lookups(names);
    erasures = new Erasures(readers, names);
    commits = new CommitWriter(names, layers, census, entities, histories, feeds, lookups);
    eraser = new HistoryEraser(names, histories);
    slots = new SlotReader(readers, entities);
    planner = new Planner(names, census);
    scans = new Scans(views, slots);
    history = new HistoryReader(readers, names, histories);
    series = new SeriesReader(readers);
    timers = new Timers(readers, layers);
    feed = new FeedLog(readers, feeds);
    scrubber = new FeedScrubber(layers, erasures, entities, feeds);
    notes = new Notes(readers);
    verifier =
        new Verifier(
            layers,
            feed,
            new SlotVerifier(names, slots, lookups),
            new HistoryVerifier(names, histories),
            new FeedVerifier(layers, slots, feeds, feed, erasures));
    try {
      load();
    } catch (StoreFailure e) {
      close();
      throw e;
    }
  }

  private void load() {
    try (var view = views.open(Position.START)) {
      view.ask("reading names and counters", this::load);
    }
  }

  private boolean load(Connection session) throws SQLException {
    try (var statement = session.createStatement();
        var rows = statement.executeQuery("select number, name from names")) {
      while (rows.next()) names.load(rows.getInt(1), new String(rows.getBytes(2), UTF_8));
    }
    layers.load(session);
    census.load(session);
    feed.load(session);
    return true;
  }

  @Override
  public void append(List<Commit> appended) {
    if (appended.isEmpty()) return;
    writing.lock();
    try {
      if (writer.wasStored(feed.head().number())) load();
      requireNoGap(appended);
      var batch = commits.batch(appended);
      var last = appended.getLast();
      writer.append(
          feed.head().number(),
          last.position().number(),
          session -> {
            erase(session, last);
            batch.execute(session);
            return null;
          });
      names.saved();
      layers.saved();
      census.saved();
      feed.appended(last.position());
    } finally {
      census.forget();
      layers.forget();
      writing.unlock();
    }
  }

  private void erase(Connection session, Commit commit) throws SQLException {
    if (commit.revisions().isEmpty()) return;
    session.setAutoCommit(false);
    for (var revision : commit.revisions())
      eraser.erase(session, layers.number(revision.layer()), revision);
  }

  private void requireNoGap(List<Commit> appended) {
    if (appended.size() > 1)
      for (var commit : appended)
        if (!commit.revisions().isEmpty())
          throw new StoreFailure("a commit that revises history must be appended alone");
    var position = feed.head();
    for (var commit : appended) {
      position = position.next();
      if (!commit.position().equals(position))
        throw new StoreFailure(
            "position " + commit.position().number() + " does not follow " + feed.head().number());
    }
  }

  @Override
  public Position head() {
    return feed.head();
  }

  @Override
  public Optional<Slot> find(Layer layer, String entityId) {
    int number = layers.find(layer);
    return number == LayerBook.UNKNOWN ? Optional.empty() : slots.find(number, entityId);
  }

  @Override
  public Map<String, Slot> findAll(Layer layer, Collection<String> entityIds) {
    int number = layers.find(layer);
    return number == LayerBook.UNKNOWN || entityIds.isEmpty()
        ? Map.of()
        : slots.findAll(number, entityIds);
  }

  @Override
  public Scan scan(Layer layer, Query query, boolean gone) {
    int number = layers.find(layer);
    return number == LayerBook.UNKNOWN
        ? Scan.of(List.<Entity>of().iterator())
        : scans.open(number, planner.path(number, query, gone), gone, feed.head());
  }

  @Override
  public OptionalLong count(Layer layer, Query query) {
    if (query.selectors().size() != 1
        || !query.attributes().isEmpty()
        || query.condition() != null
        || query.geo() != null
        || query.scope() != null) return OptionalLong.empty();
    var selector = query.selectors().getFirst();
    return selector.ids().isEmpty()
            && selector.idPattern() == null
            && selector.types() instanceof TypeSelection.Is(var type)
        ? OptionalLong.of(census.count(layers.find(layer), names.find(type)))
        : OptionalLong.empty();
  }

  @Override
  public Set<String> types(Layer layer) {
    var types = new TreeSet<String>();
    for (int type : census.types(layers.find(layer))) types.add(names.name(type));
    return types;
  }

  @Override
  public Set<Layer> layers() {
    return layers.all();
  }

  @Override
  public List<Recorded> history(
      Layer layer, String entityId, String attribute, Span span, boolean newestFirst, int limit) {
    int number = layers.find(layer);
    return number == LayerBook.UNKNOWN
        ? List.of()
        : history.read(number, entityId, attribute, span, newestFirst, limit);
  }

  @Override
  public Set<String> historyAttributes(Layer layer, String entityId) {
    int number = layers.find(layer);
    return number == LayerBook.UNKNOWN ? Set.of() : history.attributes(number, entityId);
  }

  @Override
  public Optional<Recorded> findRecorded(
      Layer layer, String entityId, String attribute, Recorded.Place place) {
    int number = layers.find(layer);
    return number == LayerBook.UNKNOWN
        ? Optional.empty()
        : history.find(number, entityId, attribute, place);
  }

  @Override
  public Predicate<Recorded> erased(Layer layer, String entityId) {
    int number = layers.find(layer);
    if (number == LayerBook.UNKNOWN || layer.isMain()) return _ -> false;
    var marks = erasures.of(number, entityId);
    return one -> marks.stream().anyMatch(mark -> mark.erasure().covers(one));
  }

  @Override
  public List<Due> due(Instant until, int limit) {
    return timers.due(until, limit);
  }

  @Override
  public boolean series(Layer layer, String attribute, Span span, SeriesVisitor visitor) {
    return numbers(layer, null, attribute, span, visitor);
  }

  @Override
  public boolean series(
      Layer layer, String entityId, String attribute, Span span, SeriesVisitor visitor) {
    return numbers(layer, entityId, attribute, span, visitor);
  }

  private boolean numbers(
      Layer layer, @Nullable String entityId, String attribute, Span span, SeriesVisitor visitor) {
    int number = layers.find(layer);
    int name = names.find(attribute);
    return number == LayerBook.UNKNOWN
        || name == Dictionary.UNKNOWN
        || series.read(number, name, entityId, span, visitor);
  }

  @Override
  public List<FeedEntry> feed(Position after, int limit) {
    return feed.read(after, limit);
  }

  @Override
  public Position feedStart() {
    return feed.start();
  }

  @Override
  public void trimFeed(Position wanted) {
    writing.lock();
    try {
      var upTo = wanted.compareTo(feed.head()) > 0 ? feed.head() : wanted;
      if (upTo.compareTo(feed.start()) <= 0) return;
      writer.change("trimming the feed", session -> Upkeep.trim(session, layers, upTo.number()));
      feed.trimmed(upTo);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void scrubFeed(Position upTo) {
    writing.lock();
    try {
      writer.change(
          "scrubbing the feed",
          session -> {
            scrubber.scrub(session, upTo.number());
            return null;
          });
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void drop(Layer layer) {
    writing.lock();
    try {
      int number = layers.find(layer);
      if (number == LayerBook.UNKNOWN) return;
      writer.change("dropping " + layer, session -> Upkeep.drop(session, number));
      layers.dropped(layer);
      census.dropped(number);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void keep(String owner, List<Note> kept) {
    notes.keep(owner, kept);
  }

  @Override
  public Optional<byte[]> note(String owner, String key) {
    return notes.find(owner, key);
  }

  @Override
  public List<Note> notes(String owner, String prefix, String after, int limit) {
    return notes.list(owner, prefix, after, limit);
  }

  @Override
  public void backup(Path folder) {
    try (var view = views.open(feed.head())) {
      Copies.write(view, folder);
    }
  }

  @Override
  public List<String> verify() {
    writing.lock();
    try (var view = views.open(feed.head())) {
      return view.ask("checking the store", verifier::verify);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() {
    writer.close();
    readers.close();
    views.close();
  }
}
