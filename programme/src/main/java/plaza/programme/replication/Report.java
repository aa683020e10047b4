package plaza.programme.replication;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import plaza.graph.Value;
import plaza.programme.figures.Portability;
import plaza.programme.figures.Window;
import plaza.programme.service.DataNeed;

/// Whether a city could take a service over, and what it lacks: Σ wᵢsᵢ / Σ wᵢ over its needs, and
/// deployable when every mandatory one is satisfied or mappable.
record Report(String catalogue, Holdings holdings, List<Fitting> fittings, Instant at) {
  Report {
    fittings = List.copyOf(fittings);
  }

  static Report of(String catalogue, Holdings holdings, List<DataNeed> needs, Instant now) {
    return new Report(
        catalogue,
        holdings,
        needs.stream().map(need -> Fitting.of(need, holdings, now)).toList(),
        now);
  }

  /// Types of which it matters how old the newest reading is.
  static Set<String> dated(List<DataNeed> needs) {
    return needs.stream()
        .filter(need -> need.maxAgeSeconds() != null)
        .map(DataNeed::type)
        .collect(Collectors.toSet());
  }

  boolean isDeployable() {
    return Portability.isDeployable(requirements());
  }

  private List<Portability.Requirement> requirements() {
    return fittings.stream().map(Fitting::requirement).toList();
  }

  /// What the other city lacks, a sentence each.
  List<String> gaps() {
    return fittings.stream()
        .filter(fitting -> !fitting.fit().isEnough())
        .map(fitting -> fitting.need().name() + ": " + fitting.why())
        .toList();
  }

  /// Their names for ours, where they differ: what a mapping starts from.
  Value.Struct mapping() {
    var mapping = new LinkedHashMap<String, Value>();
    for (var fitting : fittings) {
      fitting
          .type()
          .filter(type -> !type.equals(fitting.need().type()))
          .ifPresent(type -> mapping.put(type, Value.of(fitting.need().type())));
      for (var name : Map.copyOf(fitting.names()).entrySet())
        if (!name.getKey().equals(name.getValue()))
          mapping.put(name.getValue(), Value.of(name.getKey()));
    }
    return new Value.Struct(mapping);
  }

  Value.Struct toValue() {
    var members = new LinkedHashMap<String, Value>();
    members.put("catalogue", Value.of(catalogue));
    members.putAll(Portability.of(requirements(), new Window(null, at)).members());
    members.put(
        "requirements", new Value.Items(fittings.stream().<Value>map(Fitting::toValue).toList()));
    members.put("mapping", mapping());
    members.put("gaps", Value.of(gaps()));
    members.put("types", Value.of((long) holdings.types().size()));
    members.put("catalogueHash", Value.of(holdings.hash()));
    members.put("at", Value.of(at.toString()));
    return new Value.Struct(members);
  }
}
