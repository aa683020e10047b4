package plaza.store.bytes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.locationtech.jts.geom.Envelope;

/// The world as a square of 2^30 by 2^30 cells along a Z-order curve, so that any square of a power
/// of two is one stretch of the curve.
public final class Cells {
  public static final int BITS = 30;

  /// Shapes are kept in squares whose sides are powers of sixteen: a query has to look at each
  /// size.
  public static final int SHIFT_STEP = 4;

  private static final int MAX = (1 << BITS) - 1;

  /// A stretch of the curve: the square of 2^shift cells a side that begins at a code.
  public record Square(long code, int shift) {
    /// The last code inside.
    public long last() {
      return code | ((1L << (2 * shift)) - 1);
    }
  }

  private Cells() {}

  public static long code(double longitude, double latitude) {
    return interleave(x(longitude), y(latitude));
  }

  private static int x(double longitude) {
    return clamp((longitude + 180) / 360);
  }

  private static int y(double latitude) {
    return clamp((latitude + 90) / 180);
  }

  private static int clamp(double share) {
    return (int) Math.max(0, Math.min(MAX, Math.floor(share * (1 << BITS))));
  }

  public static long interleave(int x, int y) {
    return spread(x) | (spread(y) << 1);
  }

  private static long spread(int number) {
    long n = number & 0xFFFFFFFFL;
    n = (n | (n << 16)) & 0x0000FFFF0000FFFFL;
    n = (n | (n << 8)) & 0x00FF00FF00FF00FFL;
    n = (n | (n << 4)) & 0x0F0F0F0F0F0F0F0FL;
    n = (n | (n << 2)) & 0x3333333333333333L;
    return (n | (n << 1)) & 0x5555555555555555L;
  }

  /// The largest squares of one size that cover a box and are not more than so many, those near its
  /// middle first.
  public static List<Square> cover(Envelope box, int most) {
    int shift = 0;
    while (count(box, shift) > most) shift++;
    return squares(box, shift);
  }

  /// All squares of a size that touch a box, those near its middle first.
  public static List<Square> squares(Envelope box, int shift) {
    int left = x(box.getMinX()) >> shift;
    int right = x(box.getMaxX()) >> shift;
    int bottom = y(box.getMinY()) >> shift;
    int top = y(box.getMaxY()) >> shift;
    record Placed(Square square, long distance) {}
    var placed = new ArrayList<Placed>();
    for (int i = left; i <= right; i++)
      for (int j = bottom; j <= top; j++) {
        long dx = 2L * i - left - right;
        long dy = 2L * j - bottom - top;
        var square = new Square(interleave(i << shift, j << shift), shift);
        placed.add(new Placed(square, dx * dx + dy * dy));
      }
    placed.sort(Comparator.comparingLong(Placed::distance));
    return placed.stream().map(Placed::square).toList();
  }

  public static long count(Envelope box, int shift) {
    return (1L + (x(box.getMaxX()) >> shift) - (x(box.getMinX()) >> shift))
        * (1L + (y(box.getMaxY()) >> shift) - (y(box.getMinY()) >> shift));
  }

  /// The smallest of a few sizes at which a box touches at most four squares; the largest of them,
  /// of which the whole world touches sixteen, when there is none.
  public static int shiftOf(Envelope box) {
    int shift = 0;
    while (shift + SHIFT_STEP <= BITS && count(box, shift) > 4) shift += SHIFT_STEP;
    return shift;
  }
}
