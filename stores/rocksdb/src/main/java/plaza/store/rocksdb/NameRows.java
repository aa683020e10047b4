package plaza.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import plaza.store.bytes.ByteReader;
import plaza.store.bytes.ByteWriter;
import plaza.store.bytes.Dictionary;

/// The rows of [Dictionary].
final class NameRows {
  private static final int KEY = 'n';

  private NameRows() {}

  static byte[] prefix() {
    return new byte[] {KEY};
  }

  static void load(Dictionary names, byte[] key, byte[] value) {
    names.load(new ByteReader(key, 1).i32(), new String(value, UTF_8));
  }

  /// Puts new names into a batch.
  static void save(Dictionary names, Batch batch) {
    for (int number : names.unsaved())
      batch.put(
          Family.META,
          new ByteWriter(5).u8(KEY).i32(number).toBytes(),
          names.name(number).getBytes(UTF_8));
  }
}
