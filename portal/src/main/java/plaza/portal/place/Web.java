package plaza.portal.place;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import plaza.portal.page.Seen;

/// Who works with whom, drawn: organisations on a circle, a line for each tie. Only those with
/// ties, and of many only those with the most.
///
/// @param left out for want of room
public record Web(List<Node> nodes, List<Line> lines, int left) {
  private static final int MOST = 48;
  private static final double RADIUS = 150;
  private static final double MIDDLE = 170;

  /// @param size grows with the number of partners
  public record Node(String name, String x, String y, String size) {}

  public record Line(String x1, String y1, String x2, String y2) {}

  public Web {
    nodes = List.copyOf(nodes);
    lines = List.copyOf(lines);
  }

  private record Tie(String one, String other) {}

  /// @param works of which each names `one` and `other`
  static Web of(List<Seen> works, Map<String, String> names) {
    var ties = new ArrayList<Tie>();
    var degrees = new LinkedHashMap<String, Integer>();
    for (var work : works) {
      var one = work.text("one");
      var other = work.text("other");
      var tie = one.compareTo(other) < 0 ? new Tie(one, other) : new Tie(other, one);
      if (ties.contains(tie)) continue;
      ties.add(tie);
      degrees.merge(one, 1, Integer::sum);
      degrees.merge(other, 1, Integer::sum);
    }
    var shown =
        degrees.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(MOST)
            .map(Map.Entry::getKey)
            .sorted(Comparator.comparing(id -> names.getOrDefault(id, id)))
            .toList();
    var nodes = new ArrayList<Node>();
    var places = new HashMap<String, double[]>();
    for (int i = 0; i < shown.size(); i++) {
      double angle = 2 * Math.PI * i / shown.size();
      double x = MIDDLE + RADIUS * Math.sin(angle);
      double y = MIDDLE - RADIUS * Math.cos(angle);
      places.put(shown.get(i), new double[] {x, y});
      double size = 4 + Math.min(8, degrees.getOrDefault(shown.get(i), 1));
      nodes.add(
          new Node(names.getOrDefault(shown.get(i), shown.get(i)), text(x), text(y), text(size)));
    }
    var lines = new ArrayList<Line>();
    for (var tie : ties) {
      var from = places.get(tie.one);
      var to = places.get(tie.other);
      if (from != null && to != null)
        lines.add(new Line(text(from[0]), text(from[1]), text(to[0]), text(to[1])));
    }
    return new Web(nodes, lines, degrees.size() - shown.size());
  }

  private static String text(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
