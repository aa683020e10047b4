package plaza.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Refusal;
import plaza.graph.change.Change;
import plaza.ledger.store.Commit;
import plaza.ledger.store.Erasure;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Note;
import plaza.ledger.store.Slot;
import plaza.store.bytes.Books;
import plaza.store.bytes.ByteWriter;
import plaza.store.bytes.EntityCodec;
import plaza.store.bytes.FeedCodec;
import plaza.store.bytes.HistoryCodec;
import plaza.store.bytes.Mark;
import plaza.store.bytes.Times;

/// Turns commits into one batch: state, lookups, histories, feed, notes and counters. For the
/// appending thread.
final class CommitWriter {
  /// An index of PostgreSQL holds no longer keys than about 2,700 bytes.
  private static final int LONGEST_ID = 2_400;

  private final Books books;
  private final EntityCodec entities;
  private final HistoryCodec histories;
  private final FeedCodec feed;
  private final Lookups lookups;

  CommitWriter(
      Books books, EntityCodec entities, HistoryCodec histories, FeedCodec feed, Lookups lookups) {
    this.books = books;
    this.entities = entities;
    this.histories = histories;
    this.feed = feed;
    this.lookups = lookups;
  }

  Batch batch(List<Commit> commits) {
    var batch = new Batch();
    for (var commit : commits) add(batch, commit);
    BookRows.save(books, batch);
    return batch;
  }

  private void add(Batch batch, Commit commit) {
    long position = commit.position().number();
    var told = new ByteWriter(2_048);
    feed.head(told, commit);
    int index = 0;
    for (var step : commit.steps()) {
      var change = step.change();
      var state = slot(batch, commit.layer(), step.before(), step.after());
      feed.change(told, change, commit.at(), state, 0);
      record(batch, commit.layer(), position, index, step.before(), change);
      index += change.recorded().size();
    }
    for (var revision : commit.revisions()) revise(batch, told, commit, revision);
    for (var shadow : commit.shadows()) slot(batch, shadow.layer(), null, shadow.slot());
    for (var kept : commit.kept()) keep(batch, kept.owner(), kept.notes());
    var body = told.toBytes();
    batch.add(Part.FEED, position, Prints.ofFeed(position, body), body);
  }

  static void keep(Batch batch, String owner, List<Note> notes) {
    for (var note : notes) batch.note(owner, note.key().getBytes(UTF_8), note.value());
  }

  /// @return the entity as bytes
  private ByteWriter slot(Batch batch, Layer layer, @Nullable Slot before, Slot after) {
    int number = books.layers().number(layer);
    var entity = after.entity();
    requireShort(entity.id());
    boolean gone = after instanceof Slot.Gone;
    var body = new ByteWriter(1_024);
    entities.write(body, entity);
    batch.state(number, entity.id(), gone, ends(after), body.toBytes());
    lookups.change(batch, number, before, after);
    books.count(number, before, after);
    return body;
  }

  /// A refusal, not a failure: it must not take the other writes of the group with it.
  private static void requireShort(String id) {
    if (id.length() > LONGEST_ID / 3 && id.getBytes(UTF_8).length > LONGEST_ID)
      throw new Refusal.Invalid(
          "an entity id must have at most "
              + LONGEST_ID
              + " bytes on PostgreSQL: "
              + id.substring(0, 80)
              + "…");
  }

  /// When something of a slot ends, in microseconds; null for never.
  static @Nullable Long ends(Slot slot) {
    var ends = slot instanceof Slot.Present(var entity) ? entity.nextExpiry() : null;
    return ends == null ? null : Times.micros(ends);
  }

  /// @param from the index of the first recorded instance in its commit
  private void record(
      Batch batch, Layer layer, long position, int from, @Nullable Slot before, Change change) {
    int number = books.layers().number(layer);
    var id = change.entity().id();
    int index = from;
    var fresh = new LinkedHashSet<String>();
    for (var instance : change.recorded()) {
      history(batch, number, id, position, index++, instance);
      // On a main branch what the state has was recorded before; a branch may have it from its
      // parent.
      if (!layer.isMain() || before == null || !before.entity().has(instance.name()))
        fresh.add(instance.name());
    }
    for (var name : fresh) batch.add(Part.KNOWN, number, books.names().number(name), id);
  }

  private void history(
      Batch batch, int layer, String id, long position, int index, Attribute instance) {
    long event = Times.eventMicros(instance);
    var body = histories.single(instance);
    batch.add(
        Part.HISTORY,
        layer,
        books.names().number(instance.name()),
        id,
        event,
        position,
        index,
        number(instance),
        isComplete(instance),
        Prints.ofHistory(id, event, position, index, body),
        body);
  }

  /// What an instance adds to a series; null when it is no plain number.
  static @Nullable Double number(Attribute instance) {
    return HistoryCodec.isPlainNumber(instance)
            && instance.content() instanceof Content.Property(var value)
        ? (Double) value.asNumber()
        : null;
  }

  /// Whether a series tells all that the instance says.
  static boolean isComplete(Attribute instance) {
    return instance.deletedAt() != null
        || (HistoryCodec.isPlainNumber(instance) && instance.observedAt() != null);
  }

  private void revise(Batch batch, ByteWriter told, Commit commit, Commit.Revision revision) {
    int layer = books.layers().number(revision.layer());
    var after = revision.after();
    if (revision.changesSlot()) {
      if (after != null) slot(batch, revision.layer(), revision.before(), after);
      else {
        batch.vanish(layer, revision.entityId());
        lookups.change(batch, layer, revision.before(), null);
        books.count(layer, revision.before(), null);
      }
    }
    var erasure = revision.erasure();
    if (erasure != null) erase(batch, layer, commit, revision.entityId(), erasure);
    var change = revision.told();
    if (change == null) return;
    var state = new ByteWriter(1_024);
    entities.write(state, change.entity());
    feed.change(told, change, commit.at(), state, 0);
  }

  /// What an erasure leaves: a mark, and what was put right.
  private void erase(Batch batch, int layer, Commit commit, String id, Erasure erasure) {
    batch.add(
        Part.ERASED, layer, id, commit.position().number(), Mark.bytes(books.names(), erasure));
    if (!(erasure instanceof Erasure.Instance(var old, var corrected)) || corrected == null) return;
    history(batch, layer, id, old.position().number(), old.index(), corrected);
    batch.add(Part.KNOWN, layer, books.names().number(corrected.name()), id);
  }
}
