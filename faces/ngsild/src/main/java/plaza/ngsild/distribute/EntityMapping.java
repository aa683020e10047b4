package plaza.ngsild.distribute;

import org.jspecify.annotations.Nullable;

/// The entity map that a request uses, as far as sources are concerned (clauses 4.5.25, 5.5.14).
/// Safe for many threads.
public interface EntityMapping {
  String HEADER = "NGSILD-EntityMap";

  /// Whether a source is to be asked for an entity: it was found there, or the map is being made.
  boolean leadsTo(String registrationId, String entityId);

  /// Where the source keeps a map of its own for the same; null when it keeps none.
  @Nullable String linked(String registrationId);

  /// Remembers where.
  void link(String registrationId, String location);

  /// Remembers that a source has an entity.
  void found(String entityId, String registrationId);
}
