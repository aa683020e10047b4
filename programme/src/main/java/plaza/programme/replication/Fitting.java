package plaza.programme.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import plaza.graph.Value;
import plaza.programme.figures.Portability;
import plaza.programme.figures.Portability.Fit;
import plaza.programme.service.DataNeed;

/// How a city meets one need of a service.
///
/// - SATISFIED: it has the type with every attribute, under the same names.
/// - MAPPABLE: it has all of it, some under a name that differs only in its vocabulary, case or
///   separators; a mapping of names is enough.
/// - DEGRADED: it has the type, but only a part of the attributes, or readings older than the
///   service can use.
/// - MISSING: it has no such type, or none of the attributes.
///
/// @param type the city's name for it; empty when there is none
/// @param names the city's name for each attribute it has, by ours
/// @param why a sentence, when it is not satisfied
record Fitting(
    DataNeed need, Fit fit, Optional<String> type, Map<String, String> names, String why) {
  static Fitting of(DataNeed need, Holdings holdings, Instant now) {
    var type = find(need.type(), holdings.types().keySet());
    if (type.isEmpty())
      return new Fitting(
          need, Fit.MISSING, type, Map.of(), "there is no type " + DataNeed.shortName(need.type()));
    var names = new TreeMap<String, String>();
    for (var attribute : need.attributes())
      find(attribute, holdings.attributes(type.get()))
          .ifPresent(name -> names.put(attribute, name));
    var lacking = need.attributes().stream().filter(name -> !names.containsKey(name)).toList();
    if (!lacking.isEmpty())
      return new Fitting(
          need, names.isEmpty() ? Fit.MISSING : Fit.DEGRADED, type, names, lacks(lacking));
    var stale = stale(need, holdings.newest(type.get()), now);
    if (stale.isPresent()) return new Fitting(need, Fit.DEGRADED, type, names, stale.get());
    boolean same =
        type.get().equals(need.type())
            && names.entrySet().stream().allMatch(name -> name.getKey().equals(name.getValue()));
    return new Fitting(
        need,
        same ? Fit.SATISFIED : Fit.MAPPABLE,
        type,
        names,
        same ? "" : "the names differ; map them");
  }

  private static String lacks(List<String> names) {
    return "it lacks " + String.join(", ", names.stream().map(DataNeed::shortName).toList());
  }

  private static Optional<String> stale(DataNeed need, Optional<Instant> newest, Instant now) {
    var most = need.maxAgeSeconds();
    if (most == null || newest.isEmpty()) return Optional.empty();
    var age = Duration.between(newest.get(), now);
    return age.toSeconds() > most
        ? Optional.of("the newest reading is " + age.toSeconds() + " s old, " + most + " s at most")
        : Optional.empty();
  }

  /// The same name, else the only one that says the same in another vocabulary or spelling.
  private static Optional<String> find(String wanted, Set<String> names) {
    if (names.contains(wanted)) return Optional.of(wanted);
    var alike =
        names.stream().filter(name -> spelling(name).equals(spelling(wanted))).sorted().toList();
    return alike.isEmpty() ? Optional.empty() : Optional.of(alike.getFirst());
  }

  private static String spelling(String name) {
    return DataNeed.shortName(name).replaceAll("[_\\-.]", "").toLowerCase(Locale.ROOT);
  }

  Portability.Requirement requirement() {
    return new Portability.Requirement(need.name(), need.weight(), need.mandatory(), fit);
  }

  Value.Struct toValue() {
    var members = new LinkedHashMap<String, Value>();
    members.put("name", Value.of(need.name()));
    members.put("type", Value.of(need.type()));
    members.put("mandatory", Value.of(need.mandatory()));
    members.put("weight", Value.of(need.weight().doubleValue()));
    members.put("fit", Value.of(fit.name().toLowerCase(Locale.ROOT)));
    members.put("score", Value.of(fit.score().doubleValue()));
    type.ifPresent(name -> members.put("theirType", Value.of(name)));
    var theirs = new LinkedHashMap<String, Value>();
    names.forEach((ours, name) -> theirs.put(ours, Value.of(name)));
    if (!theirs.isEmpty()) members.put("theirAttributes", new Value.Struct(theirs));
    if (!why.isEmpty()) members.put("why", Value.of(why));
    return new Value.Struct(members);
  }
}
