package plaza.ngsild.http;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.json.JsonWriter;
import plaza.ngsild.context.Context;
import plaza.ngsild.distribute.Discovery;
import plaza.ngsild.parse.Members;
import plaza.ngsild.source.Operation;
import plaza.web.Right;
import plaza.web.Routes;

/// What types and attributes there are: `/types`, `/attributes` (clauses 5.7.5 to 5.7.10).
final class DiscoveryRoutes {
  private static final Set<String> KNOWN = Set.of("details", "local", "at", "limit", "offset");

  private final Desk desk;
  private final Tallies tallies;

  DiscoveryRoutes(Desk desk) {
    this.desk = desk;
    this.tallies = new Tallies(desk.reader, System::nanoTime);
  }

  void addTo(Routes routes) {
    routes.get(NgsiLdFace.BASE + "/types", Right.anyone(), desk.handler(this::types));
    routes.get(NgsiLdFace.BASE + "/types/{type}", Right.anyone(), desk.handler(this::type));
    routes.get(NgsiLdFace.BASE + "/attributes", Right.anyone(), desk.handler(this::attributes));
    routes.get(
        NgsiLdFace.BASE + "/attributes/{attr}", Right.anyone(), desk.handler(this::attribute));
  }

  /// What is known of one attribute's use.
  private static final class Use {
    long instances;
    final Set<String> kinds = new TreeSet<>();
    final Set<String> types = new TreeSet<>();
  }

  private void types(Call call) {
    call.allow(KNOWN);
    var media = call.accepted();
    var address = desk.existing(call.address());
    var context = call.context();
    if (!call.flag("details")) {
      var types = new TreeSet<>(desk.reader.types(call.actor(), address));
      types.addAll(
          desk.federation
              .discover(call, address, Operation.RETRIEVE_ENTITY_TYPES, "/types", null)
              .types()
              .keySet());
      call.answer(
          200,
          media,
          out -> {
            out.startObject()
                .member("id", "urn:ngsi-ld:EntityTypeList:" + address.tenant())
                .member("type", "EntityTypeList");
            names("typeList", types, context, out);
            context(media, context, out);
            out.endObject();
          });
      return;
    }
    var attributes = new TreeMap<String, Set<String>>();
    tallies
        .of(call.actor(), address)
        .types()
        .forEach((type, use) -> attributes.put(type, new TreeSet<>(use.kinds().keySet())));
    desk.federation
        .discover(call, address, Operation.RETRIEVE_ENTITY_TYPE_DETAILS, "/types", null)
        .types()
        .forEach(
            (type, names) -> attributes.computeIfAbsent(type, _ -> new TreeSet<>()).addAll(names));
    call.answer(
        200,
        media,
        out -> {
          out.startArray();
          attributes.forEach((type, names) -> {
            out.startObject()
                .member("id", type)
                .member("type", "EntityType")
                .member("typeName", context.name(type));
            names("attributeNames", names, context, out);
            context(media, context, out);
            out.endObject();
          });
          out.endArray();
        });
  }

  private void type(Call call) {
    call.allow(KNOWN);
    var media = call.accepted();
    var address = desk.existing(call.address());
    var context = call.context();
    var type = Members.name(call.exchange().parameter("type"), "a type name", context);
    var uses = new TreeMap<String, Use>();
    var count = new long[1];
    var known = tallies.of(call.actor(), address).types().get(type);
    if (known != null) {
      count[0] = known.count();
      known
          .kinds()
          .forEach((name, kinds) -> uses.computeIfAbsent(name, _ -> new Use()).kinds.addAll(kinds));
    }
    var elsewhere =
        desk.federation.discover(
            call, address, Operation.RETRIEVE_ENTITY_TYPE_INFO, "/types", type);
    count[0] += elsewhere.entityCount();
    elsewhere.attributes().forEach((name, use) -> add(uses, name, use));
    if (count[0] == 0 && elsewhere.types().isEmpty())
      throw new Refusal.NotFound("there are no entities of type " + type);
    call.answer(
        200,
        media,
        out -> {
          out.startObject()
              .member("id", type)
              .member("type", "EntityTypeInfo")
              .member("typeName", context.name(type))
              .name("entityCount")
              .number(count[0])
              .name("attributeDetails")
              .startArray();
          uses.forEach((name, use) -> {
            out.startObject()
                .member("id", name)
                .member("type", "Attribute")
                .member("attributeName", context.name(name));
            texts("attributeTypes", use.kinds, out);
            out.endObject();
          });
          out.endArray();
          context(media, context, out);
          out.endObject();
        });
  }

  private void attributes(Call call) {
    call.allow(KNOWN);
    var media = call.accepted();
    var address = desk.existing(call.address());
    var context = call.context();
    var uses = uses(call, address);
    desk.federation
        .discover(
            call,
            address,
            call.flag("details")
                ? Operation.RETRIEVE_ATTR_TYPE_DETAILS
                : Operation.RETRIEVE_ATTR_TYPES,
            "/attributes",
            null)
        .attributes()
        .forEach((name, use) -> add(uses, name, use));
    call.answer(
        200,
        media,
        out -> {
          if (!call.flag("details")) {
            out.startObject()
                .member("id", "urn:ngsi-ld:AttributeList:" + address.tenant())
                .member("type", "AttributeList");
            names("attributeList", uses.keySet(), context, out);
            context(media, context, out);
            out.endObject();
            return;
          }
          out.startArray();
          uses.forEach((name, use) -> {
            out.startObject()
                .member("id", name)
                .member("type", "Attribute")
                .member("attributeName", context.name(name));
            names("typeNames", use.types, context, out);
            context(media, context, out);
            out.endObject();
          });
          out.endArray();
        });
  }

  private void attribute(Call call) {
    call.allow(KNOWN);
    var media = call.accepted();
    var context = call.context();
    var name = Members.name(call.exchange().parameter("attr"), "an attribute name", context);
    var uses = uses(call, desk.existing(call.address()));
    desk.federation
        .discover(
            call,
            desk.existing(call.address()),
            Operation.RETRIEVE_ATTR_TYPE_INFO,
            "/attributes",
            name)
        .attributes()
        .forEach((other, more) -> add(uses, other, more));
    var use = uses.get(name);
    if (use == null) throw new Refusal.NotFound("no entity has the attribute " + name);
    call.answer(
        200,
        media,
        out -> {
          out.startObject()
              .member("id", name)
              .member("type", "Attribute")
              .member("attributeName", context.name(name))
              .name("attributeCount")
              .number(use.instances);
          texts("attributeTypes", use.kinds, out);
          names("typeNames", use.types, context, out);
          context(media, context, out);
          out.endObject();
        });
  }

  /// What is known here.
  private Map<String, Use> uses(Call call, Address address) {
    var uses = new TreeMap<String, Use>();
    tallies
        .of(call.actor(), address)
        .attributes()
        .forEach((name, known) -> {
          var use = uses.computeIfAbsent(name, _ -> new Use());
          use.instances = known.count();
          use.kinds.addAll(known.kinds());
          use.types.addAll(known.types());
        });
    return uses;
  }

  /// What sources tell of an attribute.
  private static void add(Map<String, Use> uses, String name, Discovery.Use more) {
    var use = uses.computeIfAbsent(name, _ -> new Use());
    use.instances += more.instances;
    use.kinds.addAll(more.kinds);
    use.types.addAll(more.types);
  }

  private static void names(String member, Set<String> names, Context context, JsonWriter out) {
    out.name(member).startArray();
    for (var name : names) out.text(context.name(name));
    out.endArray();
  }

  private static void texts(String member, Set<String> texts, JsonWriter out) {
    out.name(member).startArray();
    texts.forEach(out::text);
    out.endArray();
  }

  private static void context(Media media, Context context, JsonWriter out) {
    if (media == Media.LD_JSON) out.name("@context").value(context.source());
  }
}
