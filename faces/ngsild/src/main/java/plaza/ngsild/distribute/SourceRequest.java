package plaza.ngsild.distribute;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// A request as it goes to a source, before its headers.
///
/// @param path below the source's `/ngsi-ld/v1`, segments encoded
/// @param body null for none
/// @param map the entity map of the source that it is to use (clause 5.5.14); null for none
public record SourceRequest(
    String method,
    String path,
    Map<String, String> parameters,
    @Nullable Value body,
    @Nullable String map) {
  static final String BASE = "/ngsi-ld/v1";

  public SourceRequest(
      String method, String path, Map<String, String> parameters, @Nullable Value body) {
    this(method, path, parameters, body, null);
  }

  public SourceRequest {
    parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  static SourceRequest get(String path, Map<String, String> parameters) {
    return new SourceRequest("GET", path, parameters, null);
  }

  SourceRequest with(String name, String value) {
    var more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new SourceRequest(method, path, more, body, map);
  }

  SourceRequest by(@Nullable String newMap) {
    return new SourceRequest(method, path, parameters, body, newMap);
  }

  /// @throws Refusal.Invalid when the endpoint is no URL to which this can be appended
  URI at(URI endpoint) {
    var text = endpoint.toString();
    while (text.endsWith("/")) text = text.substring(0, text.length() - 1);
    // Registrations name the broker or, as some do, the root of its API.
    if (!text.endsWith(BASE)) text += BASE;
    var query = new ArrayList<String>();
    parameters.forEach((name, value) -> query.add(name + "=" + encoded(value)));
    try {
      return URI.create(text + path + (query.isEmpty() ? "" : "?" + String.join("&", query)));
    } catch (IllegalArgumentException e) {
      throw new Refusal.Invalid("the endpoint " + endpoint + " is no URL: " + e.getMessage());
    }
  }

  /// Commas, colons and slashes may stand in a query as they are, and are easier to read in a log.
  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%3A", ":")
        .replace("%2C", ",")
        .replace("%2F", "/");
  }

  /// The text of a segment of a path; what is not encoded stays as it is.
  public static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment;
    }
  }

  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%3A", ":");
  }
}
