package plaza.programme.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.query.Query;
import plaza.graph.query.Selector;
import plaza.graph.query.TypeSelection;
import plaza.ledger.Actor;
import plaza.ledger.Reader;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Span;

/// What of the city's past a sandbox replays: read with the pilot's own sight, each time anew, so
/// that nothing comes into a sandbox that the pilot could not read outside of it, and nothing more
/// does once a grant has ended.
final class Scene {
  private static final int INSTANCES_AT_ONCE = 10_000;
  private final Reader reader;
  private final Actor pilot;
  private final Address city;
  private final List<Track> tracks = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();

  /// An attribute of an entity that was observed in the window.
  ///
  /// @param entity with no more than says whether it shows
  private record Track(Entity entity, String attribute) {}

  /// What one entity was observed to be at one moment.
  record Reading(Instant at, Entity entity, List<Attribute> attributes) {
    static final Comparator<Reading> BY_TIME =
        Comparator.comparing(Reading::at).thenComparing(reading -> reading.entity().id());
  }

  private Scene(Reader reader, Actor pilot, Address city) {
    this.reader = reader;
    this.pilot = pilot;
    this.city = city;
  }

  /// @param most entities
  /// @throws Refusal.Forbidden when the pilot may read nothing of it now
  /// @throws Refusal.TooLarge when there are more entities
  static Scene of(Reader reader, Sandbox sandbox, int most) {
    var scene = new Scene(reader, Actor.of(sandbox.pilot()), Address.tenant(sandbox.tenant()));
    scene.find(sandbox, most);
    return scene;
  }

  private void find(Sandbox sandbox, int most) {
    var found = new ArrayList<Entity>();
    reader.eachEvenGone(
        pilot,
        city,
        query(sandbox.types()),
        entity -> {
          if (entity.types().stream().anyMatch(Scene::isCitys)) found.add(slim(entity));
          return found.size() <= most;
        });
    if (found.size() > most)
      throw new Refusal.TooLarge(
          "a sandbox may replay %d entities, and these types have more; name fewer types"
              .formatted(most));
    var window = Span.between(sandbox.from(), sandbox.until());
    for (var entity : found) {
      ids.add(entity.id());
      for (var attribute : reader.historyAttributes(pilot, city, entity.id()))
        if (!attribute.equals(Names.SCOPE) && !history(entity, attribute, window, 1).isEmpty())
          tracks.add(new Track(entity, attribute));
    }
  }

  private static Query query(List<String> types) {
    return types.isEmpty()
        ? Query.EVERYTHING
        : Query.of(new Selector(List.of(), null, TypeSelection.anyOf(types)));
  }

  /// Neither a record of the programme nor a pilot's own.
  static boolean isCitys(String type) {
    return !type.startsWith(Names.PLAZA) && !Names.isPilots(type) && !Names.isPrivate(type);
  }

  /// Twenty thousand whole entities would be much to remember.
  private static Entity slim(Entity entity) {
    return entity.with(entity.instances(Names.LOCATION));
  }

  /// The ids of all its entities.
  List<String> ids() {
    return ids;
  }

  /// An entity as it was just before a moment.
  Optional<Entity> before(String id, Instant moment) {
    try {
      return reader.find(pilot, city.at(moment.minusNanos(1_000)), id);
    } catch (Refusal.Forbidden hidden) {
      // Then it lay elsewhere.
      return Optional.empty();
    }
  }

  /// All readings of a stretch of time, in their order.
  ///
  /// @throws Refusal.TooLarge when one attribute alone has too many; ask for less
  List<Reading> readings(Instant from, Instant until) {
    var span = Span.between(from, until);
    var moments = new TreeMap<Instant, Map<String, Reading>>();
    for (var track : tracks) {
      var instances = history(track.entity, track.attribute, span, INSTANCES_AT_ONCE);
      if (instances.size() == INSTANCES_AT_ONCE)
        throw new Refusal.TooLarge(
            track.entity.id() + " has too many readings from " + from + " to " + until);
      for (var one : instances) add(moments, track.entity, one.attribute());
    }
    return moments.values().stream()
        .flatMap(of -> of.values().stream())
        .sorted(Reading.BY_TIME)
        .toList();
  }

  private static void add(
      Map<Instant, Map<String, Reading>> moments, Entity entity, Attribute attribute) {
    var at = attribute.observedAt();
    if (at == null) return;
    moments
        .computeIfAbsent(at, _ -> new LinkedHashMap<>())
        .computeIfAbsent(entity.id(), _ -> new Reading(at, entity, new ArrayList<>()))
        .attributes()
        .add(attribute);
  }

  private List<Recorded> history(Entity entity, String attribute, Span span, int limit) {
    return reader.history(
        pilot,
        city,
        entity,
        attribute,
        span,
        false,
        limit,
        one -> one.attribute().observedAt() != null && one.attribute().deletedAt() == null);
  }
}
