package plaza.ngsild.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import plaza.graph.Refusal;

/// Link headers (RFC 8288).
final class Links {
  private static final String CONTEXT = "http://www.w3.org/ns/json-ld#context";

  private Links() {}

  /// The URL of the context the headers name.
  static Optional<String> context(List<String> headers) {
    var urls = new ArrayList<String>(1);
    for (var header : headers) {
      int at = 0;
      while (true) {
        int open = header.indexOf('<', at);
        if (open < 0) break;
        int close = header.indexOf('>', open);
        if (close < 0) throw new Refusal.Invalid("the Link header has a '<' without '>'");
        int next = header.indexOf('<', close);
        var parameters = header.substring(close + 1, next < 0 ? header.length() : next);
        if (parameters.contains(CONTEXT)) urls.add(header.substring(open + 1, close).strip());
        at = close + 1;
      }
    }
    if (urls.size() > 1)
      throw new Refusal.Invalid("the request names more than one context by Link headers");
    return urls.stream().findFirst();
  }

  static String ofContext(String url) {
    return "<" + url + ">; rel=\"" + CONTEXT + "\"; type=\"application/ld+json\"";
  }

  static String ofPage(String url, String relation, String mediaType) {
    return "<" + encoded(url) + ">; rel=\"" + relation + "\"; type=\"" + mediaType + "\"";
  }

  /// What no URI may hold as it is (RFC 3986), although it came so.
  private static String encoded(String url) {
    if (url.chars().allMatch(Links::mayStand)) return url;
    var encoded = new StringBuilder();
    for (byte b : url.getBytes(StandardCharsets.UTF_8)) {
      if (mayStand(b & 0xff)) encoded.append((char) b);
      else encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
    }
    return encoded.toString();
  }

  private static boolean mayStand(int c) {
    return c > ' ' && c < 127 && "\"<>[]\\^`{|}".indexOf(c) < 0;
  }
}
