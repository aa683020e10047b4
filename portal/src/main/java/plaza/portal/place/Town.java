package plaza.portal.place;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.portal.page.Seen;

/// The places of a city as they lie in each other.
///
/// @param districts with what lies in them
/// @param elsewhere sites that lie in no district
public record Town(List<Node> districts, List<Node> elsewhere) {
  /// A place and what lies in it.
  public record Node(Seen place, List<Node> inside) {
    public Node {
      inside = List.copyOf(inside);
    }
  }

  static Town of(List<Seen> places) {
    var inside = new LinkedHashMap<String, List<Seen>>();
    var known = new java.util.HashSet<String>();
    places.forEach(place -> known.add(place.id()));
    for (var place : places)
      inside
          .computeIfAbsent(
              known.contains(place.text("within")) ? place.text("within") : "",
              _ -> new ArrayList<>())
          .add(place);
    var tops = nodes("", inside, 0);
    return new Town(
        tops.stream().filter(one -> one.place().text("kind").equals("district")).toList(),
        tops.stream().filter(one -> !one.place().text("kind").equals("district")).toList());
  }

  private static List<Node> nodes(String id, Map<String, List<Seen>> inside, int depth) {
    if (depth > 6) return List.of();
    return inside.getOrDefault(id, List.of()).stream()
        .filter(place -> !place.view().members().containsKey("retiredAt"))
        .sorted(
            Comparator.comparingInt((Seen place) -> place.text("kind").equals("site") ? 0 : 1)
                .thenComparing(place -> place.text("name")))
        .map(place -> new Node(place, nodes(place.id(), inside, depth + 1)))
        .toList();
  }
}
