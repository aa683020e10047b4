package plaza.store.rocksdb;

import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.TypedValue;
import plaza.ledger.store.Slot;
import plaza.store.bytes.LayerBook;

/// Brings the indexes of a folder of an older format up to this one, in one pass over all that is
/// there.
final class Upgrade {
  /// From here on what ends has rows of its own.
  private static final int TIMERS = 2;

  /// From here on typed values are indexed by what they hold.
  private static final int TYPED_VALUES = 3;

  private static final int ENTITIES_PER_BATCH = 10_000;

  private final Engine engine;
  private final LayerBook layers;
  private final IndexEntries indexes;
  private final int from;

  Upgrade(Engine engine, LayerBook layers, IndexEntries indexes, int from) {
    this.engine = engine;
    this.layers = layers;
    this.indexes = indexes;
    this.from = from;
  }

  void run(SlotReader slots) {
    for (var layer : layers.all()) {
      int number = layers.find(layer);
      var prefix = Keys.layer(number);
      var batch = new Batch();
      int waiting = 0;
      try (var view = engine.view()) {
        var rows = view.iterator(Family.STATE, Engine.after(prefix), 1 << 20);
        for (rows.seek(prefix); rows.isValid(); rows.next()) {
          if (!add(number, slots.slot(Keys.stateId(rows.key()), rows.value()), batch)) continue;
          if (++waiting % ENTITIES_PER_BATCH != 0) continue;
          engine.write(batch);
          batch = new Batch();
        }
        Engine.requireGood(rows, "reading what is to be indexed anew");
      }
      if (!batch.isEmpty()) engine.write(batch);
    }
  }

  /// Whether the entity lacked rows.
  private boolean add(int layer, Slot slot, Batch batch) {
    boolean ends =
        from < TIMERS && !(slot instanceof Slot.Gone) && slot.entity().nextExpiry() != null;
    boolean typed = from < TYPED_VALUES && isTyped(slot.entity());
    if (!ends && !typed) return false;
    if (typed) indexes.forgetPresence(batch, layer, slot);
    for (var row : indexes.rows(layer, slot))
      if ((ends && row.family() == Family.TIMERS) || (typed && row.family() == Family.VALUES))
        batch.put(row.family(), row.key(), row.value());
    return true;
  }

  private static boolean isTyped(Entity entity) {
    return entity.attributes().stream().map(Attribute::content).anyMatch(Upgrade::isTyped);
  }

  private static boolean isTyped(Content content) {
    return switch (content) {
      case Content.Property(var value) -> TypedValue.isIn(value);
      case Content.JsonProperty(var value) -> TypedValue.isIn(value);
      case Content.ListProperty(var values) -> values.stream().anyMatch(TypedValue::isIn);
      case Content.GeoProperty _,
          Content.LanguageProperty _,
          Content.VocabProperty _,
          Content.Relationship _,
          Content.ListRelationship _ ->
          false;
    };
  }
}
