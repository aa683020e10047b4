package plaza.programme.fault;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import plaza.graph.Address;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// Which reported faults are asked for.
///
/// @param codes of categories; empty for all
/// @param states of the procedure; empty for all
/// @param from the earliest report, included
/// @param until the latest report, included
/// @param most how many, the newest
public record FaultSearch(
    Set<String> codes, Set<String> states, Instant from, Instant until, int most) {
  public FaultSearch {
    codes = Set.copyOf(codes);
    states = Set.copyOf(states);
  }

  /// Looks at every fault that the store cannot leave out, and keeps no more than are wanted.
  List<Dossier> run(Dossiers dossiers, Address address) {
    Comparator<Dossier> oldestFirst =
        Comparator.comparing((Dossier fault) -> fault.moment("requestedAt"))
            .thenComparing(Dossier::id);
    var newest = new PriorityQueue<>(oldestFirst);
    var having =
        codes.size() == 1
            ? List.of(new Having("serviceCode", codes.iterator().next()))
            : List.<Having>of();
    dossiers.each(
        address,
        Kind.SERVICE_REQUEST,
        having,
        fault -> {
          if (matches(fault)) {
            newest.add(fault);
            if (newest.size() > most) newest.remove();
          }
          return true;
        });
    return newest.stream().sorted(oldestFirst.reversed()).toList();
  }

  private boolean matches(Dossier fault) {
    if (fault.kind().isConcealed(fault.state())) return false;
    if (!codes.isEmpty() && !codes.contains(fault.text("serviceCode"))) return false;
    if (!states.isEmpty() && !states.contains(fault.state())) return false;
    var at = fault.moment("requestedAt");
    return !at.isBefore(from) && !at.isAfter(until);
  }
}
