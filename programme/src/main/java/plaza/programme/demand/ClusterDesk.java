package plaza.programme.demand;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Work;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;

/// Where needs that belong together are clustered. Supports stay with their need; a cluster counts
/// distinct people.
public final class ClusterDesk {
  private static final double ALIKE = 0.3;
  private final Engine engine;
  private final SimilarNeeds similar;

  public ClusterDesk(Engine engine, SimilarNeeds similar) {
    this.engine = engine;
    this.similar = similar;
  }

  /// Needs that say something like a cluster and are in none, the likest first: for a moderator or
  /// the pmo to accept with `addNeed`. Those whose author objected to this cluster are left out.
  public List<SimilarNeeds.Match> suggestions(Address address, String clusterId, int limit) {
    var dossiers = engine.dossiers();
    var cluster = dossiers.get(address, Kind.NEED_CLUSTER, clusterId);
    var text = new StringBuilder(cluster.text("title"));
    cluster.findText("text").ifPresent(more -> text.append('\n').append(more));
    Value.Struct place = null;
    for (var id : cluster.texts("needs").stream().limit(5).toList()) {
      var need = dossiers.get(address, Kind.NEED, id);
      text.append('\n').append(need.text("title"));
      if (place == null) place = need.findStruct("location").orElse(null);
    }
    return similar.find(address.tenant(), text.toString(), place, 4 * limit).stream()
        .filter(match -> match.score() >= ALIKE)
        .filter(match -> isFree(dossiers.find(address, Kind.NEED, match.id()), clusterId))
        .limit(limit)
        .toList();
  }

  private static boolean isFree(Optional<Dossier> need, String clusterId) {
    return need.filter(ClusterDesk::isPublic)
        .filter(one -> !one.has("cluster"))
        .filter(one -> !one.texts("objectedTo").contains(clusterId))
        .isPresent();
  }

  /// Opens a cluster from `{title, text, department, needs}`; only the title is required. Needs are
  /// added one by one, each as the step `addNeed`.
  ///
  /// @throws Refusal.Forbidden unless the caller is moderator or pmo
  public Outcome open(Caller caller, Value.Struct json) {
    var standing = engine.standing(caller);
    if (!standing.holds("moderator") && !standing.holds("pmo"))
      throw new Refusal.Forbidden("a cluster of needs is opened by a moderator or the pmo");
    var input = new Fields("a cluster of needs", json);
    var fields = new LinkedHashMap<String, Value>();
    fields.put("title", Value.of(input.text("title", 200)));
    input.findText("text", 10_000).ifPresent(text -> fields.put("text", Value.of(text)));
    input.findUri("department").ifPresent(id -> fields.put("department", Value.of(id)));
    fields.put("openedBy", Value.of(caller.id()));
    fields.put("supporters", Value.of(0));
    fields.put("verifiedSupporters", Value.of(0));
    var needs = input.uris("needs");
    input.done();
    var outcome =
        engine.run(
            caller,
            work -> {
              needs.forEach(need -> ready(work, need));
              var cluster =
                  Dossier.of(Kind.NEED_CLUSTER, work.ids().next(Kind.NEED_CLUSTER), "OPEN", fields);
              return work.done(cluster, "open");
            });
    for (var need : needs)
      outcome =
          engine.transition(
              caller,
              Kind.NEED_CLUSTER,
              outcome.record().id(),
              "addNeed",
              new Value.Struct(Map.of("need", Value.of(need))),
              null);
    return outcome;
  }

  /// So that a cluster is not left half filled: what `addNeed` would refuse is refused first.
  private static void ready(Work work, String needId) {
    var need = work.get(Kind.NEED, needId);
    if (!isPublic(need))
      throw new Refusal.Conflict(needId + " is " + need.state() + "; only public needs cluster");
    if (need.has("cluster"))
      throw new Refusal.Conflict(needId + " is in " + need.text("cluster") + " already");
  }

  static boolean isPublic(Dossier need) {
    return need.is("PUBLISHED", "ACKNOWLEDGED", "IN_PROGRAMME");
  }

  /// Counts a cluster's distinct supporters anew from the supports of its needs.
  static Dossier recounted(Work work, Dossier cluster) {
    var people = new LinkedHashMap<String, Boolean>();
    for (var need : cluster.texts("needs"))
      for (var support : work.list(Kind.SUPPORT, new Having("need", need)))
        people.merge(support.text("personKey"), support.flag("verified"), Boolean::logicalOr);
    return cluster
        .with("supporters", people.size())
        .with("verifiedSupporters", people.values().stream().filter(known -> known).count());
  }

  /// The needs of a cluster, as they are.
  static List<Dossier> needs(Work work, Dossier cluster) {
    return cluster.texts("needs").stream().map(id -> work.get(Kind.NEED, id)).toList();
  }
}
