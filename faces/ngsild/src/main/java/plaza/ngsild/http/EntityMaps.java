package plaza.ngsild.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import plaza.graph.Address;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ledger.Reader;

/// The entity maps of all callers, in memory: one that is gone is made anew by the next request
/// that names it (clause 5.5.14).
final class EntityMaps {
  static final String PATH = NgsiLdFace.BASE + "/entityMaps";
  static final String HEADER = "NGSILD-EntityMap";
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

  /// Which of some entities are held here.
  Set<String> held(Actor actor, Address address, Collection<String> ids) {
    return reader.findAll(actor, address, ids).keySet();
  }

  /// Keeps a map. When there are too many, those go first that would end first.
  ///
  /// @throws Problem when it would be too large
  synchronized EntityMap add(
      Actor actor,
      Address address,
      Query query,
      Map<String, List<String>> found,
      Duration lifetime) {
    requireFits(found.size());
    dropExpired();
    while (!maps.isEmpty()
        && (maps.size() >= limits.entityMaps()
            || entities + found.size() > 20L * limits.entitiesPerMap()))
      maps.values().stream().min(Comparator.comparing(EntityMap::expiresAt)).ifPresent(this::drop);
    var map =
        new EntityMap(
            ID + UUID.randomUUID(),
            owner(actor, address),
            query,
            found,
            Map.of(),
            clock.instant().plus(lifetime));
    maps.put(map.id(), map);
    entities += found.size();
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
    var map = maps.get(name.substring(name.lastIndexOf('/') + 1));
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
    if (maps.remove(map.id()) != null) entities = Math.max(0, entities - map.size());
  }

  private static String owner(Actor actor, Address address) {
    return address.tenant() + " " + address.branch() + " " + address.at() + " " + actor.id();
  }
}
