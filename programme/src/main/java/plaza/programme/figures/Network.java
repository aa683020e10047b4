package plaza.programme.figures;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
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

  /// What two organisations did together, and the record that says so.
  record Work(Collaboration.Joint joint, Dossier source) {
    boolean isOf(Collection<String> organisations) {
      return organisations.contains(joint.one()) && organisations.contains(joint.other());
    }

    boolean touches(Collection<String> organisations) {
      return organisations.contains(joint.one()) || organisations.contains(joint.other());
    }
  }

  static Value.Struct of(String tenant, CityRecords records, Roles roles, Window window) {
    var joint = works(records, window).stream().map(Work::joint).toList();
    var organisations = new LinkedHashMap<String, Collaboration.Organisation>();
    for (var one : joint)
      for (var id : List.of(one.one(), one.other()))
        organisations.computeIfAbsent(id, _ -> organisation(id, null, tenant, roles));
    return Collaboration.of(List.copyOf(organisations.values()), joint, window.until(), window);
  }

  /// The network within a group, such as an innovation cluster: its members, also those who work
  /// with nobody, and their ties with each other. The E-I index alone looks at ties that lead out.
  static Value.Struct within(
      Set<String> members, String tenant, CityRecords records, Roles roles, Window window) {
    var works = recent(works(records, window), window);
    var own = new ArrayList<Collaboration.Organisation>();
    for (var id : members) own.add(organisation(id, "in", tenant, roles));
    var inward = works.stream().filter(work -> work.isOf(members)).map(Work::joint).toList();
    var touching = works.stream().filter(work -> work.touches(members)).map(Work::joint).toList();
    var around = new LinkedHashMap<String, Collaboration.Organisation>();
    own.forEach(one -> around.put(one.id(), one));
    for (var one : touching)
      for (var id : List.of(one.one(), one.other()))
        around.computeIfAbsent(id, _ -> organisation(id, "out", tenant, roles));
    var measures = new LinkedHashMap<String, Value>();
    measures.putAll(Collaboration.of(own, inward, window.until(), window).members());
    var outward =
        Collaboration.of(List.copyOf(around.values()), touching, window.until(), window).members();
    measures.put("eiIndex", outward.getOrDefault("eiIndex", Value.Null.VALUE));
    measures.put("members", Value.of(List.copyOf(members)));
    measures.put("works", rows(works.stream().filter(work -> work.isOf(members)).toList()));
    return new Value.Struct(measures);
  }

  private static Collaboration.Organisation organisation(
      String id, @Nullable String group, String tenant, Roles roles) {
    return new Collaboration.Organisation(id, roles.sector(id, tenant).orElse(null), group);
  }

  static List<Work> works(CityRecords records, Window window) {
    var works = new ArrayList<Work>();
    for (var pilot : records.all(Kind.PILOT))
      if (!pilot.is("PREPARING", "LAPSED")) add(works, "pilot", pilot, at(records, pilot), window);
    for (var proposal : records.all(Kind.PROPOSAL))
      // Who proposes what is sealed until the call closes.
      if (!proposal.is("DRAFT", "SUBMITTED", "WITHDRAWN"))
        add(works, "proposal", proposal, proposal.createdAt(), window);
    return works;
  }

  /// What is not too old to tie organisations together.
  static List<Work> recent(List<Work> works, Window window) {
    var since = window.until().atZone(ZoneOffset.UTC).minus(Collaboration.MEMORY).toInstant();
    return works.stream()
        .filter(work -> {
          var at = work.joint().at();
          return at == null || !at.isBefore(since);
        })
        .toList();
  }

  /// One row for each joint work; of a record that is not public only that there is one.
  static Value.Items rows(List<Work> works) {
    var rows = new ArrayList<Value>();
    for (var work : works)
      rows.add(
          Row.of(work.source())
              .with("one", work.joint().one())
              .with("other", work.joint().other())
              .with("kind", work.joint().kind())
              .with("at", work.joint().at())
              .struct());
    return new Value.Items(rows);
  }

  private static @Nullable Instant at(CityRecords records, Dossier pilot) {
    var started = records.first(Milestone.PILOT_STARTED, pilot.id());
    return started != null ? started : pilot.createdAt();
  }

  private static void add(
      List<Work> works, String kind, Dossier source, @Nullable Instant at, Window window) {
    if (at != null && !window.contains(at)) return;
    var parties = new LinkedHashSet<>(source.texts("organisation"));
    parties.addAll(source.texts("partners"));
    var all = List.copyOf(parties);
    for (int i = 0; i < all.size(); i++)
      for (int k = i + 1; k < all.size(); k++)
        works.add(new Work(new Collaboration.Joint(all.get(i), all.get(k), kind, at), source));
  }
}
