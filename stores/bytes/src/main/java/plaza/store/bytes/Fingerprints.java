package plaza.store.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;

/// A set of things by 64-bit fingerprints, gathered, then sought: a check of millions of rows
/// against each other in two scans, without looking each of them up.
public final class Fingerprints {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private long[] prints = new long[1024];
  private int size;
  private final BitSet found = new BitSet();
  private boolean sorted;

  public void add(long print) {
    if (size == prints.length) prints = Arrays.copyOf(prints, size * 2);
    prints[size++] = print;
    sorted = false;
  }

  /// Whether a thing was added; remembers that it was sought.
  public boolean seek(long print) {
    int at = index(print);
    if (at >= 0) found.set(at);
    return at >= 0;
  }

  /// Whether a thing that was added was sought since.
  public boolean wasSought(long print) {
    int at = index(print);
    return at >= 0 && found.get(at);
  }

  /// Whether everything that was added was sought since.
  public boolean wereAllSought() {
    for (int i = 0; i < size; i++) if (!wasSought(prints[i])) return false;
    return true;
  }

  private int index(long print) {
    if (!sorted) {
      Arrays.sort(prints, 0, size);
      sorted = true;
    }
    return Arrays.binarySearch(prints, 0, size, print);
  }

  public static long of(byte[] bytes) {
    return of(bytes.length, bytes, 0, bytes.length);
  }

  public static long of(byte[] one, byte[] other) {
    return of(of(one), other, 0, other.length);
  }

  public static long of(long seed, byte[] bytes, int from, int until) {
    long print = mix(seed + until - from);
    int at = from;
    for (; at + 8 <= until; at += 8) print = mix(print ^ (long) LONG.get(bytes, at));
    for (; at < until; at++) print = mix(print ^ (bytes[at] & 0xffL));
    return print;
  }

  /// The finisher of SplitMix64.
  private static long mix(long number) {
    long z = number + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
