package plaza.store.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Bytes written front to back into an array that grows. Fixed-width numbers are big-endian, so
/// that keys made of them sort by value.
public final class ByteWriter {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int size;

  public ByteWriter(int capacity) {
    bytes = new byte[capacity];
  }

  public int size() {
    return size;
  }

  public byte[] array() {
    return bytes;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  public byte[] from(int start) {
    return Arrays.copyOfRange(bytes, start, size);
  }

  public ByteWriter clear() {
    size = 0;
    return this;
  }

  public void truncate(int newSize) {
    size = newSize;
  }

  public ByteWriter u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  public ByteWriter i32(int value) {
    room(4);
    INT.set(bytes, size, value);
    size += 4;
    return this;
  }

  public ByteWriter i64(long value) {
    room(8);
    LONG.set(bytes, size, value);
    size += 8;
    return this;
  }

  /// A signed number whose bytes sort as the number does.
  public ByteWriter sorted(long value) {
    return i64(value ^ Long.MIN_VALUE);
  }

  public ByteWriter f64(double value) {
    return i64(Double.doubleToRawLongBits(value));
  }

  /// Seven bits a byte, small numbers short.
  public ByteWriter varint(long value) {
    room(10);
    if ((value & ~0x7FL) == 0) {
      bytes[size++] = (byte) value;
      return this;
    }
    long left = value;
    while ((left & ~0x7FL) != 0) {
      bytes[size++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
    return this;
  }

  /// A signed varint.
  public ByteWriter zigzag(long value) {
    return varint((value << 1) ^ (value >> 63));
  }

  public ByteWriter raw(byte[] value) {
    return raw(value, 0, value.length);
  }

  public ByteWriter raw(byte[] value, int from, int length) {
    room(length);
    System.arraycopy(value, from, bytes, size, length);
    size += length;
    return this;
  }

  /// UTF-8 without its length: for the end of a key.
  public ByteWriter tail(String text) {
    return raw(text.getBytes(UTF_8));
  }

  public ByteWriter text(String text) {
    var utf8 = text.getBytes(UTF_8);
    varint(utf8.length);
    return raw(utf8);
  }

  private void room(int more) {
    if (size + more > bytes.length)
      bytes =
          Arrays.copyOf(bytes, Math.max(size + more, Math.addExact(bytes.length, bytes.length)));
  }
}
