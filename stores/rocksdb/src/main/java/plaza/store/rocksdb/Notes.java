package plaza.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import plaza.ledger.store.Note;
import plaza.store.bytes.ByteWriter;
import plaza.store.bytes.StoredRows;

/// What consumers and links remember: by owner, then by key.
final class Notes implements StoredRows.Notes {
  private final Engine engine;

  Notes(Engine engine) {
    this.engine = engine;
  }

  static void put(Batch batch, String owner, List<Note> notes) {
    for (var note : notes) {
      var value = note.value();
      if (value == null) batch.delete(Family.NOTES, key(owner, note.key()));
      else batch.put(Family.NOTES, key(owner, note.key()), value);
    }
  }

  @Override
  public Optional<byte[]> find(String owner, String key) {
    return Optional.ofNullable(engine.get(Family.NOTES, key(owner, key)));
  }

  @Override
  public List<Note> list(String owner, String prefix, String after, int limit) {
    var from = key(owner, prefix);
    var next = new ByteWriter(64).raw(key(owner, after)).u8(0).toBytes();
    int head = key(owner, "").length;
    var found = new ArrayList<Note>();
    try (var view = engine.view()) {
      var end = prefix.isEmpty() ? Engine.after(key(owner, "")) : Engine.after(from);
      var rows = view.iterator(Family.NOTES, end);
      rows.seek(Arrays.compareUnsigned(from, next) >= 0 ? from : next);
      for (; rows.isValid() && found.size() < limit; rows.next()) {
        var key = rows.key();
        found.add(new Note(new String(key, head, key.length - head, UTF_8), rows.value()));
      }
      Engine.requireGood(rows, "reading the notes of " + owner);
    }
    return found;
  }

  private static byte[] key(String owner, String key) {
    var name = owner.getBytes(UTF_8);
    return new ByteWriter(4 + name.length + key.length())
        .i32(name.length)
        .raw(name)
        .tail(key)
        .toBytes();
  }
}
