package plaza.ngsild.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.ledger.Page;
import plaza.ngsild.distribute.Mapping;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.query.Collation;
import plaza.ngsild.query.JoinParser;
import plaza.ngsild.query.QueryDocument;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.source.SourceFilter;
import plaza.web.Right;
import plaza.web.Routes;

/// Queries of entities: `GET /entities`, `POST /entityOperations/query`, and the purge `DELETE
/// /entities` (clauses 6.4.3.2, 6.4.3.3, 6.23).
final class QueryRoutes {
  private static final Set<String> KNOWN =
      Set.of(
          "id",
          "idPattern",
          "type",
          "attrs",
          "q",
          "georel",
          "geometry",
          "coordinates",
          "geoproperty",
          "scopeQ",
          "limit",
          "offset",
          "count",
          "options",
          "format",
          "pick",
          "omit",
          "lang",
          "datasetId",
          "geometryProperty",
          "local",
          "at",
          "csf",
          "join",
          "joinLevel",
          "containedBy",
          "entityMap",
          "entityMapLifetime",
          "expandValues",
          "jsonKeys",
          "splitEntities",
          "orderBy",
          "orderFrom",
          "orderGeometry",
          "collation");

  /// What the document of a query by POST says, and its URL does not.
  static final Set<String> OF_DOCUMENT =
      Set.of(
          "id",
          "idPattern",
          "type",
          "q",
          "georel",
          "geometry",
          "coordinates",
          "geoproperty",
          "scopeQ",
          "expandValues",
          "jsonKeys");

  /// What a Query document says as a URL would (clause 5.2.23).
  private static final Set<String> IN_DOCUMENT =
      Set.of(
          "attrs",
          "pick",
          "omit",
          "datasetId",
          "lang",
          "join",
          "joinLevel",
          "containedBy",
          "entityMap",
          "entityMapLifetime");

  private final Desk desk;

  QueryRoutes(Desk desk) {
    this.desk = desk;
  }

  void addTo(Routes routes) {
    routes.get(EntityRoutes.PATH, Right.anyone(), desk.handler(this::query));
    routes.delete(EntityRoutes.PATH, Right.anyone(), desk.handler(this::purge));
    routes.post(
        NgsiLdFace.BASE + "/entityOperations/query",
        Right.anyone(),
        desk.handler(this::queryByDocument));
  }

  private void query(Call call) {
    answer(inUrl(call));
  }

  private void queryByDocument(Call call) {
    answer(inDocument(call));
  }

  /// An entity map of all that a request asks for (clause 5.14.4).
  EntityMap map(Call call) {
    var asked = call.exchange().method().equals("POST") ? inDocument(call) : inUrl(call);
    var address = desk.existing(call.address());
    try {
      return new MappedQuery(
              desk.maps,
              call,
              address,
              asked.query,
              pages(asked, address, ordering(asked)),
              null,
              MappedQuery.lifetime(desk.maps, asked.parameters))
          .create();
    } catch (Refusal.TooLarge large) {
      throw EntityAnswer.tooComplex(large);
    }
  }

  /// What a request asks for.
  ///
  /// @param local whether nobody else is asked
  private record Asked(Call call, Query query, QueryParser.Parameters parameters, boolean local) {}

  private static Asked inUrl(Call call) {
    call.allow(KNOWN);
    return new Asked(call, parse(call), call, isLocal(call));
  }

  static Query parse(Call call) {
    var query = QueryParser.parse(call, call.context());
    if ("*".equals(call.get("type"))) requireNotElsewhere(call);
    requireSound(call, call.get("csf"));
    if (!isLocal(call)) QueryParser.requireNarrow(query);
    return query;
  }

  /// Clause 5.7.2.4: a broken filter of sources is refused even where there are none.
  static void requireSound(Call call, @Nullable String csf) {
    if (csf != null) SourceFilter.parse(csf, call.context());
  }

  /// Table 6.4.3.2-1: `type=*` is local, whatever else is said.
  static boolean isLocal(Call call) {
    return call.flag("local") || "*".equals(call.get("type"));
  }

  private static Asked inDocument(Call call) {
    call.allow(KNOWN, OF_DOCUMENT);
    var members = EntityParser.object(call.document());
    QueryDocument.require(members, false);
    var inBody = JoinParser.members(members);
    QueryParser.Parameters parameters =
        name -> {
          var inUrl = call.get(name);
          if (inUrl != null) return inUrl;
          if (IN_DOCUMENT.contains(name)) return inBody.get(name);
          return members.get("ordering") instanceof Value.Struct ordering
              ? Ordering.members(ordering).get(name)
              : null;
        };
    var query =
        QueryParser.parse(
            new Value.Struct(members), call.context(), JoinParser.parse(parameters).level());
    requireSound(call, QueryParser.text(members.get("csf"), "csf"));
    boolean local = isLocal(call, members);
    if (!local) QueryParser.requireNarrow(query);
    return new Asked(call, query, parameters, local);
  }

  /// Table 5.2.33-1: the type `*` is local, and nothing may say otherwise.
  static boolean isLocal(Call call, Map<String, Value> document) {
    boolean everyType =
        document.get("entities") instanceof Value.Items(var items)
            && items.stream()
                .anyMatch(item ->
                    item instanceof Value.Struct(var selector)
                        && Value.of("*").equals(selector.get("type")));
    if (everyType) requireNotElsewhere(call);
    return everyType || call.flag("local");
  }

  private static void requireNotElsewhere(Call call) {
    if ("false".equals(call.get("local")))
      throw new Refusal.Invalid("the type * asks this broker alone; leave out local=false");
  }

  private void answer(Asked asked) {
    var call = asked.call;
    var address = desk.existing(call.address());
    var answer = EntityAnswer.of(call, asked.parameters);
    var paging = Paging.of(call, desk.reader.limits().entitiesPerPage());
    boolean counting = call.flag("count");
    if (paging.limit() == 0 && !counting)
      throw new Refusal.Invalid("limit=0 needs count=true beside it");
    var ordering = ordering(asked);
    var mapped =
        MappedQuery.of(
            desk.maps,
            call,
            address,
            asked.query,
            asked.parameters,
            pages(asked, address, ordering));
    try {
      var found = mapped == null ? null : mapped.answer(paging, counting);
      var page = found != null ? found.page() : page(asked, address, ordering, paging, counting);
      if (counting) call.exchange().setHeader("NGSILD-Results-Count", Long.toString(page.total()));
      paging.links(call, answer.media(), page.more());
      answer.many(desk, address, page.entities(), found != null && found.isNew() ? 201 : 200);
    } catch (Refusal.TooLarge large) {
      throw EntityAnswer.tooComplex(large);
    }
  }

  private Page page(
      Asked asked, Address address, @Nullable Ordering ordering, Paging paging, boolean counting) {
    return ordering == null
        ? desk.federation.query(
            asked.call, address, asked.query, asked.parameters, paging, counting, asked.local)
        : ordering.page(desk, asked.call, address, asked.query, paging);
  }

  private MappedQuery.Pages pages(Asked asked, Address address, @Nullable Ordering ordering) {
    return new MappedQuery.Pages() {
      @Override
      public void each(Query query, Predicate<Entity> visitor) {
        if (ordering == null) {
          desk.reader.each(asked.call.actor(), address, query, visitor);
          return;
        }
        var all = new Paging(0, desk.limits.orderedEntities());
        for (var entity : ordering.page(desk, asked.call, address, query, all).entities())
          if (!visitor.test(entity)) return;
      }

      @Override
      public List<Entity> some(Query query, List<String> ids, EntityMap map) {
        return desk.federation.mapped(
            asked.call, address, asked.query, query, ids, asked.parameters, map, asked.local);
      }

      @Override
      public Mapping.@Nullable Plan elsewhere(Duration lifetime) {
        return desk.federation.plan(
            asked.call, address, asked.query, asked.parameters, lifetime, null, asked.local);
      }
    };
  }

  private static @Nullable Ordering ordering(Asked asked) {
    var orderBy = asked.parameters.get("orderBy");
    if (orderBy == null) Collation.require(asked.parameters.get("collation"));
    return orderBy == null ? null : Ordering.of(asked.call, asked.parameters, orderBy, asked.local);
  }

  /// Clause 5.6.21.
  private void purge(Call call) {
    call.allow(Purge.KNOWN);
    var query = parse(call);
    var address = desk.existing(call.writeAddress());
    var map = call.exchange().header(EntityMaps.HEADER).map(name -> existingMap(call, name));
    var results = new Purge(desk, call).run(address, query, map.orElse(null));
    map.ifPresent(used ->
        call.exchange()
            .setHeader(EntityMaps.HEADER, EntityRoutes.location(EntityMaps.PATH, used.id())));
    // Clause 5.6.21.4: an error when all of it failed, else a partial success.
    var failure = results.failure();
    if (failure != null) throw failure;
    if (results.hasErrors()) results.sendPartial(call);
    else call.exchange().send(204);
  }

  /// What was to be deleted is not guessed anew when the map is gone.
  private EntityMap existingMap(Call call, String name) {
    return desk.maps
        .find(call.actor(), desk.existing(call.address()), name)
        .orElseThrow(
            () -> new Refusal.NotFound("there is no entity map " + name + " of yours (any more)"));
  }
}
