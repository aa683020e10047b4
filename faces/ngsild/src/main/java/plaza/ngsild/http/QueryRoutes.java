package plaza.ngsild.http;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.query.JoinParser;
import plaza.ngsild.query.QueryParser;
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

  /// What a Query document says as a URL would (clause 5.2.23).
  private static final Set<String> IN_DOCUMENT =
      Set.of("attrs", "pick", "omit", "datasetId", "lang", "join", "joinLevel", "containedBy");

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
    call.allow(KNOWN);
    answer(call, parse(call), call, isLocal(call));
  }

  static Query parse(Call call) {
    var query = QueryParser.parse(call, call.context());
    if ("*".equals(call.get("type")) && "false".equals(call.get("local")))
      throw new Refusal.Invalid("type=* asks this broker alone; leave out local=false");
    if (!isLocal(call)) QueryParser.requireNarrow(query);
    return query;
  }

  /// Table 6.4.3.2-1: `type=*` is local, whatever else is said.
  private static boolean isLocal(Call call) {
    return call.flag("local") || "*".equals(call.get("type"));
  }

  private void queryByDocument(Call call) {
    call.allow(KNOWN);
    var members = EntityParser.object(call.document());
    if (!(members.get("type") instanceof Value.Text(var type)) || !type.equals("Query"))
      throw new Refusal.Invalid("the body needs \"type\": \"Query\"");
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
    boolean local = call.flag("local") || selectsEveryType(members.get("entities"));
    if (!local) QueryParser.requireNarrow(query);
    answer(call, query, parameters, local);
  }

  private static boolean selectsEveryType(@Nullable Value entities) {
    return entities instanceof Value.Items(var items)
        && items.stream()
            .anyMatch(item ->
                item instanceof Value.Struct(var selector)
                    && Value.of("*").equals(selector.get("type")));
  }

  private void answer(Call call, Query query, QueryParser.Parameters parameters, boolean local) {
    var address = desk.existing(call.address());
    var answer = EntityAnswer.of(call, parameters);
    var paging = Paging.of(call, desk.reader.limits().entitiesPerPage());
    boolean counting = call.flag("count");
    if (paging.limit() == 0 && !counting)
      throw new Refusal.Invalid("limit=0 needs count=true beside it");
    var ordering = ordering(call, parameters, local);
    try {
      var page =
          ordering == null
              ? desk.federation.query(call, address, query, parameters, paging, counting, local)
              : ordering.page(desk, call, address, query, paging);
      if (counting) call.exchange().setHeader("NGSILD-Results-Count", Long.toString(page.total()));
      paging.links(call, answer.media(), page.more());
      answer.many(desk, address, page.entities());
    } catch (Refusal.TooLarge large) {
      throw EntityAnswer.tooComplex(large);
    }
  }

  private static @Nullable Ordering ordering(
      Call call, QueryParser.Parameters parameters, boolean local) {
    var orderBy = parameters.get("orderBy");
    return orderBy == null ? null : Ordering.of(call, parameters, orderBy, local);
  }

  /// Clause 5.6.21.
  private void purge(Call call) {
    call.allow(Purge.KNOWN);
    var query = parse(call);
    var results = new Purge(desk, call).run(desk.existing(call.writeAddress()), query);
    if (results.hasErrors()) results.sendPartial(call);
    else call.exchange().send(204);
  }
}
