package plaza.store.rocksdb;

import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.ledger.store.Commit;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Slot;
import plaza.store.bytes.Books;
import plaza.store.bytes.ByteWriter;
import plaza.store.bytes.EntityCodec;
import plaza.store.bytes.FeedCodec;

/// Turns commits into one batch: state, indexes, histories, feed, notes and counters. For the
/// appending thread.
final class CommitWriter {
  static final int PRESENT = 0;
  static final int GONE = 1;

  private final Books books;
  private final EntityCodec entities;
  private final FeedCodec feed;
  private final IndexEntries indexes;
  private final HistoryWriter history;
  private final HistoryEraser eraser;

  CommitWriter(
      Books books,
      EntityCodec entities,
      FeedCodec feed,
      IndexEntries indexes,
      HistoryWriter history,
      HistoryEraser eraser) {
    this.books = books;
    this.entities = entities;
    this.feed = feed;
    this.indexes = indexes;
    this.history = history;
    this.eraser = eraser;
  }

  Batch batch(List<Commit> commits) {
    var batch = new Batch();
    var told = new ByteWriter(2048);
    var state = new ByteWriter(2048);
    for (var commit : commits) {
      feed.head(told.clear(), commit);
      int index = 0;
      for (var step : commit.steps()) {
        var change = step.change();
        slot(batch, state, commit.layer(), step.before(), step.after());
        feed.change(told, change, commit.at(), state, 1);
        history.put(
            batch,
            books.layers().number(commit.layer()),
            commit.layer().isMain(),
            commit.position().number(),
            index,
            step.before(),
            change);
        index += change.recorded().size();
      }
      for (var revision : commit.revisions()) revise(batch, state, told, commit, revision);
      for (var shadow : commit.shadows()) slot(batch, state, shadow.layer(), null, shadow.slot());
      for (var kept : commit.kept()) Notes.put(batch, kept.owner(), kept.notes());
      batch.put(Family.FEED, Keys.feed(commit.position().number()), told.array(), 0, told.size());
    }
    BookRows.save(books, batch);
    return batch;
  }

  private void revise(
      Batch batch, ByteWriter state, ByteWriter told, Commit commit, Commit.Revision revision) {
    int layer = books.layers().number(revision.layer());
    var after = revision.after();
    if (revision.changesSlot()) {
      if (after != null) slot(batch, state, revision.layer(), revision.before(), after);
      else {
        batch.delete(Family.STATE, Keys.state(layer, revision.entityId()));
        indexes.change(batch, layer, revision.before(), null);
        books.count(layer, revision.before(), null);
      }
    }
    var change = revision.told();
    if (change != null) {
      entities.write(state.clear().u8(PRESENT), change.entity());
      feed.change(told, change, commit.at(), state, 1);
    }
    eraser.erase(batch, layer, commit.position().number(), revision);
  }

  private void slot(Batch batch, ByteWriter state, Layer layer, @Nullable Slot before, Slot after) {
    int number = books.layers().number(layer);
    var entity = after.entity();
    entities.write(state.clear().u8(after instanceof Slot.Gone ? GONE : PRESENT), entity);
    batch.put(Family.STATE, Keys.state(number, entity.id()), state.array(), 0, state.size());
    indexes.change(batch, number, before, after);
    books.count(number, before, after);
  }
}
