package plaza.ngsild.source;

import java.util.List;

/// A registration that has to do with a request, and what it can answer of it.
///
/// @param parts one for each element of its information that matches, at least one
public record Match(Registration registration, List<Part> parts) {
  public Match {
    parts = List.copyOf(parts);
  }

  /// Whether the source was registered for an entity: what else it answers is to be left out
  /// (clause 4.3.6.1).
  public boolean covers(String entityId, List<String> entityTypes) {
    return parts.stream().anyMatch(part -> part.information().covers(entityId, entityTypes));
  }
}
