package plaza.ngsild.http;

import java.util.ArrayList;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import plaza.graph.Address;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoJson;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Distance;
import plaza.graph.query.Query;
import plaza.json.Json;
import plaza.ledger.Page;
import plaza.ledger.Reader;
import plaza.ngsild.parse.Members;

/// Orders the answer to a query (clause 4.23): by values or by distance, one after another.
record Ordering(Comparator<Entity> order) {
  private static final int MOST = 50_000;

  static Ordering of(Call call, String orderBy) {
    if (!call.flag("local"))
      throw new Refusal.Invalid("orderBy needs local=true: only one broker can order its entities");
    Comparator<Entity> order = null;
    for (var term : orderBy.split(",", -1)) {
      var pieces = term.strip().split(";", 2);
      var direction = pieces.length == 1 ? "asc" : pieces[1];
      var next =
          switch (direction) {
            case "asc" -> byValue(call, pieces[0], false);
            case "desc" -> byValue(call, pieces[0], true);
            case "dist-asc" -> byDistance(call, pieces[0]);
            case "dist-desc" -> byDistance(call, pieces[0]).reversed();
            default ->
                throw new Refusal.Invalid(
                    "orderBy knows asc, desc, dist-asc and dist-desc, not '" + direction + "'");
          };
      order = order == null ? next : order.thenComparing(next);
    }
    if (order == null) throw new Refusal.Invalid("orderBy names nothing");
    return new Ordering(order.thenComparing(Entity::id));
  }

  Page page(Reader reader, Call call, Address address, Query query, Paging paging) {
    var all = new ArrayList<Entity>();
    reader.each(
        call.actor(),
        address,
        query,
        entity -> {
          all.add(entity);
          if (all.size() > MOST)
            throw new Problem(
                Problem.Type.TOO_MANY_RESULTS,
                "more than " + MOST + " entities match; narrow the query to have them ordered");
          return true;
        });
    all.sort(order);
    int from = Math.min(paging.offset(), all.size());
    int to = Math.min(from + paging.limit(), all.size());
    return new Page(all.subList(from, to), all.size(), to < all.size());
  }

  private static Comparator<Entity> byValue(Call call, String name, boolean descending) {
    Comparator<@Nullable Value> values = Ordering::compare;
    // What an entity does not have comes last, whichever the direction.
    Comparator<@Nullable Value> order =
        Comparator.nullsLast(descending ? values.reversed() : values);
    if (name.equals("id") || name.equals("type"))
      return Comparator.comparing(
          entity -> Value.of(name.equals("id") ? entity.id() : entity.types().getFirst()), order);
    var iri = Members.name(name, "orderBy: an attribute name", call.context());
    return Comparator.comparing(entity -> value(entity, iri), order);
  }

  private static @Nullable Value value(Entity entity, String name) {
    var attribute = entity.find(name);
    if (attribute.isEmpty()) return null;
    return switch (attribute.get().content()) {
      case Content.Property(var value) -> value;
      case Content.JsonProperty(var json) -> json;
      case Content.GeoProperty(var place) -> place.geoJson();
      case Content.Relationship(var objects, _, _) -> Value.of(String.join(",", objects));
      case Content.ListRelationship(var objects, _) -> Value.of(objects);
      case Content.VocabProperty(var terms, _) -> Value.of(String.join(",", terms));
      case Content.ListProperty(var values) -> new Value.Items(values);
      case Content.LanguageProperty(var texts) -> texts.values().stream().findFirst().orElse(null);
    };
  }

  /// Clause 4.23.2: numbers, texts, objects, arrays, booleans.
  private static int compare(@Nullable Value one, @Nullable Value other) {
    if (one == null || other == null) return 0;
    int ranks = Integer.compare(rank(one), rank(other));
    if (ranks != 0) return ranks;
    if (one instanceof Value.Text(var a) && other instanceof Value.Text(var b))
      return a.compareTo(b);
    if (rank(one) == 0) return Double.compare(one.asNumber(), other.asNumber());
    return Json.text(one).compareTo(Json.text(other));
  }

  private static int rank(Value value) {
    return switch (value) {
      case Value.Whole _, Value.Decimal _ -> 0;
      case Value.Text _ -> 1;
      case Value.Struct _ -> 2;
      case Value.Items _ -> 3;
      case Value.Flag _ -> 4;
      case Value.Null _ -> 5;
    };
  }

  private static Comparator<Entity> byDistance(Call call, String name) {
    var from = call.get("orderFrom");
    if (from == null) throw new Refusal.Invalid("ordering by distance needs orderFrom");
    var type = call.get("orderGeometry") == null ? "Point" : call.get("orderGeometry");
    Geometry origin;
    try {
      origin = GeoJson.geometry(type == null ? "Point" : type, Json.parse(from));
    } catch (Refusal refusal) {
      throw new Refusal.Invalid("orderFrom: " + refusal.getMessage());
    }
    var iri = Members.name(name, "orderBy: an attribute name", call.context());
    return Comparator.comparingDouble(entity ->
        entity
            .findPlace(iri)
            .map(place -> Distance.meters(origin, place.geometry()))
            .orElse(Double.MAX_VALUE));
  }
}
