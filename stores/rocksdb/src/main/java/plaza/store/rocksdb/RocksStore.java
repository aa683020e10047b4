package plaza.store.rocksdb;

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
import java.util.function.BiConsumer;
import java.util.function.Predicate;
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

/// A store in one folder of this machine, on RocksDB. The layout of its keys stands in this room's
/// README.
public final class RocksStore implements Store {
  private final Engine engine;
  private final Dictionary names = new Dictionary();
  private final LayerBook layers = new LayerBook();
  private final Census census = new Census();
  private final CommitWriter writer;
  private final SlotReader slots;
  private final IndexEntries indexes;
  private final Timers timers;
  private final Planner planner;
  private final Scans scans;
  private final HistoryReader history;
  private final Erasures erasures;
  private final SeriesReader series;
  private final FeedLog feed;
  private final FeedScrubber scrubber;
  private final Notes notes;
  private final Verifier verifier;
  // Appending, trimming and dropping change the same counters and numbers.
  private final ReentrantLock writing = new ReentrantLock();

  /// Opens the store in a folder, or makes a new one there.
  ///
  /// @throws StoreFailure when the folder is in use, holds something else, or was written by a
  ///   newer Plaza
  public static RocksStore open(Path folder, RocksOptions options) {
    int format = DataFolder.prepare(folder);
    var store = new RocksStore(folder, options);
    if (format < DataFolder.FORMAT) {
      new Upgrade(store.engine, store.layers, store.indexes, format).run(store.slots);
      store.timers.load();
      DataFolder.upgraded(folder);
    }
    return store;
  }

  private RocksStore(Path folder, RocksOptions options) {
    engine = new Engine(folder, options);
    var entities = new EntityCodec(names);
    var histories = new HistoryCodec(entities);
    var feeds = new FeedCodec(names, entities);
    indexes = new IndexEntries(names);
    timers = new Timers(engine, layers, indexes);
    erasures = new Erasures(engine, names);
    writer =
        new CommitWriter(
            names,
            layers,
            census,
            entities,
            feeds,
            indexes,
            new HistoryWriter(names, histories),
            new HistoryEraser(engine, names, histories, erasures));
    slots = new SlotReader(engine, entities);
    planner = new Planner(names, census);
    scans = new Scans(engine, slots);
    history = new HistoryReader(engine, names, histories);
    series = new SeriesReader(engine);
    feed = new FeedLog(engine, feeds);
    scrubber = new FeedScrubber(engine, layers, erasures, entities, feeds);
    notes = new Notes(engine);
    verifier =
        new Verifier(
            engine,
            names,
            layers,
            histories,
            feed,
            new SlotVerifier(engine, names, census, slots, indexes),
            new FeedVerifier(engine, layers, slots, feeds, feed, erasures));
    load(NameRows.prefix(), (key, value) -> NameRows.load(names, key, value));
    load(LayerBook.prefix(), layers::load);
    load(Census.prefix(), census::load);
    feed.load();
    timers.load();
  }

  private void load(byte[] prefix, BiConsumer<byte[], byte[]> into) {
    try (var view = engine.view()) {
      var rows = view.iterator(Family.META, Engine.after(prefix));
      for (rows.seek(prefix); rows.isValid(); rows.next()) into.accept(rows.key(), rows.value());
      Engine.requireGood(rows, "reading names and counters");
    }
  }

  @Override
  public void append(List<Commit> commits) {
    if (commits.isEmpty()) return;
    writing.lock();
    try {
      requireNoGap(commits);
      engine.write(writer.batch(commits));
      names.saved();
      layers.saved();
      census.saved();
      feed.appended(commits.getLast().position());
    } finally {
      census.forget();
      writing.unlock();
    }
  }

  private void requireNoGap(List<Commit> commits) {
    if (commits.size() > 1)
      for (var commit : commits)
        if (!commit.revisions().isEmpty())
          throw new StoreFailure("a commit that revises history must be appended alone");
    var position = feed.head();
    for (var commit : commits) {
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
    return number == LayerBook.UNKNOWN ? Map.of() : slots.findAll(number, entityIds);
  }

  @Override
  public Scan scan(Layer layer, Query query, boolean gone) {
    int number = layers.find(layer);
    return number == LayerBook.UNKNOWN
        ? Scan.of(List.<plaza.graph.Entity>of().iterator())
        : scans.open(number, planner.path(number, query, gone), gone);
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
    int number = layers.find(layer);
    int name = names.find(attribute);
    return number == LayerBook.UNKNOWN
        || name == Dictionary.UNKNOWN
        || series.read(Keys.attribute(number, name), false, span, visitor);
  }

  @Override
  public boolean series(
      Layer layer, String entityId, String attribute, Span span, SeriesVisitor visitor) {
    int number = layers.find(layer);
    int name = names.find(attribute);
    return number == LayerBook.UNKNOWN
        || name == Dictionary.UNKNOWN
        || series.read(Keys.entity(number, name, entityId).toBytes(), true, span, visitor);
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
  public void trimFeed(Position upTo) {
    writing.lock();
    try {
      var batch = new Batch();
      var newStart = feed.trim(batch, upTo);
      if (newStart == null) return;
      for (var layer : layers.all())
        if (layer.isMain()) erasures.trim(batch, layers.find(layer), newStart.number());
      engine.write(batch);
      feed.trimmed(newStart);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void scrubFeed(Position upTo) {
    scrubber.scrub(feed.start().number(), upTo.number(), this::replaceFeed);
  }

  private void replaceFeed(Map<Long, byte[]> entries) {
    writing.lock();
    try {
      var batch = new Batch();
      entries.forEach((position, value) -> {
        if (position > feed.start().number()) batch.put(Family.FEED, Keys.feed(position), value);
      });
      if (!batch.isEmpty()) engine.write(batch);
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
      var batch = new Batch();
      var from = Keys.layer(number);
      for (var family : Family.values())
        if (family.isLayered()) batch.deleteRange(family, from, Engine.after(from));
      layers.drop(batch, layer);
      census.drop(batch, number);
      engine.write(batch);
      layers.dropped(layer);
      census.dropped(number);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void keep(String owner, List<Note> kept) {
    var batch = new Batch();
    Notes.put(batch, owner, kept);
    if (!batch.isEmpty()) engine.writeUnsynced(batch);
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
    try {
      Files.createDirectories(folder);
      try (var files = Files.list(folder)) {
        if (files.findAny().isPresent())
          throw new StoreFailure(
              "the backup folder " + folder + " is not empty; name an empty or absent one");
      }
      engine.checkpoint(DataFolder.data(folder));
      DataFolder.write(folder);
    } catch (IOException e) {
      throw new StoreFailure("writing a backup to " + folder, e);
    }
  }

  @Override
  public List<String> verify() {
    writing.lock();
    try {
      return verifier.verify();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
