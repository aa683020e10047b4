package plaza.store.rocksdb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.change.Change;
import plaza.ledger.store.Slot;
import plaza.store.bytes.ByteWriter;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.EntityCodec;
import plaza.store.bytes.HistoryCodec;
import plaza.store.bytes.Times;

/// Puts what a change recorded into the history: readings that came together as runs, the rest row
/// by row.
final class HistoryWriter {
  /// Fewer readings of one attribute and day than this are kept one by one.
  static final int SHORTEST_RUN = 4;

  private final Dictionary names;
  private final HistoryCodec codec;

  HistoryWriter(Dictionary names, HistoryCodec codec) {
    this.names = names;
    this.codec = codec;
  }

  /// What the readings of a run have in common.
  private record Alike(
      String name,
      int day,
      @Nullable String unitCode,
      @Nullable Instant createdAt,
      @Nullable Instant modifiedAt) {}

  /// @param index of the first recorded instance in its commit
  void put(
      Batch batch,
      int layer,
      boolean main,
      long position,
      int index,
      @Nullable Slot before,
      Change change) {
    var id = change.entity().id();
    var recorded = change.recorded();
    var runs = new LinkedHashMap<Alike, List<HistoryCodec.Reading>>();
    for (int i = 0; i < recorded.size(); i++) {
      var instance = recorded.get(i);
      long event = Times.eventMicros(instance);
      if (recorded.size() >= SHORTEST_RUN && fitsRun(instance))
        runs.computeIfAbsent(alike(instance, event), _ -> new ArrayList<>())
            .add(new HistoryCodec.Reading(instance, index + i, event));
      else single(batch, layer, id, position, index + i, instance, event);
    }
    runs.forEach((alike, readings) -> {
      if (readings.size() < SHORTEST_RUN)
        for (var one : readings)
          single(batch, layer, id, position, one.index(), one.attribute(), one.eventMicros());
      else {
        readings.sort(
            Comparator.comparingLong(HistoryCodec.Reading::eventMicros)
                .thenComparingInt(HistoryCodec.Reading::index));
        batch.put(
            Family.RUNS,
            Keys.run(
                layer,
                names.number(alike.name()),
                id,
                alike.day(),
                position,
                readings.getFirst().index()),
            codec.run(readings, EntityCodec.orEpoch(alike.modifiedAt())));
      }
    });
    known(batch, layer, main, position, index, before, change);
  }

  private static boolean fitsRun(Attribute instance) {
    return HistoryCodec.isPlainNumber(instance)
        && instance.observedAt() != null
        && instance.subAttributes().isEmpty()
        && instance.expiresAt() == null;
  }

  private static Alike alike(Attribute instance, long event) {
    return new Alike(
        instance.name(),
        Times.day(event),
        instance.unitCode(),
        instance.createdAt(),
        instance.modifiedAt());
  }

  private void single(
      Batch batch, int layer, String id, long position, int index, Attribute instance, long event) {
    batch.put(
        Family.HISTORY,
        Keys.history(layer, names.number(instance.name()), id, event, position, index),
        codec.single(instance));
  }

  /// Remembers the attributes recorded here for the first time. On a main branch those of the state
  /// have been recorded before; a branch may have its state from its parent.
  private void known(
      Batch batch,
      int layer,
      boolean main,
      long position,
      int index,
      @Nullable Slot before,
      Change change) {
    var fresh = new LinkedHashSet<String>();
    for (var instance : change.recorded()) fresh.add(instance.name());
    if (main && before != null) fresh.removeIf(before.entity()::has);
    if (fresh.isEmpty()) return;
    var out = new ByteWriter(fresh.size() * 2);
    for (var name : fresh) out.varint(names.number(name));
    batch.put(
        Family.KNOWN, Keys.known(layer, change.entity().id(), position, index), out.toBytes());
  }
}
