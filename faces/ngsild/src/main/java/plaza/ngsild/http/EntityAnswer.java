package plaza.ngsild.http;

import java.util.List;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.json.JsonWriter;
import plaza.ngsild.query.JoinParser;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.represent.Conformance;
import plaza.ngsild.represent.EntityWriter;
import plaza.ngsild.represent.Join;
import plaza.ngsild.represent.LinkedEntities;
import plaza.ngsild.represent.Representation;

/// How entities are sent back: one, or a list, with what they link to (clauses 5.7.1.5, 5.7.2.5).
///
/// @param geometry expanded name of the GeoProperty that becomes a feature's geometry
/// @param version of the standard the caller knows
record EntityAnswer(
    Call call, Media media, Representation how, String geometry, Join join, Conformance version) {
  /// Reads how the caller wants entities to be.
  static EntityAnswer of(Call call, QueryParser.Parameters parameters) {
    var media = call.acceptedOrGeo();
    return new EntityAnswer(
        call,
        media,
        Options.representation(parameters, call.context()),
        EntityRoutes.geometryProperty(call, media),
        JoinParser.parse(parameters, call.context()),
        Preferences.version(call));
  }

  /// Whether the answer is about the entity alone, so that its version tells whether it changed.
  boolean isAboutOne() {
    return join.isNone() && version.isNow();
  }

  void one(Desk desk, Address address, Entity entity) {
    if (join.isFlat()) {
      many(desk, address, List.of(entity));
      return;
    }
    var linked = linked(desk, address, List.of(entity));
    var told = version.of(entity, call.context());
    call.answer(
        status(200),
        media,
        out -> {
          var writer = new EntityWriter(call.context(), how, out, linked);
          if (media == Media.GEO_JSON)
            writer.writeFeature(told, geometry, EntityRoutes.carriesContext(call, media));
          else writer.write(told, media == Media.LD_JSON);
        });
  }

  void many(Desk desk, Address address, List<Entity> entities) {
    many(desk, address, entities, 200);
  }

  void many(Desk desk, Address address, List<Entity> entities, int status) {
    var linked = linked(desk, address, entities);
    call.answer(status(status), media, out -> write(entities, linked, out));
  }

  /// Clause 6.4.3.2: an answer that says less than is known is not authoritative.
  private int status(int usual) {
    return version.isNow() || usual != 200 ? usual : 203;
  }

  private LinkedEntities linked(Desk desk, Address address, List<Entity> entities) {
    if (join.isNone()) return LinkedEntities.NONE;
    return LinkedEntities.of(
        join,
        entities,
        how,
        ids -> desk.federation.findAll(call, address, ids),
        desk.limits.linkedEntities());
  }

  private void write(List<Entity> entities, LinkedEntities linked, JsonWriter out) {
    boolean features = media == Media.GEO_JSON;
    if (features) out.startObject().member("type", "FeatureCollection").name("features");
    out.startArray();
    var writer = new EntityWriter(call.context(), how, out, linked);
    for (var entity : entities) write(writer, version.of(entity, call.context()));
    for (var found : linked.flat())
      write(
          new EntityWriter(call.context(), how.with(found.projection()), out),
          version.of(found.entity(), call.context()));
    out.endArray();
    if (!features) return;
    if (EntityRoutes.carriesContext(call, media)) writer.context();
    out.endObject();
  }

  private void write(EntityWriter writer, Entity entity) {
    if (media == Media.GEO_JSON) writer.writeFeature(entity, geometry, false);
    else writer.write(entity, media == Media.LD_JSON);
  }

  /// A query whose cost is beyond the limits (clause 6.3.2).
  static Problem tooComplex(Refusal.TooLarge large) {
    return new Problem(Problem.Type.TOO_COMPLEX_QUERY, String.valueOf(large.getMessage()));
  }
}
