package plaza.web;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;

/// What every answer tells a browser not to do. A page that needs more says so before it is sent.
final class Protection {
  private static final Header NO_SNIFFING =
      HeaderValues.createCached("X-Content-Type-Options", "nosniff");
  private static final Header NO_REFERRER =
      HeaderValues.createCached("Referrer-Policy", "same-origin");
  private static final Header PAGE =
      HeaderValues.createCached(
          "Content-Security-Policy",
          "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self';"
              + " frame-ancestors 'none'");
  private static final Header DATA =
      HeaderValues.createCached(
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

  private Protection() {}

  static void addTo(ServerResponseHeaders headers, String contentType) {
    headers.setIfAbsent(NO_SNIFFING);
    headers.setIfAbsent(NO_REFERRER);
    if (!headers.contains(HeaderNames.create("Content-Security-Policy")))
      headers.set(contentType.startsWith("text/html") ? PAGE : DATA);
  }
}
