package plaza.ngsild.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
    /// Every match, in the order of the answer, until the visitor says no.
    void each(Query query, Predicate<Entity> visitor);

    /// All matches of a query that names its ids, in any order.
    List<Entity> some(Query query, int most);

    /// Ids of the registrations that have to do with it; empty when it is answered here alone.
    List<String> sources();
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
    call.exchange().setHeader(EntityMaps.HEADER, EntityRoutes.location(EntityMaps.PATH, map.id()));
    return new Answer(page(map, paging), map, known.isEmpty());
  }

  /// Looks at every match once.
  EntityMap create() {
    var found = new LinkedHashMap<String, List<String>>();
    pages.each(
        query,
        entity -> {
          found.put(entity.id(), List.of(EntityMap.HERE));
          maps.requireFits(found.size());
          return true;
        });
    var sources = pages.sources();
    if (!sources.isEmpty()) tellSources(found, sources);
    return maps.add(call.actor(), address, query, found, lifetime);
  }

  /// What is not held here comes from elsewhere; what is may come from there too.
  private void tellSources(Map<String, List<String>> found, List<String> sources) {
    var here = new ArrayList<String>();
    here.add(EntityMap.HERE);
    here.addAll(sources);
    var held = maps.held(call.actor(), address, found.keySet());
    found.replaceAll((id, _) -> held.contains(id) ? here : sources);
  }

  /// Those of the map from an offset on that still match; the others leave the map, so that the
  /// next page begins where this one ended.
  private Page page(EntityMap map, Paging paging) {
    var page = new ArrayList<Entity>();
    int from = paging.offset();
    while (page.size() < paging.limit()) {
      int missing = paging.limit() - page.size();
      var ids = map.ids(from, Math.min(missing, IDS_AT_ONCE));
      if (ids.isEmpty()) break;
      var found = new HashMap<String, Entity>();
      for (var entity : pages.some(only(query, ids), ids.size())) found.put(entity.id(), entity);
      for (var id : ids) {
        var entity = found.get(id);
        if (entity != null) page.add(entity);
      }
      if (map.query().equals(query)) {
        var gone = new HashSet<>(ids);
        gone.removeAll(found.keySet());
        map.remove(gone);
        from += found.size();
      } else from += ids.size();
    }
    return new Page(page, map.size(), map.size() > from);
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

  static Map<String, List<String>> one(String id) {
    return Map.of(id, List.of(EntityMap.HERE));
  }
}
