package plaza.store.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

/// A store in one schema of a PostgreSQL database. Its tables stand in this room's README.
public final class PostgresStore extends StoreFrame {
  private final Books books;
  private final Readers readers;
  private final Views views;
  private final Writer writer;
  private final CommitWriter commits;
  private final HistoryEraser eraser;
  private final FeedScrubber scrubber;
  private final Notes notes;
  private final Probe probe;
  private final Verifier verifier;

  /// Opens the store in a schema, or makes a new one there.
  ///
  /// @throws StoreFailure when the database cannot be reached, the schema is in use or was written
  ///   by a newer Plaza
  public static PostgresStore open(PostgresOptions options) {
    return new PostgresStore(options);
  }

  private PostgresStore(PostgresOptions options) {
    var sessions = new Sessions(options);
    var writer = new Writer(sessions);
    var readers = new Readers(sessions);
    var views = new Views(sessions);
    var books = new Books();
    var entities = new EntityCodec(books.names());
    var histories = new HistoryCodec(entities);
    var feeds = new FeedCodec(books.names(), entities);
    var lookups = new Lookups(books.names());
    var slots = new SlotReader(readers, entities);
    var erasures = new Erasures(readers, books.names());
    var notes = new Notes(readers);
    super(
        books,
        new StoredRows(
            slots,
            new Scans(views, slots, new Planner(books), books.feed()),
            new HistoryReader(readers, books.names(), histories),
            new SeriesReader(readers),
            erasures,
            new Timers(readers, books.layers()),
            new FeedLog(readers, feeds),
            notes));
    this.books = books;
    this.readers = readers;
    this.views = views;
    this.writer = writer;
    this.notes = notes;
    probe = new Probe(sessions);
    commits = new CommitWriter(books, entities, histories, feeds, lookups);
    eraser = new HistoryEraser(books.names(), histories);
    scrubber = new FeedScrubber(books.layers(), erasures, feeds);
    verifier =
        new Verifier(
            books,
            histories,
            new SlotVerifier(books.names(), slots, lookups),
            new FeedVerifier(books, slots, feeds, erasures));
    try {
      load();
    } catch (StoreFailure e) {
      close();
      throw e;
    }
  }

  private void load() {
    try (var view = views.open(Position.START)) {
      view.ask(
          "reading names and counters",
          session -> {
            BookRows.load(session, books);
            return true;
          });
    }
  }

  @Override
  protected void settle() {
    if (writer.wasStored(head().number())) load();
  }

  @Override
  protected boolean regain() {
    if (trouble() != null) return false;
    settle();
    return writer.regain(head().number());
  }

  @Override
  public @Nullable String trouble() {
    return probe.trouble();
  }

  @Override
  protected void write(List<Commit> appended) {
    var batch = commits.batch(appended);
    var last = appended.getLast();
    writer.append(
        head().number(),
        last.position().number(),
        session -> {
          erase(session, last);
          batch.execute(session);
          return null;
        });
  }

  private void erase(Connection session, Commit commit) throws SQLException {
    if (commit.revisions().isEmpty()) return;
    session.setAutoCommit(false);
    for (var revision : commit.revisions())
      eraser.erase(session, books.layers().number(revision.layer()), revision);
  }

  @Override
  protected void trim(Position upTo) {
    writer.change(
        "trimming the feed", session -> Upkeep.trim(session, books.layers(), upTo.number()));
  }

  @Override
  public void scrubFeed(Position upTo) {
    alone(() ->
        writer.change(
            "scrubbing the feed",
            session -> {
              scrubber.scrub(session, upTo.number());
              return null;
            }));
  }

  @Override
  protected void drop(Layer layer, int number) {
    writer.change("dropping " + layer, session -> Upkeep.drop(session, number));
  }

  @Override
  public void keep(String owner, List<Note> kept) {
    notes.keep(owner, kept);
  }

  @Override
  protected void copy(Path emptyFolder) throws IOException {
    try (var view = views.open(head())) {
      Copies.write(view, emptyFolder);
    }
  }

  @Override
  protected List<String> check() {
    try (var view = views.open(head())) {
      return view.ask("checking the store", verifier::verify);
    }
  }

  @Override
  public void close() {
    writer.close();
    readers.close();
    views.close();
    probe.close();
  }
}
