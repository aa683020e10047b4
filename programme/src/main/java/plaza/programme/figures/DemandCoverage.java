package plaza.programme.figures;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import plaza.graph.Value;

/// How much of what people asked for is being answered: distinct supporters of the clusters with an
/// active or scaled pilot or a live service, out of the distinct supporters of all published
/// clusters. People are counted, not supports: who supports five needs is one.
public final class DemandCoverage {
  private static final Set<String> ANSWERING_PILOT = Set.of("ACTIVE", "SCALED");
  private static final Set<String> ANSWERING_SERVICE = Set.of("LIVE", "RENEWAL_DUE");

  private DemandCoverage() {}

  /// @param supporters person-keys
  /// @param answered whether a pilot or service answers it
  public record Cluster(Set<String> supporters, boolean answered) {}

  /// Whether a pilot or service in such a state answers a need. One that is suspended or under
  /// evaluation does not.
  public static boolean answers(List<String> pilotStates, List<String> serviceStates) {
    return pilotStates.stream().anyMatch(ANSWERING_PILOT::contains)
        || serviceStates.stream().anyMatch(ANSWERING_SERVICE::contains);
  }

  public static Value.Struct of(List<Cluster> published, Window window) {
    var all = new HashSet<String>();
    var answered = new HashSet<String>();
    for (var cluster : published) {
      all.addAll(cluster.supporters());
      if (cluster.answered()) answered.addAll(cluster.supporters());
    }
    return answer(
        answered.size(),
        all.size(),
        published.size(),
        published.stream().filter(Cluster::answered).count(),
        window);
  }

  static Value.Struct answer(
      long answered, long all, long clusters, long answeredClusters, Window window) {
    return new Answer()
        .with("value", Answer.share(answered, all))
        .with("n", all)
        .with("answeredSupporters", answered)
        .with("supporters", all)
        .with("clusters", clusters)
        .with("answeredClusters", answeredClusters)
        .with("window", window.toValue())
        .struct();
  }
}
