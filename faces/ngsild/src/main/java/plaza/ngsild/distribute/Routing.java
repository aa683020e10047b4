package plaza.ngsild.distribute;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import plaza.ngsild.source.Match;
import plaza.ngsild.source.Mode;
import plaza.ngsild.source.Operation;

/// Which parts of what is written go where (the rules that clauses 5.6.1 to 5.6.21 share): first to
/// exclusive sources, then to redirects, and what is left to inclusive sources and here.
///
/// @param parcels to sources
/// @param here what is left for this server
/// @param staysHere whether this server has a part in it
public record Routing(List<Parcel> parcels, Targets here, boolean staysHere) {
  /// What goes to one source.
  ///
  /// @param targets empty where no attributes are written
  /// @param way whether it can be sent
  public record Parcel(Match match, Targets targets, Way way) {
    public Set<String> attributes() {
      return targets.attributes();
    }

    boolean isInclusive() {
      return match.registration().mode() == Mode.INCLUSIVE;
    }
  }

  public enum Way {
    OPEN,
    /// The source does not offer the operation.
    UNSUPPORTED,
    /// The request has come from there.
    LOOP
  }

  public Routing {
    parcels = List.copyOf(parcels);
  }

  /// @param written empty for the entity as such
  /// @param operations of which the source must offer one
  /// @param passed aliases the request has passed
  static Routing of(
      List<Match> matches, Targets written, Set<Operation> operations, Set<String> passed) {
    boolean whole = written.isEmpty();
    boolean allElsewhere = false;
    var parcels = new ArrayList<Parcel>();
    var left = written;
    for (var mode : List.of(Mode.EXCLUSIVE, Mode.REDIRECT, Mode.INCLUSIVE)) {
      var taken = new ArrayList<Targets>();
      for (var match : matches) {
        if (match.registration().mode() != mode) continue;
        var own = registered(match);
        var datasetIds = match.registration().extent().datasetIds();
        var wanted = left.within(own, datasetIds);
        if (wanted.isEmpty() && !whole) continue;
        var way = way(match, operations, passed);
        if (mode == Mode.INCLUSIVE && way != Way.OPEN) continue;
        parcels.add(new Parcel(match, wanted, way));
        if (mode == Mode.INCLUSIVE) continue;
        taken.add(wanted);
        allElsewhere |= whole && own.isEmpty() && datasetIds.isEmpty();
      }
      for (var one : taken) left = left.without(one);
    }
    return new Routing(parcels, left, whole ? !allElsewhere : !left.isEmpty());
  }

  static Way way(Match match, Set<Operation> operations, Set<String> passed) {
    var registration = match.registration();
    var alias = registration.source().alias();
    if (alias != null && passed.contains(alias)) return Way.LOOP;
    return operations.stream().anyMatch(registration.operations()::contains)
        ? Way.OPEN
        : Way.UNSUPPORTED;
  }

  /// The attributes a registration is about; empty for all.
  static Set<String> registered(Match match) {
    var names = new LinkedHashSet<String>();
    for (var part : match.parts()) {
      var own = part.information().attributes();
      if (own.isEmpty()) return Set.of();
      names.addAll(own);
    }
    return names;
  }

  /// The types a registration is about; empty for all.
  static Set<String> types(Match match) {
    var types = new LinkedHashSet<String>();
    for (var part : match.parts()) {
      if (part.information().entities().isEmpty()) return Set.of();
      for (var entity : part.information().entities()) {
        if (entity.types().isEmpty()) return Set.of();
        types.addAll(entity.types());
      }
    }
    return types;
  }
}
