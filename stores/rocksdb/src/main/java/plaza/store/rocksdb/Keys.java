package plaza.store.rocksdb;

import plaza.store.bytes.ByteReader;
import plaza.store.bytes.ByteWriter;

/// The keys of what is not an index. Ids never hold a zero byte, so a zero ends them where
/// something follows.
final class Keys {
  private Keys() {}

  static byte[] layer(int layer) {
    return new ByteWriter(4).i32(layer).toBytes();
  }

  static byte[] state(int layer, String id) {
    return new ByteWriter(4 + id.length()).i32(layer).tail(id).toBytes();
  }

  /// Where the id begins in a key of [Family#STATE].
  static String stateId(byte[] key) {
    return new ByteReader(key, 4).tail();
  }

  /// All rows of one attribute of a layer, in [Family#HISTORY] and [Family#RUNS].
  static byte[] attribute(int layer, int attribute) {
    return new ByteWriter(8).i32(layer).i32(attribute).toBytes();
  }

  /// All rows of one attribute of one entity.
  static ByteWriter entity(int layer, int attribute, String id) {
    return new ByteWriter(32 + id.length()).i32(layer).i32(attribute).tail(id).u8(0);
  }

  static byte[] history(
      int layer, int attribute, String id, long eventMicros, long position, int index) {
    return entity(layer, attribute, id).sorted(eventMicros).i64(position).i32(index).toBytes();
  }

  /// What follows the id in a key of [Family#HISTORY]: event time, position, index.
  static final int HISTORY_TAIL = 8 + 8 + 4;

  static byte[] run(int layer, int attribute, String id, int day, long position, int index) {
    return entity(layer, attribute, id)
        .i32(day ^ Integer.MIN_VALUE)
        .i64(position)
        .i32(index)
        .toBytes();
  }

  /// What follows the id in a key of [Family#RUNS]: day, position, index.
  static final int RUN_TAIL = 4 + 8 + 4;

  /// @param index of the first instance recorded: a commit may touch an entity more than once
  static byte[] known(int layer, String id, long position, int index) {
    return knownPrefix(layer, id).i64(position).i32(index).toBytes();
  }

  /// What begins the keys of an entity in [Family#KNOWN] and [Family#ERASED].
  static ByteWriter knownPrefix(int layer, String id) {
    return new ByteWriter(16 + id.length()).i32(layer).tail(id).u8(0);
  }

  static byte[] erased(int layer, String id, long position) {
    return knownPrefix(layer, id).i64(position).toBytes();
  }

  static byte[] feed(long position) {
    return new ByteWriter(8).i64(position).toBytes();
  }

  static long feedPosition(byte[] key) {
    return new ByteReader(key).i64();
  }
}
