package plaza.portal.need;

import java.util.List;
import java.util.Locale;

/// A day of readings as a line, drawn by the server so that it needs no script.
///
/// @param line the `d` of an SVG path, in a box of [#WIDTH] by [#HEIGHT]
/// @param least the lowest reading
/// @param most the highest
public record Picture(String line, double least, double most) {
  public static final int WIDTH = 320;
  public static final int HEIGHT = 56;
  private static final int MARGIN = 4;

  /// One reading.
  record Point(long second, double value) {}

  /// Empty line when there are fewer than two readings.
  static Picture of(List<Point> points) {
    if (points.size() < 2) return new Picture("", 0, 0);
    double least = points.stream().mapToDouble(Point::value).min().orElse(0);
    double most = points.stream().mapToDouble(Point::value).max().orElse(0);
    long first = points.getFirst().second();
    double seconds = Math.max(1, points.getLast().second() - first);
    // What never changes is drawn in the middle.
    double lowest = most == least ? least - 1 : least;
    double span = most == least ? 2 : most - least;
    var line = new StringBuilder();
    for (var point : points)
      line.append(line.isEmpty() ? 'M' : 'L')
          .append(
              String.format(
                  Locale.ROOT,
                  "%.1f %.1f",
                  (point.second() - first) / seconds * WIDTH,
                  HEIGHT - MARGIN - (point.value() - lowest) / span * (HEIGHT - 2 * MARGIN)));
    return new Picture(line.toString(), least, most);
  }

  public boolean isDrawn() {
    return !line.isEmpty();
  }
}
