package plaza.ngsild.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.query.Query;
import plaza.graph.query.Selector;
import plaza.ledger.Page;
import plaza.ngsild.distribute.Mapping;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.temporal.Lifetime;

/// A query whose pages come from an entity map (clauses 5.5.14, 5.7.2.4, 5.14.4).
///
/// @param pages how the query is answered without a map
/// @param wanted the map the caller names; null to make one
/// @param lifetime of a map that is made
record MappedQuery(
    EntityMaps maps,
    Call call,
    Address address,
    Query query,
    Pages pages,
    @Nullable String wanted,
    Duration lifetime) {
  private static final int IDS_AT_ONCE = 500;
  private static final Selector NOTHING = Selector.ids(List.of(Names.NGSI_NULL));

  /// How a query is answered without a map.
  interface Pages {
    /// Every match here, in the order of the answer, until the visitor says no.
    void each(Query query, Predicate<Entity> visitor);

    /// All matches of a query that names its ids, in any order.
    ///
    /// @param map leads to the sources that know them
    List<Entity> some(Query query, List<String> ids, EntityMap map);

    /// What sources have; null when the query is answered here alone.
    Mapping.@Nullable Plan elsewhere(Duration lifetime);
  }

  /// The answer, and whether its map was made for it.
  record Answer(Page page, EntityMap map, boolean isNew) {}

  /// Null when the request has nothing to do with entity maps.
  static @Nullable MappedQuery of(
      EntityMaps maps,
      Call call,
      Address address,
      Query query,
      QueryParser.Parameters parameters,
      Pages pages) {
    var wanted = call.exchange().header(EntityMaps.HEADER).orElse(null);
    return wanted == null && !flag(parameters)
        ? null
        : new MappedQuery(maps, call, address, query, pages, wanted, lifetime(maps, parameters));
  }

  static boolean flag(QueryParser.Parameters parameters) {
    return switch (parameters.get("entityMap")) {
      case null -> false;
      case "true" -> true;
      case "false" -> false;
      case String other ->
          throw new Refusal.Invalid("entityMap must be true or false, not '" + other + "'");
    };
  }

  static Duration lifetime(EntityMaps maps, QueryParser.Parameters parameters) {
    return Lifetime.parse(
        parameters.get("entityMapLifetime"),
        "entityMapLifetime",
        maps.limits().usualEntityMapLifetime(),
        maps.limits().entityMapLifetime());
  }

  Answer answer(Paging paging) {
    var known =
        wanted == null
            ? java.util.Optional.<EntityMap>empty()
            : maps.find(call.actor(), address, wanted);
    var map = known.orElseGet(this::create);
    if (paging.counting() && !map.isJudged()) judge(map);
    call.exchange().setHeader(EntityMaps.HEADER, EntityRoutes.location(EntityMaps.PATH, map.id()));
    return new Answer(page(map, paging), map, known.isEmpty());
  }

  /// Looks once at every match here, and asks sources once for the ids of theirs.
  EntityMap create() {
    var plan = pages.elsewhere(lifetime);
    var found = new LinkedHashMap<String, List<String>>();
    var here = plan == null || plan.filtered() ? query : candidates(query);
    pages.each(
        here,
        entity -> {
          found.put(entity.id(), List.of(EntityMap.HERE));
          maps.requireFits(found.size());
          return true;
        });
    if (plan == null) return maps.add(call.actor(), address, query, found, lifetime);
    var map = map(maps, call, address, query, found, plan, lifetime);
    if (!map.isJudged() && !maps.mayHoldCandidates(call.actor(), address)) judge(map);
    return map;
  }

  /// A map of what was found here and of what sources have.
  ///
  /// @param found here, by id
  static EntityMap map(
      EntityMaps maps,
      Call call,
      Address address,
      Query query,
      Map<String, List<String>> found,
      Mapping.Plan plan,
      Duration lifetime) {
    for (var source : plan.candidates())
      for (var id : source.ids()) {
        found.merge(id, List.of(source.registrationId()), MappedQuery::together);
        maps.requireFits(found.size());
      }
    var map = maps.add(call.actor(), address, query, found, lifetime);
    for (var source : plan.candidates())
      if (source.map() != null) map.link(source.registrationId(), source.map());
    map.judged(false);
    return map;
  }

  private static List<String> together(List<String> known, List<String> more) {
    var all = new LinkedHashSet<>(known);
    all.addAll(more);
    return List.copyOf(all);
  }

  /// Clause 5.14.4.4: where entities may be split, nobody knows yet whether they match.
  static Query candidates(Query query) {
    return new Query(query.selectors(), List.of(), null, null, null);
  }

  /// Takes out what does not match.
  private void judge(EntityMap map) {
    page(map, Paging.first(Integer.MAX_VALUE));
    map.judged(true);
  }

  /// Those of the map from an offset on that still match; the others leave the map, so that the
  /// next page begins where this one ended.
  private Page page(EntityMap map, Paging paging) {
    var named = named(query);
    var wanted = named.isEmpty() ? null : map.among(named);
    boolean same = isFor(map, query);
    boolean keeping = paging.limit() < Integer.MAX_VALUE;
    var page = new ArrayList<Entity>();
    int from = paging.offset();
    int seen = 0;
    int step = Math.min(paging.limit(), IDS_AT_ONCE);
    while (seen < paging.limit()) {
      var ids =
          wanted == null ? map.ids(from, step) : wanted.stream().skip(from).limit(step).toList();
      if (ids.isEmpty()) break;
      var found = new HashMap<String, Entity>();
      for (var entity : pages.some(only(query, ids), ids, map)) found.put(entity.id(), entity);
      var gone = new HashSet<String>();
      int passed = 0;
      for (var id : ids) {
        if (seen == paging.limit()) break;
        passed++;
        var entity = found.get(id);
        if (entity == null) gone.add(id);
        else {
          seen++;
          if (keeping) page.add(entity);
        }
      }
      if (same && wanted == null) {
        map.remove(gone);
        from += passed - gone.size();
      } else from += passed;
      // Where few match, more are looked at in one go.
      step = Math.min(step * 2, IDS_AT_ONCE);
    }
    int size = wanted == null ? map.size() : wanted.size();
    return new Page(page, size, size > from);
  }

  /// The ids a query names, if it names all it asks for: a later request may ask for some of a map
  /// (clause 5.5.14).
  static List<String> named(Query query) {
    return query.selectors().isEmpty()
            || query.selectors().stream().anyMatch(one -> one.ids().isEmpty())
        ? List.of()
        : query.selectors().stream().flatMap(one -> one.ids().stream()).distinct().toList();
  }

  /// Whether a map was made for the same query. Patterns have no equality of their own.
  static boolean isFor(EntityMap map, Query query) {
    return map.query().equals(query) || map.query().toString().equals(query.toString());
  }

  /// The same query about some entities.
  static Query only(Query query, List<String> ids) {
    // A selector without ids would select everything.
    var some = ids.isEmpty() ? NOTHING : Selector.ids(ids);
    List<Selector> selectors =
        query.selectors().isEmpty() || ids.isEmpty()
            ? List.of(some)
            : query.selectors().stream()
                .filter(one -> one.ids().isEmpty() || one.ids().stream().anyMatch(ids::contains))
                .map(one -> new Selector(among(ids, one.ids()), one.idPattern(), one.types()))
                .toList();
    return new Query(
        selectors.isEmpty() ? List.of(NOTHING) : selectors,
        query.attributes(),
        query.condition(),
        query.geo(),
        query.scope());
  }

  private static List<String> among(List<String> ids, List<String> wanted) {
    if (wanted.isEmpty()) return ids;
    return ids.stream().filter(wanted::contains).toList();
  }
}
