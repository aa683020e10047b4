package plaza.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.access.key.GrantTerms;
import plaza.access.key.Keys;
import plaza.access.people.Person;
import plaza.access.people.Role;
import plaza.access.people.Scope;
import plaza.access.secret.HashCost;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.GeoValue;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Limits;
import plaza.ledger.Reader;
import plaza.ledger.Receipt;
import plaza.ledger.store.Store;
import plaza.testkit.MemoryStore;
import plaza.testkit.TestCity;

/// The test city with people in it, and a clock that tests turn.
final class AccessCity implements AutoCloseable {
  static final String PASSWORD = "four words or so";
  static final String PILOT = "urn:ngsi-ld:Pilot:bikes";
  static final Actor OFFICE = Actor.of("urn:plaza:test").through("programme");

  /// Around the station in Daan, not the one in Xinyi.
  static final GeoValue DAAN_DISTRICT = area(121.53, 25.01, 121.56, 25.05);

  Instant now = TestCity.NOON;
  final InstantSource clock = () -> now;
  final Store store;
  final Feed feed;
  final Ledger ledger;
  final Reader reader;
  final Access access;

  AccessCity() {
    this(AnonymousAccess.NONE);
  }

  AccessCity(AnonymousAccess anonymous) {
    this(new MemoryStore(), anonymous);
  }

  AccessCity(Store store, AnonymousAccess anonymous) {
    this.store = store;
    this.feed = new Feed(store);
    this.access =
        new Access(
            AccessSettings.DEFAULT.with(anonymous).with(HashCost.CHEAP), clock, new Random(7));
    this.ledger = new Ledger(store, access.policy(), feed, Limits.DEFAULT, clock);
    this.reader = new Reader(store, ledger, access.policy(), Limits.DEFAULT);
    access.open(ledger, reader);
  }

  /// The same folder after a restart.
  AccessCity restarted() {
    feed.close();
    ledger.close();
    var again = new AccessCity(store, AnonymousAccess.NONE);
    again.now = now;
    return again;
  }

  Person person(String name, Role... roles) {
    var person = access.people().add(OFFICE, name, "The " + name, null, PASSWORD);
    for (var role : roles) access.roles().give(OFFICE, person.id(), role, Scope.CITY, null);
    return person;
  }

  Keys.Issued pilotKey() {
    var owner = access.people().findByName("builder").orElseGet(() -> person("builder"));
    return access.keys().issuePilot(OFFICE, owner.id(), PILOT, "pilot", inDays(300));
  }

  GrantTerms daanBikes() {
    return terms(DAAN_DISTRICT, Set.of());
  }

  GrantTerms terms(@Nullable GeoValue area, Set<String> attributes) {
    return new GrantTerms(
        Address.DEFAULT_TENANT,
        PILOT,
        Set.of(TestCity.STATION),
        attributes,
        area,
        area == null ? null : "Daan",
        null,
        null,
        now,
        inDays(200),
        null);
  }

  Instant inDays(long days) {
    return now.plus(Duration.ofDays(days));
  }

  /// Two stations, put there by a room.
  void fill() {
    put(TestCity.xinyi(7));
    put(TestCity.daan(3));
  }

  Receipt put(Entity entity) {
    return ledger.write(OFFICE, Write.atomic(Address.DEFAULT, new Edit.Put(entity)));
  }

  Receipt write(Actor actor, Entity entity) {
    return ledger.write(actor, Write.atomic(Address.DEFAULT, new Edit.Put(entity)));
  }

  Entity get(Actor actor, String id) {
    return reader.get(actor, Address.DEFAULT, id);
  }

  static GeoValue area(double west, double south, double east, double north) {
    return GeoValue.of(
        (Value.Struct)
            Json.parse(
                "{\"type\":\"Polygon\",\"coordinates\":[[[%s,%s],[%s,%s],[%s,%s],[%s,%s],[%s,%s]]]}"
                    .formatted(west, south, east, south, east, north, west, north, west, south)));
  }

  @Override
  public void close() {
    feed.close();
    ledger.close();
    store.close();
  }
}
