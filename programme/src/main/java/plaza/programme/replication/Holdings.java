package plaza.programme.replication;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import plaza.graph.Value;
import plaza.programme.record.Canonical;

/// What a city has, as its catalogue tells: entity types with their attributes, expanded names.
///
/// @param newest of some types the newest reading, where it was asked for
public record Holdings(Map<String, Set<String>> types, Map<String, Instant> newest) {
  public Holdings {
    var copy = new TreeMap<String, Set<String>>();
    types.forEach((type, attributes) -> copy.put(type, Set.copyOf(new TreeSet<>(attributes))));
    types = java.util.Collections.unmodifiableMap(copy);
    newest = Map.copyOf(newest);
  }

  public Set<String> attributes(String type) {
    return types.getOrDefault(type, Set.of());
  }

  public Optional<Instant> newest(String type) {
    return Optional.ofNullable(newest.get(type));
  }

  /// Over all that was seen, so that a report can be told from one on an older catalogue.
  public String hash() {
    var members = new LinkedHashMap<String, Value>();
    types.forEach(
        (type, attributes) -> members.put(type, Value.of(attributes.stream().sorted().toList())));
    return Canonical.hash(new Value.Struct(members));
  }
}
