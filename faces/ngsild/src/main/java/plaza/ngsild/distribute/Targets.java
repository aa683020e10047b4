package plaza.ngsild.distribute;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What of an entity a change is about: instances of attributes by their datasetIds (clause
/// 4.5.5.1). A source is sent those it was registered for (clauses 4.3.6.1, 5.2.9).
///
/// @param datasets by expanded name of the attribute: datasetIds, `@none` for the default instance,
///   [#ANY] for all instances there are; empty when the change is about the entity as such
public record Targets(Map<String, Set<String>> datasets) {
  static final String NONE = "@none";
  static final String ANY = "*";

  public Targets {
    var copies = new LinkedHashMap<String, Set<String>>();
    datasets.forEach((name, ids) -> copies.put(name, Set.copyOf(ids)));
    datasets = java.util.Collections.unmodifiableMap(copies);
  }

  /// Attributes with all of their instances.
  static Targets whole(Collection<String> attributes) {
    var datasets = new LinkedHashMap<String, Set<String>>();
    for (var name : attributes) datasets.put(name, Set.of(ANY));
    return new Targets(datasets);
  }

  static Targets of(String attribute, Set<String> datasetIds) {
    return new Targets(Map.of(attribute, datasetIds));
  }

  public Set<String> attributes() {
    return datasets.keySet();
  }

  boolean isEmpty() {
    return datasets.isEmpty();
  }

  boolean has(String attribute, String datasetId) {
    var ids = datasets.getOrDefault(attribute, Set.of());
    return ids.contains(ANY) || ids.contains(datasetId);
  }

  /// Those within the bounds of a registration.
  ///
  /// @param attributes empty for no bound
  /// @param datasetIds likewise
  Targets within(Set<String> attributes, Set<String> datasetIds) {
    var within = new LinkedHashMap<String, Set<String>>();
    datasets.forEach((name, ids) -> {
      if (!attributes.isEmpty() && !attributes.contains(name)) return;
      var left = new LinkedHashSet<>(ids.contains(ANY) && !datasetIds.isEmpty() ? datasetIds : ids);
      if (!datasetIds.isEmpty()) left.retainAll(datasetIds);
      if (!left.isEmpty()) within.put(name, left);
    });
    return new Targets(within);
  }

  /// Of all instances there are those others stay that are not named.
  Targets without(Targets taken) {
    var without = new LinkedHashMap<String, Set<String>>();
    datasets.forEach((name, ids) -> {
      var gone = taken.datasets.getOrDefault(name, Set.of());
      var left = new LinkedHashSet<>(ids);
      if (gone.contains(ANY)) left.clear();
      left.removeAll(gone);
      if (!left.isEmpty()) without.put(name, left);
    });
    return new Targets(without);
  }
}
