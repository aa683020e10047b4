package plaza.ngsild.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.GeoJson;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.TypedValue;
import plaza.graph.Value;
import plaza.graph.query.Distance;
import plaza.graph.query.Evaluator;
import plaza.graph.query.Path;
import plaza.graph.query.Query;
import plaza.json.Json;
import plaza.ledger.Page;
import plaza.ngsild.query.Collation;
import plaza.ngsild.query.Paths;
import plaza.ngsild.query.QueryParser;

/// Orders the answer to a query (clause 4.23): by values or by distance, one after another.
///
/// Every match is looked at once; kept are only as many as lie before the end of the page.
final class Ordering {
  private static final Set<String> MOMENTS =
      Set.of("observedAt", "createdAt", "modifiedAt", "expiresAt");

  private final List<Term> terms;
  private final Collation collation;
  private final Comparator<Keyed> order;

  /// @param origin distances are measured from there; null orders by value
  private record Term(Path path, boolean descending, @Nullable Geometry origin) {}

  private record Keyed(Entity entity, List<SortKey> keys) {}

  private Ordering(List<Term> terms, Collation collation) {
    this.terms = terms;
    this.collation = collation;
    this.order = this::compare;
  }

  /// @param local whether no other broker is asked
  static Ordering of(Call call, QueryParser.Parameters parameters, String orderBy, boolean local) {
    if (!local)
      throw new Refusal.Invalid("orderBy needs local=true: only one broker can order its entities");
    var terms = new ArrayList<Term>();
    for (var term : orderBy.split(",", -1)) {
      var pieces = term.strip().split(";", 2);
      var path = Paths.ordering(pieces[0].strip(), call.context());
      terms.add(
          switch (pieces.length == 1 ? "asc" : pieces[1].strip()) {
            case "asc" -> new Term(path, false, null);
            case "desc" -> new Term(path, true, null);
            case "dist-asc" -> new Term(path, false, origin(parameters));
            case "dist-desc" -> new Term(path, true, origin(parameters));
            case String other ->
                throw new Refusal.Invalid(
                    "orderBy knows asc, desc, dist-asc and dist-desc, not '" + other + "'");
          });
    }
    return new Ordering(terms, Collation.parse(parameters.get("collation")));
  }

  /// What the member `ordering` of a Query document says, as a URL would (clause 5.2.43).
  static QueryParser.Parameters members(Value.Struct ordering) {
    var members = ordering.members();
    return name ->
        switch (name) {
          case "orderBy" -> String.join(",", QueryParser.texts(members.get(name), name));
          case "collation" -> QueryParser.text(members.get(name), name);
          case "orderGeometry" -> QueryParser.text(members.get("geometry"), "ordering: geometry");
          case "orderFrom" -> {
            var coordinates = members.get("coordinates");
            yield coordinates == null ? null : Json.text(coordinates);
          }
          default -> null;
        };
  }

  Page page(Desk desk, Call call, Address address, Query query, Paging paging) {
    int kept = paging.offset() + paging.limit();
    if (kept > desk.limits.orderedEntities())
      throw new Problem(
          Problem.Type.TOO_MANY_RESULTS,
          "the first "
              + desk.limits.orderedEntities()
              + " entities of an order can be had, not those up to "
              + kept
              + "; narrow the query");
    var first = new PriorityQueue<Keyed>(order.reversed());
    var matches = new int[1];
    desk.reader.each(
        call.actor(),
        address,
        query,
        entity -> {
          matches[0]++;
          first.add(new Keyed(entity, keys(entity)));
          if (first.size() > kept) first.poll();
          return true;
        });
    var sorted = new ArrayList<>(first);
    sorted.sort(order);
    var page =
        sorted.stream().skip(paging.offset()).limit(paging.limit()).map(Keyed::entity).toList();
    return new Page(page, matches[0], matches[0] > kept);
  }

  private int compare(Keyed one, Keyed other) {
    for (int i = 0; i < terms.size(); i++) {
      int sign = one.keys.get(i).compareTo(other.keys.get(i), terms.get(i).descending);
      if (sign != 0) return sign;
    }
    return one.entity.id().compareTo(other.entity.id());
  }

  private List<SortKey> keys(Entity entity) {
    return terms.stream().map(term -> key(term, entity)).toList();
  }

  private SortKey key(Term term, Entity entity) {
    if (term.origin != null) {
      var place = entity.findPlace(term.path.attribute());
      if (place.isPresent())
        return SortKey.distance(Distance.meters(term.origin, place.get().geometry()));
    }
    var value = value(term.path, entity);
    if (value == null) return SortKey.MISSING;
    var type = value instanceof Value.Text ? valueType(term.path, entity) : null;
    return type == null
        ? SortKey.of(value, collation)
        : SortKey.of(new TypedValue(type, value), collation);
  }

  /// The datatype that stands beside a value (annex C.6).
  private static @Nullable String valueType(Path path, Entity entity) {
    if (!path.trail().isEmpty() || !entity.has(path.attribute())) return null;
    var names = new ArrayList<>(path.subAttributes());
    names.add(Names.VALUE_TYPE);
    var type = Evaluator.first(new Path(path.attribute(), names, List.of()), entity);
    return type.orElse(null) instanceof Value.Text(var name) ? name : null;
  }

  private static @Nullable Value value(Path path, Entity entity) {
    return switch (path.attribute()) {
      case "id" -> Value.of(entity.id());
      case "type" -> Value.of(entity.types().getFirst());
      case "scope" -> entity.scopes().isEmpty() ? null : Value.of(entity.scopes().getFirst());
      case "createdAt" -> moment(entity.createdAt());
      case "modifiedAt" -> moment(entity.modifiedAt());
      case "expiresAt" -> moment(entity.expiresAt());
      default -> {
        var value = Evaluator.first(path, entity).orElse(null);
        yield isMoment(path) && value instanceof Value.Text(var text)
            ? moment(Instant.parse(text))
            : value;
      }
    };
  }

  private static boolean isMoment(Path path) {
    return !path.subAttributes().isEmpty() && MOMENTS.contains(path.subAttributes().getLast());
  }

  private static @Nullable Value moment(@Nullable Instant at) {
    // Numbers are in order whatever the fraction of the second.
    return at == null ? null : Value.of(at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000);
  }

  private static Geometry origin(QueryParser.Parameters parameters) {
    var from = parameters.get("orderFrom");
    if (from == null) throw new Refusal.Invalid("ordering by distance needs orderFrom");
    var type = parameters.get("orderGeometry");
    if ("GeometryCollection".equals(type))
      throw new Refusal.Invalid("orderGeometry cannot be a GeometryCollection");
    try {
      return GeoJson.geometry(type == null ? "Point" : type, Json.parse(from));
    } catch (Refusal refusal) {
      throw new Refusal.Invalid("orderFrom: " + refusal.getMessage());
    }
  }
}
