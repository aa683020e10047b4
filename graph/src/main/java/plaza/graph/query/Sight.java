package plaza.graph.query;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Names;

/// What someone may see of the graph (or change in it): the union of some views.
///
/// Names under [Names#PRIVATE] are beyond every sight but [#EVERYTHING], which no face ever has.
/// Types under [Names#PILOTS] are beyond every view that does not name them.
///
/// @param everything private names too
/// @param reason whom to ask, shown when something is refused
public record Sight(boolean everything, List<View> views, String reason) {
  public static final Sight EVERYTHING = new Sight(true, List.of(), "");
  private static final String PILOTS_OWN =
      "a pilot's own entities are for its team, those it is granted to, and the city's officers";

  /// All of the city, without what is pilots' own.
  public static final Sight PUBLIC = new Sight(false, List.of(View.ALL), PILOTS_OWN);

  /// All of the city, and what is pilots' own.
  public static final Sight CITY = new Sight(false, List.of(View.ALL, View.PILOTS), "");

  public Sight {
    views = List.copyOf(views);
  }

  public static Sight nothing(String reason) {
    return new Sight(false, List.of(), reason);
  }

  public static Sight of(View view, String reason) {
    return new Sight(false, List.of(view), reason);
  }

  /// A window on the graph. Empty sets and nulls ask nothing.
  ///
  /// @param types expanded entity types; an entity needs one of them. A name that ends with `#`
  ///   stands for all types of that vocabulary, [Names#PILOTS] for those of all pilots.
  /// @param attributes expanded names that show; identity, types, scopes and the location always do
  /// @param area the entity's `location` must lie in it (its border included)
  /// @param from observations before it do not show (inclusive)
  /// @param until observations from it on do not show (exclusive)
  /// @param owner whose the entities are by their ids, `urn:ngsi-ld:<Type>:<owner>:…`; null asks
  ///   nothing
  public record View(
      Set<String> types,
      Set<String> attributes,
      @Nullable Geometry area,
      @Nullable Instant from,
      @Nullable Instant until,
      @Nullable String owner) {
    public static final View ALL = new View(Set.of(), Set.of(), null, null, null);
    public static final View PILOTS = new View(Set.of(Names.PILOTS), Set.of(), null, null, null);
    private static final String URN = "urn:ngsi-ld:";

    public View {
      types = Set.copyOf(types);
      attributes = Set.copyOf(attributes);
    }

    /// A view of entities whoever owns them.
    public View(
        Set<String> types,
        Set<String> attributes,
        @Nullable Geometry area,
        @Nullable Instant from,
        @Nullable Instant until) {
      this(types, attributes, area, from, until, null);
    }

    public boolean accepts(Entity entity) {
      return acceptsAnyType(entity)
          && (area == null || liesIn(area, entity))
          && (owner == null || acceptsId(entity.id()));
    }

    private boolean acceptsAnyType(Entity entity) {
      for (var type : entity.types()) if (acceptsType(type)) return true;
      return false;
    }

    public boolean acceptsId(String id) {
      if (owner == null) return true;
      int end = id.startsWith(URN) ? id.indexOf(':', URN.length()) : -1;
      return end > URN.length()
          && id.startsWith(owner, end + 1)
          && id.startsWith(":", end + 1 + owner.length())
          && id.length() > end + 2 + owner.length();
    }

    private static boolean liesIn(Geometry area, Entity entity) {
      for (var attribute : entity.attributes())
        if (attribute.name().equals(Names.LOCATION)
            && attribute.content() instanceof Content.GeoProperty(var place)
            && GeoFilter.covers(area, place.geometry())) return true;
      return false;
    }

    public boolean acceptsType(String type) {
      if (types.isEmpty()) return !Names.isPilots(type);
      if (types.contains(type)) return true;
      int end = type.lastIndexOf('#');
      return (end >= 0 && types.contains(type.substring(0, end + 1)))
          || (Names.isPilots(type) && types.contains(Names.PILOTS));
    }

    public boolean accepts(String attribute) {
      return attributes.isEmpty()
          || attributes.contains(attribute)
          || attribute.equals(Names.LOCATION)
          || attribute.equals(Names.SCOPE);
    }

    public boolean accepts(Attribute attribute) {
      if (!accepts(attribute.name())) return false;
      if (from == null && until == null) return true;
      var at = attribute.observedAt();
      // What was never observed (a name, a place) has no date to be outside of.
      return at == null
          || ((from == null || !at.isBefore(from)) && (until == null || at.isBefore(until)));
    }
  }

  /// Whether all shows that is neither private nor pilots' own.
  public boolean isUnlimited() {
    return everything || views.contains(View.ALL);
  }

  /// The entity as far as it shows; empty when it does not.
  public Optional<Entity> of(Entity entity) {
    if (everything) return Optional.of(entity);
    var accepting = accepting(entity);
    if (accepting.isEmpty()) return Optional.empty();
    var shown =
        entity.attributes().stream()
            .filter(a -> !Names.isPrivate(a.name()))
            .filter(a -> accepting.stream().anyMatch(view -> view.accepts(a)))
            .toList();
    return Optional.of(shown.size() == entity.attributes().size() ? entity : entity.with(shown));
  }

  /// Which instances of an entity's history show: decides about the entity once.
  public Predicate<Attribute> instancesOf(Entity entity) {
    if (everything) return _ -> true;
    var accepting = accepting(entity);
    return instance ->
        !Names.isPrivate(instance.name())
            && accepting.stream().anyMatch(view -> view.accepts(instance));
  }

  /// Whether an instance of an entity's history shows.
  public boolean accepts(Entity entity, Attribute instance) {
    return everything
        || (!Names.isPrivate(instance.name())
            && accepting(entity).stream().anyMatch(view -> view.accepts(instance)));
  }

  /// Whether the whole history of some attributes of an entity shows, whatever its dates.
  public boolean acceptsWhole(Entity entity, Collection<String> attributes) {
    if (everything) return true;
    var accepting =
        accepting(entity).stream().filter(view -> view.from() == null && view.until() == null);
    var views = accepting.toList();
    return attributes.stream()
        .allMatch(
            name -> !Names.isPrivate(name) && views.stream().anyMatch(view -> view.accepts(name)));
  }

  /// Whether any entity of the type could show at all.
  public boolean acceptsType(String type) {
    return everything
        || (!Names.isPrivate(type) && views.stream().anyMatch(view -> view.acceptsType(type)));
  }

  /// Whether an attribute of this entity could show: a view of other entities does not help.
  public boolean acceptsAttribute(Entity entity, String name) {
    return everything
        || (!Names.isPrivate(name)
            && accepting(entity).stream().anyMatch(view -> view.accepts(name)));
  }

  /// Whether an attribute could show of which only the name is known, as of entities elsewhere:
  /// there nothing is anybody's own.
  public boolean acceptsAttributeElsewhere(String name) {
    return everything
        || (!Names.isPrivate(name)
            && views.stream().anyMatch(view -> view.owner() == null && view.accepts(name)));
  }

  /// Whether anything of an attribute of a visible entity could show.
  public boolean acceptsAttribute(String name) {
    return everything
        || (!Names.isPrivate(name) && views.stream().anyMatch(view -> view.accepts(name)));
  }

  private List<View> accepting(Entity entity) {
    for (var type : entity.types()) if (Names.isPrivate(type)) return List.of();
    return views.stream().filter(view -> view.accepts(entity)).toList();
  }

  @Override
  public String toString() {
    return everything ? "everything" : Objects.toString(views);
  }
}
