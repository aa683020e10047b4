package plaza.ngsild.source;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.GeoValue;

/// Where the knowledge of a source ends. What is empty or null sets no bound.
///
/// @param datasetIds of its instances; `@none` for default instances
/// @param scopes of its entities
/// @param places by expanded name of the GeoProperty, what includes all its entities' values
/// @param observed what it can tell by observedAt; not null only for a source of evolutions
/// @param managed what it can tell by createdAt, modifiedAt and deletedAt, likewise
public record Extent(
    Set<String> datasetIds,
    List<String> scopes,
    Map<String, GeoValue> places,
    @Nullable Interval observed,
    @Nullable Interval managed) {
  public Extent {
    datasetIds = Set.copyOf(datasetIds);
    scopes = List.copyOf(scopes);
    places = Map.copyOf(places);
  }

  /// Whether the source has evolutions; if not, it has the state (clause 5.9.1).
  public boolean isTemporal() {
    return observed != null || managed != null;
  }
}
