package plaza.store.rocksdb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import plaza.ledger.store.Commit;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Note;
import plaza.ledger.store.Position;
import plaza.ledger.store.StoreFailure;
import plaza.store.bytes.Books;
import plaza.store.bytes.EntityCodec;
import plaza.store.bytes.FeedCodec;
import plaza.store.bytes.HistoryCodec;
import plaza.store.bytes.StoreFrame;
import plaza.store.bytes.StoredRows;

/// A store in one folder of this machine, on RocksDB. The layout of its keys stands in this room's
/// README.
public final class RocksStore extends StoreFrame {
  private final Engine engine;
  private final Books books;
  private final CommitWriter writer;
  private final Erasures erasures;
  private final FeedScrubber scrubber;
  private final Verifier verifier;

  /// Opens the store in a folder, or makes a new one there.
  ///
  /// @throws StoreFailure when the folder is in use, holds something else, or was written by a
  ///   newer Plaza
  public static RocksStore open(Path folder, RocksOptions options) {
    int format = DataFolder.prepare(folder);
    var engine = new Engine(folder, options);
    var books = new Books();
    BookRows.load(engine, books);
    var entities = new EntityCodec(books.names());
    var indexes = new IndexEntries(books.names());
    var slots = new SlotReader(engine, entities);
    if (format < DataFolder.FORMAT) {
      new Upgrade(engine, books.layers(), indexes, format).run(slots);
      DataFolder.upgraded(folder);
    }
    return new RocksStore(engine, books, entities, indexes, slots);
  }

  private RocksStore(
      Engine engine, Books books, EntityCodec entities, IndexEntries indexes, SlotReader slots) {
    var histories = new HistoryCodec(entities);
    var feeds = new FeedCodec(books.names(), entities);
    var erasures = new Erasures(engine, books.names());
    super(
        books,
        new StoredRows(
            slots,
            new Scans(engine, slots, new Planner(books)),
            new HistoryReader(engine, books.names(), histories),
            new SeriesReader(engine),
            erasures,
            new Timers(engine, books.layers(), indexes),
            new FeedLog(engine, feeds),
            new Notes(engine)));
    this.engine = engine;
    this.books = books;
    this.erasures = erasures;
    writer =
        new CommitWriter(
            books,
            entities,
            feeds,
            indexes,
            new HistoryWriter(books.names(), histories),
            new HistoryEraser(engine, books.names(), histories, erasures));
    scrubber = new FeedScrubber(engine, books.layers(), erasures, feeds);
    verifier =
        new Verifier(
            engine,
            books,
            histories,
            new SlotVerifier(engine, books, slots, indexes),
            new FeedVerifier(engine, books, slots, feeds, erasures));
  }

  @Override
  protected void write(List<Commit> commits) {
    engine.write(writer.batch(commits));
  }

  @Override
  protected void trim(Position upTo) {
    var batch = new Batch();
    FeedLog.trim(batch, feedStart(), upTo);
    for (var layer : layers())
      if (layer.isMain()) erasures.trim(batch, books.layers().find(layer), upTo.number());
    engine.write(batch);
  }

  @Override
  public void scrubFeed(Position upTo) {
    scrubber.scrub(feedStart().number(), upTo.number(), this::replaceFeed);
  }

  private void replaceFeed(Map<Long, byte[]> entries) {
    alone(() -> {
      var batch = new Batch();
      entries.forEach((position, value) -> {
        if (position > feedStart().number()) batch.put(Family.FEED, Keys.feed(position), value);
      });
      if (!batch.isEmpty()) engine.write(batch);
    });
  }

  @Override
  protected void drop(Layer layer, int number) {
    var batch = new Batch();
    var from = Keys.layer(number);
    for (var family : Family.values())
      if (family.isLayered()) batch.deleteRange(family, from, Engine.after(from));
    BookRows.drop(books, batch, number);
    engine.write(batch);
  }

  @Override
  public void keep(String owner, List<Note> kept) {
    var batch = new Batch();
    Notes.put(batch, owner, kept);
    if (!batch.isEmpty()) engine.writeUnsynced(batch);
  }

  @Override
  protected void copy(Path emptyFolder) throws IOException {
    engine.checkpoint(DataFolder.data(emptyFolder));
    DataFolder.write(emptyFolder);
  }

  @Override
  protected List<String> check() {
    return verifier.verify();
  }

  @Override
  public void close() {
    engine.close();
  }
}
