package plaza.store.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads what [ByteWriter] wrote.
public final class ByteReader {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private int at;

  public ByteReader(byte[] bytes) {
    this(bytes, 0);
  }

  public ByteReader(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  public boolean atEnd() {
    return at >= bytes.length;
  }

  public int at() {
    return at;
  }

  public void skip(int count) {
    at += count;
  }

  public int u8() {
    return bytes[at++] & 0xff;
  }

  public int i32() {
    int value = (int) INT.get(bytes, at);
    at += 4;
    return value;
  }

  public long i64() {
    long value = (long) LONG.get(bytes, at);
    at += 8;
    return value;
  }

  public long sorted() {
    return i64() ^ Long.MIN_VALUE;
  }

  public double f64() {
    return Double.longBitsToDouble(i64());
  }

  public long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) return value;
    }
  }

  public int count() {
    return Math.toIntExact(varint());
  }

  public long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  public byte[] raw(int length) {
    var value = java.util.Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return value;
  }

  public String text() {
    int length = count();
    var text = new String(bytes, at, length, UTF_8);
    at += length;
    return text;
  }

  /// What is left, as UTF-8.
  public String tail() {
    var text = new String(bytes, at, bytes.length - at, UTF_8);
    at = bytes.length;
    return text;
  }

  /// UTF-8 up to a zero byte, which is skipped.
  public String untilZero() {
    int end = at;
    while (bytes[end] != 0) end++;
    var text = new String(bytes, at, end - at, UTF_8);
    at = end + 1;
    return text;
  }
}
