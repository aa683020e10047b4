package plaza.portal.city;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.simplify.TopologyPreservingSimplifier;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.query.Query;
import plaza.graph.query.Selector;
import plaza.graph.query.TypeSelection;
import plaza.ledger.Actor;
import plaza.ledger.Reader;

/// The city's stations and districts, as a visitor sees them.
public final class City {
  static final String STATION = "BikeHireDockingStation";
  private static final Set<String> DISTRICTS =
      Set.of("District", "AdministrativeDistrict", "AdministrativeArea");
  private static final double ABOUT_TEN_METRES = 1e-4;
  private static final Duration STATIONS_HOLD = Duration.ofSeconds(1);
  private static final Duration DISTRICTS_HOLD = Duration.ofSeconds(30);

  private final Reader reader;
  private final Address address;
  private final InstantSource clock;
  private final Shared<Stations> stations = new Shared<>(STATIONS_HOLD);
  private final Shared<List<District>> districts = new Shared<>(DISTRICTS_HOLD);

  public City(Reader reader, Address address, InstantSource clock) {
    this.reader = reader;
    this.address = address;
    this.clock = clock;
  }

  public Reader reader() {
    return reader;
  }

  public Address address() {
    return address;
  }

  /// Whether the visitor sees all public data, so that answers may be shared with others who do.
  public boolean isOpenTo(Actor actor) {
    return reader.sight(actor, address).isUnlimited();
  }

  public Stations stations(Actor actor) {
    return isOpenTo(actor) ? stations.get(() -> readStations(actor)) : readStations(actor);
  }

  public List<District> districts(Actor actor) {
    return isOpenTo(actor) ? districts.get(() -> readDistricts(actor)) : readDistricts(actor);
  }

  /// @throws Refusal.NotFound when there is no such station; [Refusal.Forbidden] when it does not
  ///   show
  public Entity station(Actor actor, String id) {
    return reader.get(actor, address, id);
  }

  private Stations readStations(Actor actor) {
    var areas = areas(actor);
    var entities = new ArrayList<Entity>();
    each(actor, Set.of(STATION), entities::add);
    entities.sort(Comparator.comparing(Entity::id));
    var list = new ArrayList<Station>(entities.size());
    var bikes = new int[entities.size()];
    var free = new int[entities.size()];
    var seen = new long[entities.size()];
    var bikesName = "";
    var freeName = "";
    for (var entity : entities) {
      var place = entity.findPlace(plaza.graph.Names.LOCATION);
      if (place.isEmpty()) continue;
      int i = list.size();
      var at = place.get().geometry().getCoordinate();
      list.add(station(entity, at.x, at.y, areas));
      @Nullable Attribute counted = Words.find(entity, "availableBikeNumber").orElse(null);
      @Nullable Attribute docks = Words.find(entity, "freeSlotNumber").orElse(null);
      bikes[i] = Words.count(counted);
      free[i] = Words.count(docks);
      if (counted != null) {
        bikesName = counted.name();
        seen[i] = counted.eventTime().getEpochSecond();
      }
      if (docks != null) freeName = docks.name();
    }
    return Stations.of(list, bikes, free, seen, bikesName, freeName);
  }

  private static Station station(Entity entity, double x, double y, List<Area> areas) {
    var name = Words.text(entity, "name").orElse(Words.local(entity.id()));
    return new Station(
        entity.id(),
        shortened(name),
        Words.english(entity, "name").map(City::shortened).orElse(null),
        x,
        y,
        areas.stream().filter(area -> area.has(x, y)).map(Area::name).findFirst().orElse(""),
        Words.text(entity, "address").orElse(null),
        Words.count(Words.find(entity, "totalSlotNumber").orElse(null)));
  }

  /// Every name begins with the operator's; on its own map that says nothing.
  private static String shortened(String name) {
    int end = name.indexOf('_');
    return name.startsWith("YouBike") && end > 0 ? name.substring(end + 1) : name;
  }

  private record Area(String name, org.locationtech.jts.geom.prep.PreparedGeometry shape) {
    boolean has(double x, double y) {
      return shape.covers(
          shape
              .getGeometry()
              .getFactory()
              .createPoint(new org.locationtech.jts.geom.Coordinate(x, y)));
    }
  }

  private List<Area> areas(Actor actor) {
    return districts(actor).stream()
        .map(one -> new Area(one.name(), PreparedGeometryFactory.prepare(one.shape())))
        .toList();
  }

  private List<District> readDistricts(Actor actor) {
    var found = new ArrayList<District>();
    each(
        actor,
        DISTRICTS,
        entity -> {
          Words.find(entity, "location")
              .flatMap(one ->
                  one.content() instanceof plaza.graph.Content.GeoProperty(var place)
                      ? Optional.of(place.geometry())
                      : Optional.empty())
              .filter(shape -> shape.getDimension() == 2)
              .map(shape -> TopologyPreservingSimplifier.simplify(shape, ABOUT_TEN_METRES))
              .ifPresent(shape ->
                  found.add(
                      new District(
                          entity.id(),
                          Words.text(entity, "name").orElse(Words.local(entity.id())),
                          Words.english(entity, "name").orElse(null),
                          shape)));
          return true;
        });
    found.sort(Comparator.comparing(District::id));
    return List.copyOf(found);
  }

  /// Entities of the types whose names end so, as far as they show.
  private void each(
      Actor actor, Set<String> localNames, java.util.function.Predicate<Entity> visitor) {
    var types =
        reader.types(actor, address).stream()
            .filter(type -> localNames.contains(Words.local(type)))
            .toList();
    if (types.isEmpty()) return;
    reader.each(
        actor,
        address,
        Query.of(new Selector(List.of(), null, TypeSelection.anyOf(types))),
        visitor);
  }

  /// Something worked out at most once in a while.
  private final class Shared<T> {
    private final Duration hold;
    private @Nullable T known;
    private Instant until = Instant.MIN;

    Shared(Duration hold) {
      this.hold = hold;
    }

    synchronized T get(Supplier<T> worker) {
      var value = known;
      var now = clock.instant();
      if (value == null || !now.isBefore(until)) {
        value = worker.get();
        known = value;
        until = now.plus(hold);
      }
      return value;
    }
  }
}
