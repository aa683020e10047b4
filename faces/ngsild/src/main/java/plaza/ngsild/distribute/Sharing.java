package plaza.ngsild.distribute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import plaza.ngsild.source.Extent;
import plaza.ngsild.source.Match;
import plaza.ngsild.source.Mode;
import plaza.ngsild.source.Operation;
import plaza.ngsild.source.Part;
import plaza.ngsild.source.Source;

/// Lets registrations of one source share a request: a server that registers a thousand types of
/// another is not to ask it a thousand times for one entity.
final class Sharing {
  /// A request names types and ids in its URL, which has its limits.
  static final int PARTS_AT_ONCE = 40;

  private record Kind(
      Source source,
      Mode mode,
      Extent extent,
      Set<Set<String>> attributes,
      Set<Operation> operations) {
    static Kind of(Match match) {
      var attributes = new LinkedHashSet<Set<String>>();
      for (var part : match.parts()) attributes.add(Set.copyOf(part.attributes()));
      var registration = match.registration();
      return new Kind(
          registration.source(),
          registration.mode(),
          registration.extent(),
          attributes,
          registration.operations());
    }
  }

  private Sharing() {}

  /// Fewer matches that ask the same of the same, each counted for the first registration of its
  /// kind.
  ///
  /// @param most parts of registrations in one request
  static List<Match> of(List<Match> matches, int most) {
    if (matches.size() < 2) return matches;
    var kinds = new LinkedHashMap<Kind, List<Match>>();
    for (var match : matches)
      kinds.computeIfAbsent(Kind.of(match), _ -> new ArrayList<>()).add(match);
    if (kinds.size() == matches.size()) return matches;
    var shared = new ArrayList<Match>();
    for (var alike : kinds.values()) {
      var parts = new ArrayList<Part>();
      for (var match : alike) {
        if (!parts.isEmpty() && parts.size() + match.parts().size() > most) {
          shared.add(new Match(alike.getFirst().registration(), parts));
          parts.clear();
        }
        parts.addAll(match.parts());
      }
      shared.add(new Match(alike.getFirst().registration(), parts));
    }
    return shared;
  }
}
