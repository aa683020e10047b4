package plaza.store.rocksdb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.ledger.store.Slot;
import plaza.store.bytes.ByteReader;
import plaza.store.bytes.EntityCodec;
import plaza.store.bytes.StoredRows;

/// Reads slots by id.
final class SlotReader implements StoredRows.Slots {
  private final Engine engine;
  private final EntityCodec codec;

  SlotReader(Engine engine, EntityCodec codec) {
    this.engine = engine;
    this.codec = codec;
  }

  @Override
  public Optional<Slot> find(int layer, String id) {
    var bytes = engine.get(Family.STATE, Keys.state(layer, id));
    return bytes == null ? Optional.empty() : Optional.of(slot(id, bytes));
  }

  @Override
  public Map<String, Slot> findAll(int layer, Collection<String> ids) {
    var wanted = List.copyOf(ids);
    var keys = new ArrayList<byte[]>(wanted.size());
    for (var id : wanted) keys.add(Keys.state(layer, id));
    var values = engine.getAll(Family.STATE, keys);
    var found = LinkedHashMap.<String, Slot>newLinkedHashMap(wanted.size());
    for (int i = 0; i < values.size(); i++) {
      var bytes = values.get(i);
      if (bytes != null) found.put(wanted.get(i), slot(wanted.get(i), bytes));
    }
    return found;
  }

  static boolean isGone(byte[] value) {
    return value[0] == CommitWriter.GONE;
  }

  Slot slot(String id, byte[] value) {
    var entity = codec.read(new ByteReader(value, 1), id);
    return isGone(value) ? new Slot.Gone(entity) : new Slot.Present(entity);
  }
}
