package plaza.ngsild.represent;

import java.util.ArrayList;
import java.util.List;
import plaza.graph.Attribute;

/// Finds the instances that stand under one member (clause 4.5.5).
final class Grouping {
  private Grouping() {}

  /// All instances of the name at an index; none when an earlier index has had them.
  static List<Attribute> instances(List<Attribute> all, int index) {
    var first = all.get(index);
    var name = first.name();
    for (int i = 0; i < index; i++) if (all.get(i).name().equals(name)) return List.of();
    ArrayList<Attribute> several = null;
    for (int i = index + 1; i < all.size(); i++)
      if (all.get(i).name().equals(name)) {
        if (several == null) {
          several = new ArrayList<>();
          several.add(first);
        }
        several.add(all.get(i));
      }
    return several == null ? List.of(first) : several;
  }
}
