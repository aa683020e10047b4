package plaza.testkit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ledger.Receipt;
import plaza.ledger.store.Store;

/// Two bike stations at noon, in a ledger over a store: the city most tests live in.
public final class TestCity implements AutoCloseable {
  public static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  public static final String STATION = "https://smartdatamodels.org/BikeHireDockingStation";
  public static final String BIKES = "https://smartdatamodels.org/availableBikeNumber";
  public static final String NAME = "https://smartdatamodels.org/name";
  public static final String XINYI = "urn:ngsi-ld:BikeHireDockingStation:Xinyi";
  public static final String DAAN = "urn:ngsi-ld:BikeHireDockingStation:Daan";

  public final Store store;
  public final Feed feed;
  public final Ledger ledger;
  public final Reader reader;

  public TestCity() {
    this(new MemoryStore(), Policy.OPEN);
  }

  public TestCity(Store store, Policy policy) {
    this.store = store;
    this.feed = new Feed(store);
    this.ledger =
        new Ledger(store, policy, feed, Limits.DEFAULT, Clock.fixed(NOON, ZoneOffset.UTC));
    this.reader = new Reader(store, ledger, policy, Limits.DEFAULT);
  }

  public Receipt write(Edit... edits) {
    return ledger.write(Actor.ANONYMOUS, Write.atomic(Address.DEFAULT, edits));
  }

  public Entity get(String id) {
    return reader.get(Actor.ANONYMOUS, Address.DEFAULT, id);
  }

  /// A station with a name, a place and a count of bikes seen at a moment.
  public static Entity station(
      String id, double longitude, double latitude, long bikes, Instant at) {
    return Entity.of(
        id,
        STATION,
        List.of(
            Attribute.of(NAME, Value.of(id.substring(id.lastIndexOf(':') + 1))),
            Attribute.of(
                Names.LOCATION, new Content.GeoProperty(GeoValue.point(longitude, latitude))),
            bikes(bikes, at)));
  }

  public static Entity xinyi(long bikes) {
    return station(XINYI, 121.5654, 25.0330, bikes, NOON);
  }

  public static Entity daan(long bikes) {
    return station(DAAN, 121.5436, 25.0261, bikes, NOON);
  }

  public static Attribute bikes(long available, Instant at) {
    return Attribute.of(BIKES, Value.of(available), at);
  }

  @Override
  public void close() {
    feed.close();
    ledger.close();
    store.close();
  }
}
