package plaza.programme.figures;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// Which pilots and services answer which cluster, of all clusters at once: looked up, not
/// searched, because there are many clusters with many needs.
final class Answering {
  private final Map<String, List<Dossier>> byNeed = new HashMap<>();
  private final Map<String, List<Dossier>> byChallenge = new HashMap<>();
  private final Map<String, List<Dossier>> services = new HashMap<>();

  Answering(CityRecords records) {
    for (var pilot : records.all(Kind.PILOT)) {
      add(byNeed, pilot.texts("needs"), pilot);
      add(byChallenge, pilot.texts("challenge"), pilot);
    }
    for (var service : records.all(Kind.SERVICE)) add(services, service.texts("pilot"), service);
  }

  private static void add(Map<String, List<Dossier>> all, List<String> keys, Dossier record) {
    for (var key : keys) all.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(record);
  }

  /// Pilots that a cluster's challenge or needs led to.
  List<Dossier> pilots(Dossier cluster) {
    var found = new LinkedHashSet<Dossier>();
    for (var need : cluster.texts("needs")) found.addAll(byNeed.getOrDefault(need, List.of()));
    for (var challenge : cluster.texts("challenge"))
      found.addAll(byChallenge.getOrDefault(challenge, List.of()));
    return List.copyOf(found);
  }

  List<Dossier> services(Dossier pilot) {
    return services.getOrDefault(pilot.id(), List.of());
  }

  boolean isAnswered(Dossier cluster) {
    var pilots = pilots(cluster);
    return DemandCoverage.answers(
        pilots.stream().map(Dossier::state).toList(),
        pilots.stream().flatMap(pilot -> services(pilot).stream()).map(Dossier::state).toList());
  }
}
