package plaza.access;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.access.AccessCity.OFFICE;
import static plaza.access.AccessCity.PILOT;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.access.key.GrantTerms;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ledger.store.Span;

/// Whatever is granted, suspended, extended, revoked or ends: the key sees and writes what a naive
/// reading of its grants allows, by every way of reading, and nothing else.
class GrantsPropertyTest {
  private static final String NS = "https://smartdatamodels.org/";
  private static final List<String> TYPES = List.of(NS + "Station", NS + "Tree", NS + "Bench");
  private static final List<String> ATTRIBUTES = List.of(NS + "bikes", NS + "slots", NS + "note");
  private static final List<String> OWN =
      List.of("https://city.example/a#", "https://city.example/b#", Names.PILOTS + "bikes#");

  /// What the test knows of a grant, apart from the code under test.
  private static final class Known {
    final String id;
    final GrantTerms terms;
    final double @Nullable [] box;
    Instant until;
    boolean suspended;
    boolean over;

    Known(String id, GrantTerms terms, double @Nullable [] box) {
      this.id = id;
      this.terms = terms;
      this.box = box;
      this.until = terms.validUntil();
    }

    boolean works(Instant now) {
      return !suspended && !over && !now.isBefore(terms.validFrom()) && now.isBefore(until);
    }

    boolean covers(Entity entity) {
      boolean type = entity.types().stream().anyMatch(terms.types()::contains) || owns(entity);
      return type && (owns(entity) || box == null || inBox(entity));
    }

    boolean owns(Entity entity) {
      return terms.namespace() != null
          && (!terms.namespace().startsWith(Names.PILOTS)
              || entity.id().matches("urn:ngsi-ld:[^:]+:bikes:.+"))
          && entity.types().stream().anyMatch(t -> t.startsWith(terms.namespace()));
    }

    boolean shows(Entity entity, Attribute attribute) {
      if (owns(entity)) return true;
      if (attribute.name().equals(Names.LOCATION)) return true;
      if (!terms.attributes().isEmpty() && !terms.attributes().contains(attribute.name()))
        return false;
      var at = attribute.observedAt();
      return at == null
          || ((terms.dataFrom() == null || !at.isBefore(terms.dataFrom()))
              && (terms.dataUntil() == null || at.isBefore(terms.dataUntil())));
    }

    private boolean inBox(Entity entity) {
      var place = entity.findPlace(Names.LOCATION);
      if (place.isEmpty()) return false;
      var at = place.get().geometry().getCoordinate();
      return at.x >= box[0] && at.x <= box[2] && at.y >= box[1] && at.y <= box[3];
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aKeyNeverReachesBeyondItsGrants(long seed) {
    var random = new Random(seed);
    try (var city =
        new AccessCity(random.nextBoolean() ? AnonymousAccess.NONE : AnonymousAccess.READ_PUBLIC)) {
      var entities = new TreeMap<String, Entity>();
      for (int i = 0; i < 30; i++) put(city, entities, entity(random, city.now, i));
      var key = city.access.authenticator().fromKey(city.pilotKey().text()).actor();
      var grants = new ArrayList<Known>();
      for (int step = 0; step < 60; step++) {
        act(random, city, grants);
        if (random.nextInt(4) == 0)
          put(city, entities, entity(random, city.now, random.nextInt(40)));
        tryWrite(random, city, key, grants, entities);
        compare("seed " + seed + ", step " + step, city, key, grants, entities);
      }
    }
  }

  private static void act(Random random, AccessCity city, List<Known> grants) {
    var desk = city.access.grants();
    var known = grants.isEmpty() ? null : grants.get(random.nextInt(grants.size()));
    int choice = known == null ? 0 : random.nextInt(7);
    try {
      switch (choice) {
        case 0 -> grants.add(give(random, city));
        case 1 -> {
          desk.suspend(OFFICE, known.id, "abuse");
          known.suspended = true;
        }
        case 2 -> {
          desk.resume(OFFICE, known.id);
          known.suspended = false;
        }
        case 3 -> {
          if (random.nextBoolean()) desk.revoke(OFFICE, known.id, "stopped");
          else desk.expire(OFFICE, known.id);
          known.over = true;
        }
        case 4 -> {
          var until = city.now.plus(Duration.ofHours(1 + random.nextInt(50)));
          desk.extend(OFFICE, known.id, until);
          known.until = until;
        }
        default -> city.now = city.now.plus(Duration.ofHours(random.nextInt(12)));
      }
    } catch (Refusal.Conflict over) {
      // Nothing moves a grant that is over; the comparison shows whether it was.
      assertThat(known.over || !city.now.isBefore(known.until)).as(over.getMessage()).isTrue();
    } catch (Refusal.Invalid backwards) {
      assertThat(choice).isEqualTo(4);
    }
  }

  private static Known give(Random random, AccessCity city) {
    double west = random.nextInt(8) / 10.0;
    double south = random.nextInt(8) / 10.0;
    double[] box =
        random.nextInt(3) == 0
            ? null
            : new double[] {
              west,
              south,
              west + (1 + random.nextInt(5)) / 10.0,
              south + random.nextInt(1, 6) / 10.0
            };
    var from = city.now.plus(Duration.ofHours(random.nextInt(10) - 5));
    var terms =
        new GrantTerms(
            Address.DEFAULT_TENANT,
            PILOT,
            some(random, TYPES, 1),
            random.nextBoolean() ? Set.of() : some(random, ATTRIBUTES, 1),
            box == null ? null : AccessCity.area(box[0], box[1], box[2], box[3]),
            null,
            random.nextBoolean() ? null : city.now.minus(Duration.ofHours(random.nextInt(20))),
            random.nextBoolean() ? null : city.now.plus(Duration.ofHours(1 + random.nextInt(9))),
            from,
            from.plus(Duration.ofHours(1 + random.nextInt(40))),
            random.nextInt(3) == 0 ? OWN.get(random.nextInt(OWN.size())) : null);
    return new Known(city.access.grants().give(OFFICE, terms).id(), terms, box);
  }

  private static Set<String> some(Random random, List<String> names, int atLeast) {
    var some = new HashSet<String>();
    while (some.size() < atLeast + random.nextInt(2))
      some.add(names.get(random.nextInt(names.size())));
    return some;
  }

  private static Entity entity(Random random, Instant now, int number) {
    var attributes = new ArrayList<Attribute>();
    if (random.nextInt(6) > 0)
      attributes.add(
          Attribute.of(
              Names.LOCATION,
              new Content.GeoProperty(
                  GeoValue.point(random.nextInt(11) / 10.0, random.nextInt(11) / 10.0))));
    for (var name : ATTRIBUTES)
      if (random.nextInt(4) > 0)
        attributes.add(
            Attribute.of(name, Value.of(random.nextInt(100)))
                .observed(
                    random.nextInt(3) == 0
                        ? null
                        : now.plus(Duration.ofHours(random.nextInt(30) - 20))));
    return new Entity(
        "urn:ngsi-ld:Thing:" + number,
        List.copyOf(some(random, TYPES, 1)),
        List.of(),
        attributes,
        null,
        null,
        null,
        0);
  }

  private static void put(AccessCity city, Map<String, Entity> entities, Entity entity) {
    city.put(entity);
    entities.put(entity.id(), entity);
  }

  private static void tryWrite(
      Random random, AccessCity city, Actor key, List<Known> grants, Map<String, Entity> entities) {
    var types = new TreeSet<String>();
    types.add(OWN.get(random.nextInt(OWN.size())) + "Counter");
    if (random.nextInt(4) == 0) types.add(TYPES.get(random.nextInt(TYPES.size())));
    var entity =
        new Entity(
            random.nextInt(3) == 0
                ? "urn:ngsi-ld:Thing:" + random.nextInt(40)
                : "urn:ngsi-ld:Counter:"
                    + (random.nextBoolean() ? "bikes:" : "")
                    + random.nextInt(5),
            List.copyOf(types),
            List.of(),
            List.of(Attribute.of(ATTRIBUTES.get(0), Value.of(random.nextInt(9)))),
            null,
            null,
            null,
            0);
    var working = grants.stream().filter(grant -> grant.works(city.now)).toList();
    var before = entities.get(entity.id());
    boolean may =
        types.stream()
                .allMatch(type ->
                    working.stream()
                        .anyMatch(grant ->
                            grant.terms.namespace() != null
                                && type.startsWith(grant.terms.namespace())))
            && working.stream().anyMatch(grant -> grant.owns(entity))
            && (before == null || working.stream().anyMatch(grant -> grant.owns(before)));
    boolean did;
    try {
      city.write(key, entity);
      did = true;
      entities.put(entity.id(), entity);
    } catch (Refusal.Forbidden no) {
      did = false;
    }
    assertThat(did).as("%s over %s", entity, before).isEqualTo(may);
  }

  private static void compare(
      String when, AccessCity city, Actor key, List<Known> grants, Map<String, Entity> entities) {
    var working = grants.stream().filter(grant -> grant.works(city.now)).toList();
    var expected = new TreeMap<String, Set<String>>();
    for (var entity : entities.values()) {
      var covering = working.stream().filter(grant -> grant.covers(entity)).toList();
      if (covering.isEmpty()) continue;
      var names = new TreeSet<String>();
      for (var attribute : entity.attributes())
        if (covering.stream().anyMatch(grant -> grant.shows(entity, attribute)))
          names.add(attribute.name());
      expected.put(entity.id(), names);
    }

    var byId = new TreeMap<String, Set<String>>();
    for (var id : entities.keySet()) {
      try {
        byId.put(id, names(city.get(key, id)));
      } catch (Refusal.Forbidden hidden) {
        // compared below by its absence
      }
    }
    assertThat(byId).as(when + ", one by one").isEqualTo(expected);

    var byQuery = new TreeMap<String, Set<String>>();
    var histories = new TreeMap<String, Set<String>>();
    try {
      for (var entity :
          city.reader.query(key, Address.DEFAULT, Query.EVERYTHING, 0, 1000, false).entities()) {
        byQuery.put(entity.id(), names(entity));
        for (var name : ATTRIBUTES)
          for (var reading :
              city.reader.history(key, Address.DEFAULT, entity, name, Span.ALWAYS, true, 100))
            if (entities.get(entity.id()).attributes().stream()
                .anyMatch(reading.attribute()::saysTheSameAs))
              histories.computeIfAbsent(entity.id(), _ -> new TreeSet<>()).add(name);
      }
    } catch (Refusal.Forbidden nothing) {
      assertThat(working).as(when + ": " + nothing.getMessage()).isEmpty();
    }
    assertThat(byQuery).as(when + ", by query").isEqualTo(expected);
    histories.forEach((id, names) ->
        assertThat(expected.get(id)).as(when + ", history of " + id).containsAll(names));
  }

  private static Set<String> names(Entity entity) {
    var names = new TreeSet<String>();
    for (var attribute : entity.attributes()) names.add(attribute.name());
    return names;
  }
}
