package plaza.ledger.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.query.Query;

/// Keeps what the city is, what it was, and in which order it changed.
///
/// One thread appends; any number read at the same time. State, history, indexes and feed of a
/// commit appear together. What [#append] has returned from survives kill -9 and power loss. All
/// methods may throw [StoreFailure] when the engine or its disk fails.
public interface Store extends AutoCloseable {

  /// Makes all commits durable (synced) and visible, with the notes they keep, or throws and leaves
  /// nothing. Positions follow on [#head] without gap. A commit with revisions comes alone.
  void append(List<Commit> commits);

  /// The position of the last commit; [Position#START] when there is none.
  Position head();

  Optional<Slot> find(Layer layer, String entityId);

  /// The slots of those ids that the layer has, present or gone.
  Map<String, Slot> findAll(Layer layer, Collection<String> entityIds);

  /// A superset of the layer's entities that match the query, each once, in an order that is the
  /// same for equal queries while the data rests. The caller decides with the evaluator and closes
  /// the scan.
  ///
  /// @param gone deleted entities too, as they were last
  Scan scan(Layer layer, Query query, boolean gone);

  /// Exactly how many present entities match, when the engine knows without looking at each.
  OptionalLong count(Layer layer, Query query);

  /// Expanded names of the types that present entities of the layer have.
  Set<String> types(Layer layer);

  /// Layers that hold anything.
  Set<Layer> layers();

  /// The history of one attribute of one entity (all datasetIds), by event time then position.
  ///
  /// @param newestFirst descending
  /// @param limit at most this many; the nearest to the end where the order begins
  List<Recorded> history(
      Layer layer, String entityId, String attribute, Span span, boolean newestFirst, int limit);

  /// Expanded names of all attributes the entity ever had in this layer.
  Set<String> historyAttributes(Layer layer, String entityId);

  /// The instance of an attribute that was recorded at a place; a look through all of them.
  Optional<Recorded> findRecorded(
      Layer layer, String entityId, String attribute, Recorded.Place place);

  /// Which instances of an entity were erased in a branch's layer, where they may come back from
  /// its parent. None for main branches.
  Predicate<Recorded> erased(Layer layer, String entityId);

  /// Present entities of which something has ended by a moment (clause 4.22), those of a layer by
  /// when; found by an index.
  List<Due> due(Instant until, int limit);

  /// Something of an entity ends.
  record Due(Layer layer, String entityId, Instant at) {}

  /// The numeric values (default datasetId, not deleted) of one attribute over all entities.
  ///
  /// @param span by event time
  /// @return whether they tell all: every instance of the span that is not deleted is such a number
  ///   and was observed
  boolean series(Layer layer, String attribute, Span span, SeriesVisitor visitor);

  /// The same of one entity.
  boolean series(Layer layer, String entityId, String attribute, Span span, SeriesVisitor visitor);

  /// Entries after a position, oldest first.
  List<FeedEntry> feed(Position after, int limit);

  /// The oldest position the feed still holds the successor of; earlier consumers must start over.
  Position feedStart();

  /// Forgets feed entries up to and including a position; state and history stay.
  void trimFeed(Position upTo);

  /// Takes out of feed entries up to a position what they still tell of evolutions and attributes
  /// of main branches that were erased by then ([FeedEntry#without]). For entries that every
  /// consumer has dealt with. Cheap when nothing was erased since it was last asked.
  void scrubFeed(Position upTo);

  /// Forgets everything a branch's layer holds.
  void drop(Layer layer);

  /// Keeps all notes of an owner together or none. Survives kill -9; what must survive power loss
  /// too goes with a commit.
  void keep(String owner, List<Note> notes);

  Optional<byte[]> note(String owner, String key);

  /// Notes whose key begins with a prefix and comes after another key, in key order (UTF-8 bytes).
  List<Note> notes(String owner, String prefix, String after, int limit);

  /// Writes a consistent copy of the store into an empty or absent folder, while running.
  void backup(Path folder);

  /// Reads everything and checks checksums and that state, history, indexes and feed agree.
  ///
  /// @return one sentence per fault; empty when all is well
  List<String> verify();

  /// Why it cannot be read or written now, in a sentence that anybody may see; null when nothing is
  /// known to be wrong. For probes: it answers within seconds, whatever is wrong.
  default @Nullable String trouble() {
    return null;
  }

  /// Comes back after an append has failed. Called by the appending thread, every second while it
  /// has nothing to append.
  ///
  /// @return whether the store is itself again; false when that is not so, and when only the next
  ///   append can tell
  default boolean recover() {
    return false;
  }

  @Override
  void close();
}
