package plaza.ngsild.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import plaza.graph.Address;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ledger.Reader;
import plaza.ngsild.distribute.EntityMapping;
import plaza.ngsild.distribute.Mapping;

/// The entity maps of all callers, in memory: one that is gone is made anew by the next request
/// that names it (clause 5.5.14).
final class EntityMaps {
  static final String PATH = NgsiLdFace.BASE + "/entityMaps";
  static final String HEADER = EntityMapping.HEADER;
  private static final String ID = "urn:ngsi-ld:EntityMap:";

  private final Reader reader;
  private final ConsumptionLimits limits;
  private final InstantSource clock;
  private final Map<String, EntityMap> maps = new HashMap<>();
  private int entities;

  EntityMaps(Reader reader, ConsumptionLimits limits, InstantSource clock) {
    this.reader = reader;
    this.limits = limits;
    this.clock = clock;
  }

  ConsumptionLimits limits() {
    return limits;
  }

  /// Whether the actor sees all there is, so that a map may hold what nobody has judged yet.
  boolean mayHoldCandidates(Actor actor, Address address) {
    return reader.sight(actor, address).isUnlimited();
  }

  /// Makes a map and keeps it.
  ///
  /// @throws Problem when it would be too large
  EntityMap add(
      Actor actor,
      Address address,
      Query query,
      Map<String, List<String>> found,
      Duration lifetime) {
    return keep(draft(actor, address, query, found, lifetime));
  }

  /// A map that nobody finds yet.
  EntityMap draft(
      Actor actor,
      Address address,
      Query query,
      Map<String, List<String>> found,
      Duration lifetime) {
    requireFits(found.size());
    return new EntityMap(
        ID + UUID.randomUUID(),
        owner(actor, address),
        query,
        found,
        clock.instant().plus(lifetime));
  }

  /// When there are too many, those go first that would end first.
  synchronized EntityMap keep(EntityMap map) {
    dropExpired();
    while (!maps.isEmpty()
        && (maps.size() >= limits.entityMaps()
            || entities + map.weight() > 20L * limits.entitiesPerMap()))
      maps.values().stream().min(Comparator.comparing(EntityMap::expiresAt)).ifPresent(this::drop);
    maps.put(map.id(), map);
    entities += map.weight();
    return map;
  }

  void requireFits(int found) {
    if (found > limits.entitiesPerMap())
      throw new Problem(
          Problem.Type.TOO_MANY_RESULTS,
          "more than "
              + limits.entitiesPerMap()
              + " entities match, which is the most an entity map holds; narrow the query");
  }

  /// @param name the map's id, path or URL
  synchronized Optional<EntityMap> find(Actor actor, Address address, String name) {
    var map = maps.get(Mapping.id(name));
    return map == null
            || !map.owner().equals(owner(actor, address))
            || !map.expiresAt().isAfter(clock.instant())
        ? Optional.empty()
        : Optional.of(map);
  }

  /// Ends a map, or lets it live on, at most as long as a new one could.
  void expire(EntityMap map, java.time.Instant at) {
    var latest = clock.instant().plus(limits.entityMapLifetime());
    map.expireAt(at.isAfter(latest) ? latest : at);
  }

  synchronized void delete(EntityMap map) {
    drop(map);
  }

  private void dropExpired() {
    var now = clock.instant();
    maps.values().stream()
        .filter(map -> !map.expiresAt().isAfter(now))
        .toList()
        .forEach(this::drop);
  }

  private void drop(EntityMap map) {
    if (maps.remove(map.id()) != null) entities = Math.max(0, entities - map.weight());
  }

  private static String owner(Actor actor, Address address) {
    return address.tenant() + " " + address.branch() + " " + address.at() + " " + actor.id();
  }
}
