package plaza.programme.figures;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.programme.procedure.Roles;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// Who worked with whom, read from the records: joint proposals, pilots and funding.
final class Network {
  private Network() {}

  static Value.Struct of(String tenant, CityRecords records, Roles roles, Window window) {
    var joint = new ArrayList<Collaboration.Joint>();
    for (var pilot : records.all(Kind.PILOT))
      if (!pilot.is("PREPARING", "LAPSED"))
        work(joint, "pilot", parties(pilot), at(records, pilot), window);
    for (var proposal : records.all(Kind.PROPOSAL))
      // Who proposes what is sealed until the call closes.
      if (!proposal.is("DRAFT", "SUBMITTED", "WITHDRAWN"))
        work(joint, "proposal", parties(proposal), proposal.createdAt(), window);
    var organisations = new LinkedHashMap<String, Collaboration.Organisation>();
    for (var one : joint)
      for (var id : List.of(one.one(), one.other()))
        organisations.computeIfAbsent(
            id,
            _ -> new Collaboration.Organisation(id, roles.sector(id, tenant).orElse(null), null));
    return Collaboration.of(List.copyOf(organisations.values()), joint, window.until(), window);
  }

  private static @Nullable Instant at(CityRecords records, Dossier pilot) {
    var started = records.first(Milestone.PILOT_STARTED, pilot.id());
    return started != null ? started : pilot.createdAt();
  }

  private static Set<String> parties(Dossier record) {
    var parties = new LinkedHashSet<>(record.texts("organisation"));
    parties.addAll(record.texts("partners"));
    return parties;
  }

  private static void work(
      List<Collaboration.Joint> joint,
      String kind,
      Set<String> parties,
      @Nullable Instant at,
      Window window) {
    if (at != null && !window.contains(at)) return;
    var all = List.copyOf(parties);
    for (int i = 0; i < all.size(); i++)
      for (int k = i + 1; k < all.size(); k++)
        joint.add(new Collaboration.Joint(all.get(i), all.get(k), kind, at));
  }
}
