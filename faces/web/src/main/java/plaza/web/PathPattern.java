package plaza.web;

import io.helidon.common.parameters.Parameters;
import io.helidon.common.uri.UriEncoding;
import io.helidon.common.uri.UriPath;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers.MatchResult;
import io.helidon.http.PathMatchers.PrefixMatchResult;
import io.helidon.http.RoutedPath;
import java.util.HashMap;
import java.util.Map;

/// A route's path, such as `/entities/{id}`, held against the path of a request segment by segment
/// as it came. So a parameter may hold an encoded slash: `/entities/https%3A%2F%2Fexample.org%2F1`.
/// A slash at the end makes no difference.
final class PathPattern implements PathMatcher {
  private final String[] segments;

  PathPattern(String path) {
    this.segments = path.equals("/") ? new String[0] : path.substring(1).split("/", -1);
  }

  @Override
  public MatchResult match(UriPath path) {
    var raw = path.rawPath();
    int end = raw.length();
    if (end > 1 && raw.charAt(end - 1) == '/') end--;
    int at = 1;
    for (var segment : segments) {
      if (at >= end) return MatchResult.notAccepted();
      int next = next(raw, at, end);
      if (!accepts(segment, raw, at, next)) return MatchResult.notAccepted();
      at = next + 1;
    }
    return at < end ? MatchResult.notAccepted() : new MatchResult(true, routed(path, raw, end));
  }

  private static int next(String raw, int at, int end) {
    int slash = raw.indexOf('/', at);
    return slash < 0 || slash > end ? end : slash;
  }

  private static boolean accepts(String segment, String raw, int at, int next) {
    if (segment.startsWith("{")) return next > at;
    return segment.length() == next - at && raw.startsWith(segment, at);
  }

  private RoutedPath routed(UriPath path, String raw, int end) {
    Map<String, String> parameters = Map.of();
    int at = 1;
    for (var segment : segments) {
      int next = next(raw, at, end);
      if (segment.startsWith("{")) {
        if (parameters.isEmpty()) parameters = new HashMap<>(4);
        parameters.put(
            segment.substring(1, segment.length() - 1), decoded(raw.substring(at, next)));
      }
      at = next + 1;
    }
    return new Found(path, Parameters.createSingleValueMap("http/path", parameters));
  }

  /// In a path a plus is a plus (RFC 3986 §3.3); only in forms it is a space.
  private static String decoded(String segment) {
    if (segment.indexOf('%') < 0) return segment;
    return UriEncoding.decodeUri(segment.replace("+", "%2B"));
  }

  /// Routes are whole paths: none is the beginning of others.
  @Override
  public PrefixMatchResult prefixMatch(UriPath path) {
    return PrefixMatchResult.notAccepted();
  }

  private record Found(UriPath found, Parameters pathParameters) implements RoutedPath {
    @Override
    public String rawPath() {
      return found.rawPath();
    }

    @Override
    public String rawPathNoParams() {
      return found.rawPathNoParams();
    }

    @Override
    public String path() {
      return found.path();
    }

    @Override
    public Parameters matrixParameters() {
      return found.matrixParameters();
    }

    @Override
    public RoutedPath absolute() {
      return this;
    }

    @Override
    public void validate() {
      found.validate();
    }
  }
}
