package plaza.ngsild.subscription;

import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;

/// What the body of a notification is (clause 5.2.15, `accept`).
public enum Accept {
  JSON("application/json"),
  JSON_LD("application/ld+json"),
  GEO_JSON("application/geo+json");

  private final String mediaType;

  Accept(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /// @param name null for the default
  static Accept named(@Nullable String name) {
    if (name == null) return JSON;
    for (var one : values()) if (one.mediaType.equals(name)) return one;
    throw new Refusal.Invalid(
        "endpoint: accept must be application/json, application/ld+json or application/geo+json,"
            + " not '"
            + name
            + "'");
  }
}
