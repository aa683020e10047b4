package plaza.ngsild.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.query.Query;
import plaza.graph.query.Selector;

/// The entity map of a retrieval (clauses 5.7.1.4, 5.7.3.4): the one the caller names, which says
/// whom to ask, or a new one, which learns who knows the entity.
///
/// @param isNew whether it is kept only when something was found
record RetrievalMap(EntityMap map, boolean isNew) {
  /// Null when the request has nothing to do with entity maps.
  static @Nullable RetrievalMap of(EntityMaps maps, Call call, Address address, String id) {
    var wanted = call.exchange().header(EntityMaps.HEADER);
    if (wanted.isEmpty() && !MappedQuery.flag(call)) return null;
    var known = wanted.flatMap(name -> maps.find(call.actor(), address, name));
    // It says nothing of entities that its query was not about.
    if (known.isPresent() && !known.get().among(java.util.List.of(id)).isEmpty())
      return new RetrievalMap(known.get(), false);
    return new RetrievalMap(
        maps.draft(
                call.actor(),
                address,
                Query.of(Selector.ids(java.util.List.of(id))),
                Map.of(),
                MappedQuery.lifetime(maps, call))
            .making(),
        true);
  }

  /// Says which map was used, when the entity was found.
  void tell(EntityMaps maps, Call call) {
    if (isNew) {
      map.made();
      maps.keep(map);
    }
    call.exchange().setHeader(EntityMaps.HEADER, EntityRoutes.location(EntityMaps.PATH, map.id()));
  }
}
