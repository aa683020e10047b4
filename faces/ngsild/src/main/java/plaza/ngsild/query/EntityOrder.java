package plaza.ngsild.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoJson;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.TypedValue;
import plaza.graph.Value;
import plaza.graph.query.Distance;
import plaza.graph.query.Path;
import plaza.graph.query.Reached;
import plaza.json.Json;
import plaza.ngsild.context.Context;

/// In which order entities come (clause 4.23): by values or by distance, one after another, and at
/// last by id.
///
/// Not for two threads at once.
public final class EntityOrder implements Comparator<EntityOrder.Keyed> {
  private static final Set<String> MOMENTS =
      Set.of("observedAt", "createdAt", "modifiedAt", "expiresAt");

  private final List<Term> terms;
  private final Collation collation;

  /// @param origin distances are measured from there; null orders by value
  private record Term(Path path, boolean descending, @Nullable Geometry origin) {}

  /// An entity with what it is ordered by.
  public static final class Keyed {
    private final Entity entity;
    private final List<SortKey> keys;

    private Keyed(Entity entity, List<SortKey> keys) {
      this.entity = entity;
      this.keys = keys;
    }

    public Entity entity() {
      return entity;
    }
  }

  private EntityOrder(List<Term> terms, Collation collation) {
    this.terms = terms;
    this.collation = collation;
  }

  /// @param orderBy such as `name,age;desc`
  /// @param parameters that say `collation`, `orderFrom` and `orderGeometry`
  public static EntityOrder parse(
      String orderBy, QueryParser.Parameters parameters, Context context) {
    var terms = new ArrayList<Term>();
    for (var term : orderBy.split(",", -1)) {
      var pieces = term.strip().split(";", 2);
      var path = Paths.ordering(pieces[0].strip(), context);
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
    return new EntityOrder(terms, Collation.parse(parameters.get("collation")));
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

  /// An entity, ready to be compared.
  public Keyed keyed(Entity entity) {
    return new Keyed(entity, terms.stream().map(term -> key(term, entity)).toList());
  }

  @Override
  public int compare(Keyed one, Keyed other) {
    for (int i = 0; i < terms.size(); i++) {
      int sign = one.keys.get(i).compareTo(other.keys.get(i), terms.get(i).descending);
      if (sign != 0) return sign;
    }
    return one.entity.id().compareTo(other.entity.id());
  }

  private SortKey key(Term term, Entity entity) {
    return switch (term.path.attribute()) {
      case "id" -> key(Value.of(entity.id()));
      case "type" -> key(Value.of(entity.types().getFirst()));
      case "scope" ->
          entity.scopes().isEmpty() ? SortKey.MISSING : key(Value.of(entity.scopes().getFirst()));
      case "createdAt" -> key(entity.createdAt());
      case "modifiedAt" -> key(entity.modifiedAt());
      case "expiresAt" -> key(entity.expiresAt());
      default ->
          Reached.by(term.path, entity).map(found -> key(term, found)).orElse(SortKey.MISSING);
    };
  }

  private SortKey key(Term term, Reached found) {
    var path = term.path;
    boolean whole = path.trail().isEmpty();
    boolean describing =
        !path.subAttributes().isEmpty() && path.subAttributes().getLast().indexOf(':') < 0;
    if (describing)
      return found.value() instanceof Value.Text(var text)
              && MOMENTS.contains(path.subAttributes().getLast())
          ? SortKey.moment(Instant.parse(text))
          : key(found.value());
    if (term.origin != null
        && whole
        && found.instance().content() instanceof Content.GeoProperty(var place))
      return SortKey.distance(Distance.meters(term.origin, place.geometry()));
    var type = whole && found.value() instanceof Value.Text ? valueType(found.instance()) : null;
    return type == null
        ? key(found.value())
        : SortKey.of(new TypedValue(type, found.value()), collation);
  }

  private SortKey key(Value value) {
    return SortKey.of(value, collation);
  }

  private static SortKey key(@Nullable Instant at) {
    return at == null ? SortKey.MISSING : SortKey.moment(at);
  }

  /// The datatype that stands beside a value (annex C.6).
  private static @Nullable String valueType(Attribute instance) {
    for (var sub : instance.subAttributes())
      if (sub.name().equals(Names.VALUE_TYPE)
          && sub.content() instanceof Content.Property(Value.Text(var name))) return name;
    return null;
  }
}
