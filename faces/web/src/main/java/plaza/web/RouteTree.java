package plaza.web;

import io.helidon.common.uri.UriEncoding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The routes by the segments of their paths, so that finding one costs the length of the path,
/// however many there are.
///
/// Segments are held against the path of a request as it came, so a parameter may hold an encoded
/// slash: `/entities/https%3A%2F%2Fexample.org%2F1`. A fixed segment goes before a parameter in the
/// same place. A slash at the end makes no difference.
final class RouteTree {
  private final Node root = new Node();

  private static final class Node {
    final Map<String, Node> fixed = new HashMap<>();
    @Nullable Node parameter;
    @Nullable Place place;
  }

  /// What is at one path.
  ///
  /// @param names of its parameters, in order
  private record Place(List<String> names, Map<String, Route> byMethod) {}

  /// What a path leads to.
  ///
  /// @param byMethod the routes there, at least one
  /// @param parameters decoded segments by the names in the route's path
  record Found(Map<String, Route> byMethod, Map<String, String> parameters) {

    /// What may be read may also be asked for without its body (RFC 9110 §9.3.2).
    @Nullable Route route(String method) {
      return byMethod.get(method.equals("HEAD") ? "GET" : method);
    }
  }

  /// @throws IllegalStateException when two routes have the same method and path
  RouteTree(List<Route> routes) {
    routes.forEach(this::add);
  }

  private void add(Route route) {
    var names = new ArrayList<String>();
    var node = root;
    for (var segment : segments(route.path())) {
      if (segment.startsWith("{")) {
        names.add(segment.substring(1, segment.length() - 1));
        if (node.parameter == null) node.parameter = new Node();
        node = node.parameter;
      } else node = node.fixed.computeIfAbsent(segment, _ -> new Node());
    }
    var place = node.place;
    if (place == null) node.place = place = new Place(List.copyOf(names), new TreeMap<>());
    if (!place.names.equals(names))
      throw new IllegalStateException(route.path() + " has other names than its twin: " + names);
    if (place.byMethod.put(route.method(), route) != null)
      throw new IllegalStateException(route.method() + " " + route.path() + " is taken twice");
  }

  /// @param rawPath as it came, not decoded, without the query
  /// @return null when nothing is there
  @Nullable Found find(String rawPath) {
    var segments = segments(rawPath);
    var values = new String[segments.size()];
    var place = find(root, segments, 0, values, 0);
    return place == null ? null : new Found(place.byMethod, parameters(place.names, values));
  }

  private static @Nullable Place find(
      Node node, List<String> segments, int at, String[] values, int known) {
    if (at == segments.size()) return node.place;
    var segment = segments.get(at);
    var fixed = node.fixed.get(segment);
    if (fixed != null) {
      var place = find(fixed, segments, at + 1, values, known);
      if (place != null) return place;
    }
    if (node.parameter == null || segment.isEmpty()) return null;
    values[known] = segment;
    return find(node.parameter, segments, at + 1, values, known + 1);
  }

  private static List<String> segments(String path) {
    int end = path.length();
    if (end > 1 && path.charAt(end - 1) == '/') end--;
    var segments = new ArrayList<String>(8);
    for (int at = 1; at < end; ) {
      int slash = path.indexOf('/', at);
      int next = slash < 0 ? end : Math.min(slash, end);
      segments.add(path.substring(at, next));
      at = next + 1;
    }
    return segments;
  }

  private static Map<String, String> parameters(List<String> names, String[] values) {
    if (names.isEmpty()) return Map.of();
    var parameters = new HashMap<String, String>(4);
    for (int i = 0; i < names.size(); i++) parameters.put(names.get(i), decoded(values[i]));
    return parameters;
  }

  /// In a path a plus is a plus (RFC 3986 §3.3); only in forms it is a space.
  private static String decoded(String segment) {
    if (segment.indexOf('%') < 0) return segment;
    return UriEncoding.decodeUri(segment.replace("+", "%2B"));
  }
}
