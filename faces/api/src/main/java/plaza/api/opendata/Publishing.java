package plaza.api.opendata;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.programme.publication.Publisher;
import plaza.programme.publication.Sheet;
import plaza.programme.record.Canonical;
import plaza.web.Exchange;

/// What all published documents have in common: whose city is asked for, pages, and that nobody
/// fetches twice what did not change.
final class Publishing {
  private static final String TENANT = "NGSILD-Tenant";
  private final OpenDataSettings settings;

  Publishing(OpenDataSettings settings) {
    this.settings = settings;
  }

  Publisher publisher(Exchange exchange) {
    return settings.publisher(exchange.origin());
  }

  static Address address(Exchange exchange) {
    return Address.tenant(exchange.header(TENANT).orElse(Address.DEFAULT_TENANT));
  }

  static int limit(Exchange exchange, int otherwise, int most) {
    int limit = exchange.query("limit", otherwise);
    if (limit < 1 || limit > most)
      throw new Refusal.Invalid(
          "limit must be a whole number from 1 to " + most + ", not " + limit);
    return limit;
  }

  void json(Exchange exchange, Sheet document) {
    send(exchange, "application/json", document.bytes());
  }

  void text(Exchange exchange, String contentType, String text) {
    send(exchange, contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  /// With an entity tag (RFC 9110 §8.8.3), so that who asks again with `If-None-Match` is told that
  /// nothing changed.
  private void send(Exchange exchange, String contentType, byte[] bytes) {
    var digest = Canonical.sha256().digest(bytes);
    var tag = '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
    tell(exchange);
    exchange.setHeader("ETag", tag);
    if (isKnown(exchange, tag)) exchange.send(304);
    else exchange.send(200, contentType, bytes);
  }

  /// How long an answer may be kept, and for whom.
  void tell(Exchange exchange) {
    boolean open = settings.readers() == OpenDataSettings.Readers.EVERYONE;
    exchange.setHeader("Cache-Control", open ? "public, max-age=60" : "private, no-cache");
    exchange.setHeader("Vary", TENANT);
  }

  private static boolean isKnown(Exchange exchange, String tag) {
    return exchange.headers("If-None-Match").stream()
        .flatMap(header -> java.util.Arrays.stream(header.split(",", -1)))
        .map(one -> one.strip().replaceFirst("^W/", ""))
        .anyMatch(one -> one.equals(tag) || one.equals("*"));
  }
}
