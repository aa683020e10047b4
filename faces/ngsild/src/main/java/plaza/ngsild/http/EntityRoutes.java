package plaza.ngsild.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Outcome;
import plaza.ngsild.parse.DateTimes;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.parse.Fragment;
import plaza.ngsild.parse.Members;
import plaza.ngsild.parse.Reading;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.query.Selections;
import plaza.web.Right;
import plaza.web.Routes;

/// One entity: `/entities`, `/entities/{id}` (clauses 6.4.3.1, 6.5).
final class EntityRoutes {
  static final String PATH = NgsiLdFace.BASE + "/entities";
  private static final Set<String> RETRIEVAL =
      Set.of(
          "attrs",
          "pick",
          "omit",
          "options",
          "format",
          "lang",
          "type",
          "datasetId",
          "geometryProperty",
          "local",
          "at",
          "join",
          "joinLevel",
          "containedBy",
          "entityMap",
          "entityMapLifetime",
          "jsonKeys",
          "expandValues");

  private final Desk desk;

  EntityRoutes(Desk desk) {
    this.desk = desk;
  }

  void addTo(Routes routes) {
    routes.post(PATH, Right.anyone(), desk.handler(this::create));
    routes.get(PATH + "/{id}", Right.anyone(), desk.handler(this::retrieve));
    routes.put(PATH + "/{id}", Right.anyone(), desk.handler(this::replace));
    routes.patch(PATH + "/{id}", Right.anyone(), desk.handler(this::merge));
    routes.delete(PATH + "/{id}", Right.anyone(), desk.handler(this::delete));
  }

  private void create(Call call) {
    var document = call.document();
    call.allowWriting();
    var entity = parse(call, document);
    if (desk.errands.create(call, entity, rest -> create(call, parse(call, rest)))) return;
    create(call, entity);
    call.exchange().setHeader("Location", location(PATH, entity.id())).send(201);
  }

  private static Entity parse(Call call, Value document) {
    return new EntityParser(Reading.entities(call.context(), Options.isSimplified(call)))
        .entity(document);
  }

  private Outcome.Done create(Call call, Entity entity) {
    return write(call, call.writeAddress(), List.of(new Edit.Create(entity)));
  }

  private Outcome.Done write(Call call, Address address, List<Edit> edits) {
    return desk.write(call, address, edits);
  }

  private void retrieve(Call call) {
    call.allow(RETRIEVAL);
    var address = desk.existing(call.address());
    var answer = EntityAnswer.of(call, call);
    var map = RetrievalMap.of(desk.maps, call, address, call.id());
    var entity = desk.federation.get(call, address, call.id(), map == null ? null : map.map());
    requireType(call, entity);
    requireAny(call, entity);
    if (answer.isAboutOne() && entity.version() != 0) {
      var tag = "\"" + entity.version() + "\"";
      call.exchange().setHeader("ETag", tag);
      if (call.ifNoneMatch().filter(tag::equals).isPresent()) {
        call.exchange().send(304);
        return;
      }
    }
    if (map != null) map.tell(desk.maps, call);
    try {
      answer.one(desk, address, entity);
    } catch (Refusal.TooLarge large) {
      throw EntityAnswer.tooComplex(large);
    }
  }

  private void replace(Call call) {
    call.document();
    call.allowWritingOne();
    var reading = Reading.entities(call.context(), Options.isSimplified(call));
    var fragment = fragment(call, reading);
    if (desk.errands.replace(call, fragment, rest -> replace(call, fragment(call, reading, rest))))
      return;
    replace(call, fragment);
    call.exchange().send(204);
  }

  private Outcome.Done replace(Call call, Fragment fragment) {
    var id = call.id();
    var existing = existing(call, id);
    return write(
        call,
        call.writeAddress(),
        call.guarded(new Edit.Replace(fragment.entity(id, existing.types()))));
  }

  private void merge(Call call) {
    call.document();
    call.allowMerging();
    var reading = Reading.merges(call.context(), Options.isSimplified(call));
    var fragment = fragment(call, reading);
    if (desk.errands.merge(call, fragment, rest -> merge(call, fragment(call, reading, rest))))
      return;
    merge(call, fragment);
    call.exchange().send(204);
  }

  private Outcome.Done merge(Call call, Fragment fragment) {
    var observedAt = call.get("observedAt");
    if (call.get("type") != null) existing(call, call.id());
    return write(
        call,
        desk.existing(call.writeAddress()),
        call.guarded(
            new Edit.Merge(
                call.id(),
                fragment.types(),
                fragment.scopes(),
                fragment.patches(),
                observedAt == null ? null : DateTimes.parse(observedAt, "observedAt"),
                call.get("lang"),
                fragment.expiresAt())));
  }

  private void delete(Call call) {
    call.allow(Set.of("type", "local"));
    if (desk.errands.delete(call, false, _ -> deleteHere(call))) return;
    deleteHere(call);
    call.exchange().send(204);
  }

  private Outcome.Done deleteHere(Call call) {
    if (call.get("type") != null) existing(call, call.id());
    return write(
        call, desk.existing(call.writeAddress()), call.guarded(new Edit.Delete(call.id())));
  }

  /// The body as a part of the entity in the path.
  static Fragment fragment(Call call, Reading reading) {
    return fragment(call, reading, call.document());
  }

  static Fragment fragment(Call call, Reading reading, Value body) {
    var fragment = new EntityParser(reading).fragment(body);
    if (fragment.id() != null && !fragment.id().equals(call.id()))
      throw new Refusal.Invalid(
          "the body is about " + fragment.id() + ", the path about " + call.id());
    return fragment;
  }

  /// The entity as it is, of the type the request names, if it names one.
  Entity existing(Call call, String id) {
    var entity = desk.reader.get(call.actor(), desk.existing(call.writeAddress()), id);
    requireType(call, entity);
    return entity;
  }

  static void requireType(Call call, Entity entity) {
    var type = call.get("type");
    if (type == null) return;
    var selection = Selections.types(type, call.context());
    if (selection != null && !selection.accepts(entity.types()))
      throw new Refusal.NotFound(entity.id() + " exists, but is not of the type " + type);
  }

  /// Clause 5.7.1.4: attributes were named, and the entity has none of them.
  private static void requireAny(Call call, Entity entity) {
    var names = QueryParser.names(call.list("attrs"), "attrs", call.context());
    if (!names.isEmpty() && names.stream().noneMatch(entity::has))
      throw new Refusal.NotFound(
          entity.id() + " has none of the attributes " + String.join(", ", call.list("attrs")));
  }

  /// The expanded name of the GeoProperty that becomes a feature's geometry.
  static String geometryProperty(Call call, Media media) {
    var name = call.get("geometryProperty");
    if (name == null) return Names.LOCATION;
    if (media != Media.GEO_JSON)
      throw new Refusal.Invalid("geometryProperty needs Accept: application/geo+json");
    return Members.name(name, "geometryProperty", call.context());
  }

  /// Clause 6.3.6: GeoJSON carries its context unless `Prefer: body=json`.
  static boolean carriesContext(Call call, Media media) {
    if (media == Media.LD_JSON) return true;
    if (media == Media.JSON) return false;
    boolean plain = Preferences.plainBody(call);
    if (plain) call.link();
    return !plain;
  }

  static String location(String path, String id) {
    // Colons may stand in a path; anything else that is special is encoded.
    return path
        + "/"
        + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("%3A", ":").replace("+", "%20");
  }

  /// The parts of an update that were not done, as UpdateResult (clause 5.2.18).
  static @Nullable Value result(List<String> given, Outcome.Done done) {
    if (done.notUpdated().isEmpty()) return null;
    var failed =
        done.notUpdated().stream()
            .<Value>map(one ->
                new Value.Struct(
                    java.util.Map.of(
                        "attributeName",
                        Value.of(one.attribute()),
                        "reason",
                        Value.of(one.reason()))))
            .toList();
    var names = done.notUpdated().stream().map(Outcome.NotUpdated::attribute).toList();
    var members = new java.util.LinkedHashMap<String, Value>();
    members.put(
        "updated",
        Value.of(given.stream().filter(name -> !names.contains(name)).distinct().toList()));
    members.put("notUpdated", new Value.Items(failed));
    return new Value.Struct(members);
  }
}
