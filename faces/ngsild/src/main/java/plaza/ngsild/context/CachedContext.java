package plaza.ngsild.context;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import plaza.graph.Value;

/// A context fetched from elsewhere and kept for a while (clause 5.13.1: Cached).
///
/// @param url where it was fetched, its name
public record CachedContext(
    String url, Value document, Instant createdAt, Instant expiresAt, Usage usage) {

  /// The same for the same URL, so that a reload changes no identifier.
  public String localId() {
    return localId(url);
  }

  static String localId(String url) {
    return UUID.nameUUIDFromBytes(("cached " + url).getBytes(StandardCharsets.UTF_8)).toString();
  }
}
