package plaza.programme.figures;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// Who works with whom, from records alone: density 2|E| / (|V|(|V|−1)), mean degree, the share of
/// the largest component, the E-I index (X − I) / (X + I) over groups, and the share of ties across
/// sectors.
///
/// A tie is a joint proposal, pilot, funding or package not older than 24 months; having been at
/// the same event is none. Two organisations have one tie, however much they did together.
public final class Collaboration {
  /// How long joint work counts.
  public static final Period MEMORY = Period.ofMonths(24);

  private static final Set<String> TIES = Set.of("proposal", "pilot", "funding", "package");

  private Collaboration() {}

  /// @param sector such as `startup`; null when unknown
  /// @param group over which inward and outward ties are told apart; null when unknown
  public record Organisation(String id, @Nullable String sector, @Nullable String group) {}

  /// @param at when; null when it is not to be limited
  public record Joint(String one, String other, String kind, @Nullable Instant at) {
    /// Whether work of such a kind ties organisations together.
    public static boolean ties(String kind) {
      return TIES.contains(kind);
    }
  }

  private record Tie(String one, String other) {
    static Tie of(String a, String b) {
      return a.compareTo(b) < 0 ? new Tie(a, b) : new Tie(b, a);
    }
  }

  /// @param organisations those without ties count too; who only appears in joint work is added
  /// @param asOf from when 24 months are counted back
  public static Value.Struct of(
      List<Organisation> organisations, List<Joint> joint, Instant asOf, Window window) {
    var known = new LinkedHashMap<String, Organisation>();
    organisations.forEach(one -> known.put(one.id(), one));
    var since = asOf.atZone(ZoneOffset.UTC).minus(MEMORY).toInstant();
    var ties = new HashSet<Tie>();
    for (var work : joint) {
      known.putIfAbsent(work.one(), new Organisation(work.one(), null, null));
      known.putIfAbsent(work.other(), new Organisation(work.other(), null, null));
      boolean recent =
          work.at() == null || (!work.at().isBefore(since) && !work.at().isAfter(asOf));
      if (recent && Joint.ties(work.kind()) && !work.one().equals(work.other()))
        ties.add(Tie.of(work.one(), work.other()));
    }
    long v = known.size();
    long e = ties.size();
    return new Answer()
        .with("density", v < 2 ? null : (Double) (2.0 * e / ((double) v * (v - 1))))
        .with("meanDegree", v == 0 ? null : (Double) (2.0 * e / v))
        .with("largestComponentShare", Answer.share(largest(known.keySet(), ties), v))
        .with("eiIndex", eiIndex(known, ties))
        .with("crossSectorShare", crossSector(known, ties))
        .with("organisations", v)
        .with("ties", e)
        .with("n", e)
        .with("window", window.toValue())
        .struct();
  }

  private static @Nullable Double eiIndex(Map<String, Organisation> known, Set<Tie> ties) {
    long outward = 0;
    long inward = 0;
    for (var tie : ties) {
      var one = group(known, tie.one());
      var other = group(known, tie.other());
      if (one == null || other == null) continue;
      if (one.equals(other)) inward++;
      else outward++;
    }
    return outward + inward == 0 ? null : (double) (outward - inward) / (outward + inward);
  }

  private static @Nullable Double crossSector(Map<String, Organisation> known, Set<Tie> ties) {
    long across = 0;
    long within = 0;
    for (var tie : ties) {
      var one = sector(known, tie.one());
      var other = sector(known, tie.other());
      if (one == null || other == null) continue;
      if (one.equals(other)) within++;
      else across++;
    }
    return Answer.share(across, across + within);
  }

  /// Without groups, sectors are the groups.
  private static @Nullable String group(Map<String, Organisation> known, String id) {
    var one = known.get(id);
    return one == null ? null : one.group() != null ? one.group() : one.sector();
  }

  private static @Nullable String sector(Map<String, Organisation> known, String id) {
    var one = known.get(id);
    return one == null ? null : one.sector();
  }

  private static long largest(Set<String> all, Set<Tie> ties) {
    var neighbours = new HashMap<String, Set<String>>();
    for (var tie : ties) {
      neighbours.computeIfAbsent(tie.one(), _ -> new TreeSet<>()).add(tie.other());
      neighbours.computeIfAbsent(tie.other(), _ -> new TreeSet<>()).add(tie.one());
    }
    var seen = new HashSet<String>();
    long largest = 0;
    for (var start : all) {
      if (!seen.add(start)) continue;
      long size = 0;
      var waiting = new ArrayDeque<>(List.of(start));
      while (!waiting.isEmpty()) {
        size++;
        for (var next : neighbours.getOrDefault(waiting.pop(), Set.of()))
          if (seen.add(next)) waiting.push(next);
      }
      largest = Math.max(largest, size);
    }
    return largest;
  }
}
