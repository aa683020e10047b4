package plaza.graph;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One thing in the city: a bike dock, a district, a need, a pilot.
///
/// @param id absolute URI
/// @param types expanded type names, sorted, at least one
/// @param scopes such as `/Taipei/Daan`; may be empty
/// @param attributes instances, in the order in which they were first written
/// @param createdAt set by the ledger; null until written
/// @param modifiedAt set by the ledger; null until written
/// @param expiresAt when a transient entity ends, else null
/// @param version the feed position that gave it this state; 0 until written
public record Entity(
    String id,
    List<String> types,
    List<String> scopes,
    List<Attribute> attributes,
    @Nullable Instant createdAt,
    @Nullable Instant modifiedAt,
    @Nullable Instant expiresAt,
    long version) {

  /// Asked for instead of an end that is to be taken away.
  public static final Instant NEVER = Instant.MAX;

  public Entity {
    id = Names.uri(id, "an entity id");
    if (types.isEmpty()) throw new Refusal.Invalid(id + ": an entity needs at least one type");
    types = types.size() == 1 ? List.copyOf(types) : List.copyOf(new TreeSet<>(types));
    scopes = List.copyOf(scopes);
    attributes = List.copyOf(attributes);
    createdAt = Attribute.kept(createdAt, "createdAt");
    modifiedAt = Attribute.kept(modifiedAt, "modifiedAt");
    expiresAt = Attribute.kept(expiresAt, "expiresAt");
  }

  public static Entity of(String id, String type, List<Attribute> attributes) {
    return new Entity(id, List.of(type), List.of(), attributes, null, null, null, 0);
  }

  public Entity with(List<Attribute> newAttributes) {
    return new Entity(id, types, scopes, newAttributes, createdAt, modifiedAt, expiresAt, version);
  }

  public Entity stamped(@Nullable Instant created, @Nullable Instant modified, long newVersion) {
    return new Entity(id, types, scopes, attributes, created, modified, expiresAt, newVersion);
  }

  public Entity scoped(List<String> newScopes) {
    return new Entity(id, types, newScopes, attributes, createdAt, modifiedAt, expiresAt, version);
  }

  /// The same, ending at another moment, [#NEVER] for not at all; null asks nothing.
  public Entity ending(@Nullable Instant newExpiresAt) {
    if (newExpiresAt == null) return this;
    return endingOnly(newExpiresAt.equals(NEVER) ? null : newExpiresAt);
  }

  /// The same, ending at another moment; null for never.
  public Entity endingOnly(@Nullable Instant newExpiresAt) {
    return new Entity(id, types, scopes, attributes, createdAt, modifiedAt, newExpiresAt, version);
  }

  /// When the first of what it holds ends (clause 4.22); null when nothing of it ever does.
  public @Nullable Instant nextExpiry() {
    return Attribute.earliest(expiresAt, attributes);
  }

  /// What is left of it at a moment: without the attributes that have ended; empty when it has
  /// ended itself.
  public Optional<Entity> unexpired(Instant now) {
    var next = nextExpiry();
    if (next == null || now.isBefore(next)) return Optional.of(this);
    if (expiresAt != null && !now.isBefore(expiresAt)) return Optional.empty();
    return Optional.of(with(Attribute.unexpired(attributes, now)));
  }

  public boolean is(String type) {
    return types.contains(type);
  }

  /// All instances under a name.
  public List<Attribute> instances(String name) {
    return attributes.stream().filter(a -> a.name().equals(name)).toList();
  }

  public boolean has(String name) {
    for (var attribute : attributes) if (attribute.name().equals(name)) return true;
    return false;
  }

  /// The default instance under a name.
  public Optional<Attribute> find(String name) {
    return find(name, null);
  }

  public Optional<Attribute> find(String name, @Nullable String datasetId) {
    for (var attribute : attributes)
      if (attribute.name().equals(name) && Objects.equals(attribute.datasetId(), datasetId))
        return Optional.of(attribute);
    return Optional.empty();
  }

  /// The value of the default instance of a Property.
  public Optional<Value> findValue(String name) {
    return find(name)
        .flatMap(a ->
            a.content() instanceof Content.Property(var v) ? Optional.of(v) : Optional.empty());
  }

  /// The text of the default instance of a Property.
  public Optional<String> findText(String name) {
    return findValue(name)
        .flatMap(v -> v instanceof Value.Text(var text) ? Optional.of(text) : Optional.empty());
  }

  /// The shape of the default instance of a GeoProperty.
  public Optional<GeoValue> findPlace(String name) {
    return find(name)
        .flatMap(a ->
            a.content() instanceof Content.GeoProperty(var v) ? Optional.of(v) : Optional.empty());
  }
}
