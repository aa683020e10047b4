package plaza.store.rocksdb;

import plaza.store.bytes.ByteWriter;

/// Builds RocksDB's write batch in its stored form (the one its log has), so that thousands of puts
/// cross into native code once.
///
/// The form is stable: every RocksDB must read the logs of those before it. A twelve-byte head
/// (sequence, set by the engine; count of records), then records of a tag, the family's number and
/// length-prefixed keys and values.
final class Batch {
  private static final int HEAD = 12;
  private static final int PUT = 0x5;
  private static final int DELETE = 0x4;
  private static final int DELETE_RANGE = 0xE;
  private static final int DEFAULT_PUT = 0x1;
  private static final int DEFAULT_DELETE = 0x0;

  private final ByteWriter out = new ByteWriter(16 * 1024);
  private int records;

  Batch() {
    out.raw(new byte[HEAD]);
  }

  boolean isEmpty() {
    return records == 0;
  }

  void put(Family family, byte[] key, byte[] value) {
    put(family, key, value, 0, value.length);
  }

  void put(Family family, byte[] key, byte[] value, int from, int length) {
    head(family, PUT, DEFAULT_PUT);
    out.varint(key.length).raw(key).varint(length).raw(value, from, length);
  }

  void delete(Family family, byte[] key) {
    head(family, DELETE, DEFAULT_DELETE);
    out.varint(key.length).raw(key);
  }

  /// @param from inclusive
  /// @param until exclusive
  void deleteRange(Family family, byte[] from, byte[] until) {
    if (family == Family.META) throw new IllegalArgumentException("names are never forgotten");
    head(family, DELETE_RANGE, DELETE_RANGE);
    out.varint(from.length).raw(from).varint(until.length).raw(until);
  }

  private void head(Family family, int tag, int defaultTag) {
    records++;
    if (family == Family.META) out.u8(defaultTag);
    else out.u8(tag).varint(family.number());
  }

  byte[] toBytes() {
    var bytes = out.toBytes();
    for (int i = 0; i < 4; i++) bytes[8 + i] = (byte) (records >>> (8 * i));
    return bytes;
  }
}
