package plaza.ngsild.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.query.Query;
import plaza.ngsild.distribute.Mapping;
import plaza.ngsild.http.Evolutions.Evolution;

/// A temporal query whose pages come from an entity map (clauses 5.7.4.4, 5.14.5).
///
/// @param lifetime of a map that is made
/// @param plan what sources have; null when the query is answered here alone
/// @param search finds evolutions
record MappedEvolutions(
    EntityMaps maps,
    Call call,
    Address address,
    Query query,
    Duration lifetime,
    Function<Duration, Mapping.@Nullable Plan> plan,
    Search search) {
  /// A URL names that many ids at most.
  private static final int IDS_AT_ONCE = 60;

  /// How evolutions are found.
  @FunctionalInterface
  interface Search {
    /// @param limit 0 for the ids of all
    /// @param map leads to those elsewhere who know of them; null to look here alone
    Part find(Query query, int limit, @Nullable EntityMap map);
  }

  /// @param ids of the entities found
  /// @param more whether it ended before all were looked at
  record Part(List<String> ids, List<Evolution> evolutions, boolean more, long instances) {}

  /// @param step how many entities it is about
  /// @param isNew whether its map was made for it
  record Page(List<Evolution> evolutions, int step, long total, boolean more, boolean isNew) {}

  EntityMap create() {
    var elsewhere = plan.apply(lifetime);
    var here = elsewhere == null || elsewhere.filtered() ? query : MappedQuery.candidates(query);
    var found = new LinkedHashMap<String, List<String>>();
    for (var id : search.find(here, 0, null).ids()) found.put(id, List.of(EntityMap.HERE));
    if (elsewhere == null) return maps.add(call.actor(), address, query, found, lifetime);
    var map = MappedQuery.map(maps, call, address, query, found, elsewhere, lifetime);
    if (!map.isJudged() && !maps.mayHoldCandidates(call.actor(), address)) judge(map);
    return map;
  }

  /// @param wanted the map the caller names; null to make one
  /// @param instances after which a page ends, whatever its limit
  Page answer(@Nullable String wanted, Paging paging, long instances) {
    var known =
        wanted == null
            ? java.util.Optional.<EntityMap>empty()
            : maps.find(call.actor(), address, wanted);
    var map = known.orElseGet(this::create);
    if (paging.counting() && !map.isJudged()) judge(map);
    call.exchange().setHeader(EntityMaps.HEADER, EntityRoutes.location(EntityMaps.PATH, map.id()));
    return page(map, paging, instances, known.isEmpty());
  }

  /// Takes out what does not match.
  private void judge(EntityMap map) {
    for (int from = 0; ; ) {
      var ids = map.ids(from, IDS_AT_ONCE);
      if (ids.isEmpty()) break;
      var kept = new HashSet<>(search.find(MappedQuery.only(query, ids), 0, map).ids());
      map.remove(ids.stream().filter(id -> !kept.contains(id)).toList());
      from += (int) ids.stream().filter(kept::contains).count();
    }
    map.judged(true);
  }

  private Page page(EntityMap map, Paging paging, long instances, boolean isNew) {
    var named = MappedQuery.named(query);
    var wanted = named.isEmpty() ? null : map.among(named);
    boolean same = wanted == null && MappedQuery.isFor(map, query);
    var evolutions = new ArrayList<Evolution>();
    int from = paging.offset();
    int seen = 0;
    long held = 0;
    boolean cut = false;
    while (seen < paging.limit() && held < instances && !cut) {
      int missing = Math.min(paging.limit() - seen, IDS_AT_ONCE);
      var ids =
          wanted == null
              ? map.ids(from, missing)
              : wanted.stream().skip(from).limit(missing).toList();
      if (ids.isEmpty()) break;
      var part = search.find(MappedQuery.only(query, ids), ids.size(), map);
      evolutions.addAll(part.evolutions());
      held += part.instances();
      seen += part.ids().size();
      cut = part.more();
      var gone = new HashSet<>(ids);
      part.ids().forEach(gone::remove);
      if (same && !cut) map.remove(gone);
      from += same || cut ? part.ids().size() : ids.size();
    }
    int size = wanted == null ? map.size() : wanted.size();
    return new Page(evolutions, from - paging.offset(), size, size > from, isNew);
  }
}
