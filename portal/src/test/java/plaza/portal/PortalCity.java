package plaza.portal;

import io.helidon.webserver.WebServer;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import plaza.access.Access;
import plaza.access.AccessSettings;
import plaza.access.AnonymousAccess;
import plaza.access.people.Role;
import plaza.access.people.Scope;
import plaza.access.secret.HashCost;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Limits;
import plaza.ledger.Reader;
import plaza.ledger.store.Store;
import plaza.links.LinkDesk;
import plaza.links.kind.Outside;
import plaza.links.mapping.MappingLimits;
import plaza.outbound.OutboundGuard;
import plaza.portal.page.Frame;
import plaza.portal.page.Settings;
import plaza.programme.AccessAccounts;
import plaza.programme.AccessGrants;
import plaza.programme.AccessRoles;
import plaza.programme.PersonalData;
import plaza.programme.Programme;
import plaza.programme.privacy.PrivacyRules;
import plaza.programme.procedure.Rules;
import plaza.programme.sandbox.SandboxDesk;
import plaza.programme.sandbox.SandboxLimits;
import plaza.testkit.MemoryStore;
import plaza.testkit.TestCity;
import plaza.web.Site;

/// A small city with its portal open on a random port: two districts, twelve stations, two days.
final class PortalCity implements AutoCloseable {
  static final String PASSWORD = "four words or so";
  static final Actor LOADER = Actor.of("urn:plaza:test").through("testkit");
  static final String FREE = "https://smartdatamodels.org/freeSlotNumber";
  static final String TOTAL = "https://smartdatamodels.org/totalSlotNumber";
  static final ZoneId ZONE = ZoneId.of("Asia/Taipei");
  static final Instant NOON = Instant.parse("2025-05-12T04:00:00Z");

  final Store store;
  final Feed feed;
  final InstantSource clock = InstantSource.system();
  final Access access;
  final Ledger ledger;
  final Reader reader;
  final Programme programme;
  final SandboxDesk sandboxes;
  final List<Feed.Following> following;
  final LinkDesk links;
  final Portal portal;
  final WebServer server;

  PortalCity() {
    this(AnonymousAccess.READ_PUBLIC);
  }

  PortalCity(AnonymousAccess anonymous) {
    this(new MemoryStore(), anonymous);
  }

  PortalCity(Store store, AnonymousAccess anonymous) {
    this.store = store;
    feed = new Feed(store);
    access =
        new Access(
            AccessSettings.DEFAULT.with(anonymous).with(HashCost.CHEAP), clock, new Random(7));
    ledger = new Ledger(store, access.policy(), feed, Limits.DEFAULT, clock);
    reader = new Reader(store, ledger, access.policy(), Limits.DEFAULT);
    access.open(ledger, reader);
    if (store instanceof MemoryStore) fill();
    programme =
        new Programme(
            ledger,
            reader,
            new AccessRoles(access),
            new AccessGrants(access, clock),
            Rules.DEFAULT,
            clock,
            new Random(11));
    sandboxes = programme.sandboxes(SandboxLimits.DEFAULT);
    following = programme.follow(feed, List.of(Address.DEFAULT));
    var outside = new Outside(new OutboundGuard(false, Set.of()), List.of(), clock);
    links = new LinkDesk(ledger, reader, List.of(), outside, MappingLimits.DEFAULT);
    var sources =
        List.of(
            new Frame.Source(
                "YouBike 2.0", "Taipei City Government", "Open Government Data License 1.0", null));
    portal =
        new Portal(
            new Settings("Taipei 臺北", ZONE, true, sources),
            access,
            reader,
            feed,
            programme,
            PersonalData.of(
                programme,
                ledger,
                new AccessAccounts(access),
                PrivacyRules.DEFAULT,
                () -> List.of(Address.DEFAULT)),
            sandboxes,
            links,
            Duration.ofHours(24),
            clock);
    server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .routing(
                new Site(access.authenticator(), (_, _, _) -> {}, List.of(portal.routes()))
                    .tellingPeople(portal.errors())
                    .routing())
            .build()
            .start();
  }

  String url(String path) {
    return "http://localhost:" + server.port() + path;
  }

  String person(String name, Role... roles) {
    var known = access.people().findByName(name);
    if (known.isPresent()) return known.get().id();
    var person = access.people().add(LOADER, name, "The " + name, null, PASSWORD);
    for (var role : roles) access.roles().give(LOADER, person.id(), role, Scope.CITY, null);
    return person.id();
  }

  void put(Entity entity) {
    ledger.write(LOADER, Write.atomic(Address.DEFAULT, new Edit.Put(entity)));
  }

  private void fill() {
    put(district("Neihu", "內湖區", 121.56, 25.06, 121.62, 25.11));
    put(district("Daan", "大安區", 121.52, 25.01, 121.56, 25.05));
    for (int hour = 35; hour >= 0; hour--)
      for (int i = 0; i < 12; i++)
        put(station(i, NOON.minus(Duration.ofHours(hour)), bikes(i, hour)));
  }

  private static int bikes(int i, int hour) {
    return i == 0 ? 0 : i == 1 ? 2 : i == 2 ? 20 : (5 * i + hour) % 20;
  }

  static Entity station(int i, Instant at, int bikes) {
    boolean neihu = i % 2 == 0;
    return Entity.of(
        "urn:ngsi-ld:BikeHireDockingStation:5001010" + String.format("%02d", i),
        TestCity.STATION,
        List.of(
            Attribute.of(
                TestCity.NAME,
                new Content.LanguageProperty(
                    Map.of(
                        "zh-TW", Value.of("YouBike2.0_捷運站" + i + "號出口"),
                        "en", Value.of("YouBike2.0_MRT Station Exit " + i)))),
            Attribute.of(
                Names.LOCATION,
                new Content.GeoProperty(
                    GeoValue.point(
                        (neihu ? 121.57 : 121.53) + 0.003 * i,
                        (neihu ? 25.07 : 25.02) + 0.0015 * i))),
            Attribute.of(TOTAL, Value.of(20)),
            TestCity.bikes(bikes, at),
            Attribute.of(FREE, Value.of(20 - bikes), at)));
  }

  static Entity district(
      String id, String name, double west, double south, double east, double north) {
    var attributes = new ArrayList<Attribute>();
    attributes.add(
        Attribute.of(TestCity.NAME, new Content.LanguageProperty(Map.of("zh-TW", Value.of(name)))));
    attributes.add(
        Attribute.of(
            Names.LOCATION,
            new Content.GeoProperty(GeoValue.of(PilotLine.box(west, south, east, north)))));
    return Entity.of("urn:ngsi-ld:District:" + id, "https://plaza.test/District", attributes);
  }

  @Override
  public void close() {
    portal.close();
    server.stop();
    links.close();
    following.forEach(Feed.Following::close);
    feed.close();
    ledger.close();
    store.close();
  }
}
