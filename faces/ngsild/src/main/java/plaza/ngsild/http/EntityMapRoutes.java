package plaza.ngsild.http;

import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ngsild.parse.DateTimes;
import plaza.ngsild.parse.EntityParser;
import plaza.web.Right;
import plaza.web.Routes;

/// `/entityMaps`: shows, prolongs and ends entity maps, and makes them for a query (clauses 5.14,
/// 6.32, 6.34, 6.35).
final class EntityMapRoutes {
  private final Desk desk;
  private final QueryRoutes queries;
  private final TemporalQueryRoutes temporalQueries;

  EntityMapRoutes(Desk desk, QueryRoutes queries, TemporalQueryRoutes temporalQueries) {
    this.desk = desk;
    this.queries = queries;
    this.temporalQueries = temporalQueries;
  }

  void addTo(Routes routes) {
    var one = EntityMaps.PATH + "/{id}";
    routes.get(EntityMaps.PATH, Right.anyone(), desk.handler(this::create));
    routes.post(EntityMaps.PATH, Right.anyone(), desk.handler(this::create));
    var temporal = NgsiLdFace.BASE + "/temporal/entityMaps";
    routes.get(temporal, Right.anyone(), desk.handler(this::createTemporal));
    routes.post(temporal, Right.anyone(), desk.handler(this::createTemporal));
    routes.get(one, Right.anyone(), desk.handler(this::retrieve));
    routes.patch(one, Right.anyone(), desk.handler(this::update));
    routes.delete(one, Right.anyone(), desk.handler(this::delete));
  }

  /// Clause 5.14.4.
  private void create(Call call) {
    created(call, queries.map(call));
  }

  /// Clause 5.14.5.
  private void createTemporal(Call call) {
    created(call, temporalQueries.map(call));
  }

  private static void created(Call call, EntityMap map) {
    call.exchange()
        .setHeader(EntityMaps.HEADER, EntityRoutes.location(EntityMaps.PATH, map.id()))
        .setHeader("Location", EntityRoutes.location(EntityMaps.PATH, map.id()));
    call.answer(201, call.accepted(), map.document());
  }

  private void retrieve(Call call) {
    call.answer(200, call.accepted(), existing(call).document());
  }

  /// Clause 5.14.2: only the end can be changed; what only answers have is ignored.
  private void update(Call call) {
    var map = existing(call);
    var members = EntityParser.object(call.document());
    if (members.containsKey("type") && !Value.of("EntityMap").equals(members.get("type")))
      throw new Refusal.Invalid("the type of an entity map is EntityMap");
    if (!(members.get("expiresAt") instanceof Value.Text(var expiresAt)))
      throw new Refusal.Invalid("of an entity map expiresAt can be changed, and only that");
    desk.maps.expire(map, DateTimes.parse(expiresAt, "expiresAt"));
    desk.federation.pass(
        call, desk.existing(call.address()), map, Value.of(map.expiresAt().toString()));
    call.exchange().send(204);
  }

  private void delete(Call call) {
    var map = existing(call);
    desk.maps.delete(map);
    desk.federation.pass(call, desk.existing(call.address()), map, null);
    call.exchange().send(204);
  }

  private EntityMap existing(Call call) {
    var id = call.recordId();
    return desk.maps
        .find(call.actor(), desk.existing(call.address()), id)
        .orElseThrow(() -> new Refusal.NotFound("there is no entity map " + id + " of yours"));
  }
}
