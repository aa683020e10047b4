package plaza.ngsild.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.ngsild.subscription.SubscribedCity.stations;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.ledger.Policy;
import plaza.testkit.MemoryStore;
import plaza.testkit.TestCity;

/// Clauses 5.8.6, 5.2.12, 5.2.14, 5.3.1 and 6.3.8, by what a receiver gets.
class NotificationTest {
  private static final String NULL = "urn:ngsi-ld:null";

  private final TestTime time = new TestTime();
  private SubscribedCity city;
  private TestReceiver receiver;

  @BeforeEach
  void start() throws Exception {
    city = new SubscribedCity(new MemoryStore(), time, Policy.OPEN);
    receiver = TestReceiver.willing();
  }

  @AfterEach
  void stop() {
    city.close();
    receiver.close();
  }

  @Test
  void aChangeIsToldAsClause531HasIt() throws Exception {
    var id = city.subscribe(receiver.url(), stations(), "");

    city.write(new Edit.Create(TestCity.daan(3)));

    var got = receiver.next();
    assertThat(got.body().keySet())
        .containsExactly("id", "type", "subscriptionId", "notifiedAt", "data");
    assertThat(got.body())
        .containsEntry("type", Value.of("Notification"))
        .containsEntry("subscriptionId", Value.of(id));
    assertThat(got.only())
        .containsEntry("id", Value.of(TestCity.DAAN))
        .containsEntry("type", Value.of(TestCity.STATION));
    assertThat(got.only().get(TestCity.BIKES))
        .isEqualTo(
            SubscribedCity.struct(
                "{\"type\": \"Property\", \"value\": 3, \"observedAt\": \"2026-06-01T12:00:00Z\"}"));
    assertThat(got.header("Content-Type")).isEqualTo("application/json");
    assertThat(got.header("Link"))
        .contains("rel=\"http://www.w3.org/ns/json-ld#context\"")
        .contains("ngsi-ld-core-context");
  }

  @Test
  void whatDoesNotMeetTheQueryIsNotTold() throws Exception {
    city.subscribe(receiver.url(), stations() + ", \"q\": \"" + TestCity.BIKES + "<5\"", "");

    city.bikes(7);
    city.bikes(4);
    city.bikes(8);

    assertThat(bikes(receiver.next())).isEqualTo(4);
    receiver.nothingMore();
  }

  @Test
  void aPatternThatWouldNeverEndKeepsNobodyElseWaiting() throws Exception {
    var endless =
        "\"entities\": [{\"type\": \"*\", \"idPattern\": \"(.*)(.*)(.*)(.*)(.*)(.*)z$\"}]";
    city.subscribe(receiver.url(), endless, "");
    city.subscribe(receiver.url(), stations() + ", \"q\": \"id~=(.*)(.*)(.*)(.*)(.*)(.*)z$\"", "");
    city.subscribe(receiver.url(), stations(), "");

    city.bikes(7);

    assertThat(bikes(receiver.next())).isEqualTo(7);
    receiver.nothingMore();
  }

  @Test
  void placeAndIdentityNarrowToo() throws Exception {
    city.subscribe(
        receiver.url(),
        stations()
            + ", \"geoQ\": {\"georel\": \"near;maxDistance==500\", \"geometry\": \"Point\","
            + " \"coordinates\": [121.5436, 25.0261]}",
        "");
    city.subscribe(
        receiver.url(), "\"entities\": [{\"type\": \"*\", \"id\": \"" + TestCity.DAAN + "\"}]", "");

    city.write(new Edit.Create(TestCity.xinyi(1)));
    city.write(new Edit.Create(TestCity.daan(1)));

    for (var got : receiver.next(2))
      assertThat(got.only()).containsEntry("id", Value.of(TestCity.DAAN));
    receiver.nothingMore();
  }

  @Test
  void onlyWatchedAttributesThatChangeAreToldOf() throws Exception {
    city.write(new Edit.Create(TestCity.daan(3)));
    city.subscribe(receiver.url(), "\"watchedAttributes\": [\"" + TestCity.BIKES + "\"]", "");

    city.write(append(Attribute.of(TestCity.NAME, Value.of("Da'an Park"))));
    // The same as before: no change (clause 5.8.6).
    city.write(append(TestCity.bikes(3, TestCity.NOON)));
    city.bikes(9);

    assertThat(bikes(receiver.next())).isEqualTo(9);
    receiver.nothingMore();
  }

  @Test
  void aLateReadingIsNoChange() throws Exception {
    city.bikes(9);
    city.subscribe(receiver.url(), stations(), "");

    city.write(
        new Edit.Observe(
            Entity.of(
                TestCity.DAAN,
                TestCity.STATION,
                List.of(TestCity.bikes(1, TestCity.NOON.minusSeconds(60))))));

    receiver.nothingMore();
  }

  @Test
  void eachTriggerTellsItsKindOfChange() throws Exception {
    var created = subscribe("entityCreated");
    var deleted = subscribe("entityDeleted");
    var gone = subscribe("attributeDeleted");

    city.write(new Edit.Create(TestCity.daan(3)));
    assertThat(receiver.next().body()).containsEntry("subscriptionId", Value.of(created));
    city.bikes(5);
    city.write(new Edit.DeleteAttribute(TestCity.DAAN, TestCity.NAME, null, false));
    var attribute = receiver.next();
    assertThat(attribute.body()).containsEntry("subscriptionId", Value.of(gone));
    assertThat(attribute.only()).containsEntry(TestCity.NAME, Value.of(NULL));
    city.write(new Edit.Delete(TestCity.DAAN));
    var last = receiver.next();
    assertThat(last.body()).containsEntry("subscriptionId", Value.of(deleted));
    assertThat(last.only().keySet()).containsExactly("id", "type", "deletedAt");
    receiver.nothingMore();
  }

  private String subscribe(String trigger) {
    return city.subscribe(
        receiver.url(), stations() + ", \"notificationTrigger\": [\"" + trigger + "\"]", "");
  }

  @Test
  void formatsAndProjectionsAreKept() throws Exception {
    city.subscribe(
        receiver.url(),
        stations(),
        "\"format\": \"keyValues\", \"attributes\": [\"" + TestCity.BIKES + "\"]");
    city.write(new Edit.Create(TestCity.daan(3)));
    assertThat(receiver.next().only())
        .isEqualTo(
            Map.of(
                "id",
                Value.of(TestCity.DAAN),
                "type",
                Value.of(TestCity.STATION),
                TestCity.BIKES,
                Value.of(3)));
  }

  @Test
  void conciseWithSystemAttributesAndOmission() throws Exception {
    city.subscribe(
        receiver.url(),
        stations(),
        "\"format\": \"concise\", \"sysAttrs\": true, \"omit\": [\"location\"]");
    city.write(new Edit.Create(TestCity.daan(3)));
    assertThat(receiver.next().only())
        .containsKeys("createdAt", "modifiedAt", TestCity.BIKES)
        .doesNotContainKey("location");
  }

  @Test
  void previousValuesAreShownWhenAskedFor() throws Exception {
    city.bikes(3);
    city.subscribe(
        receiver.url(),
        stations() + ", \"notificationTrigger\": [\"entityUpdated\", \"entityDeleted\"]",
        "\"showChanges\": true");

    city.bikes(5);
    assertThat(property(receiver.next().only(), TestCity.BIKES))
        .containsEntry("value", Value.of(5))
        .containsEntry("previousValue", Value.of(3));
    city.write(new Edit.DeleteAttribute(TestCity.DAAN, TestCity.BIKES, null, false));
    assertThat(property(receiver.next().only(), TestCity.BIKES))
        .containsEntry("value", Value.of(NULL))
        .containsEntry("previousValue", Value.of(5));
  }

  @Test
  void geoJsonAndLinkedDataCarryTheirContext() throws Exception {
    var url = receiver.url();
    for (var accept : List.of("application/geo+json", "application/ld+json"))
      city.subscriptions
          .desk()
          .create(
              SubscribedCity.SUBSCRIBER,
              plaza.graph.Address.DEFAULT,
              SubscribedCity.struct(
                  "{\"type\": \"Subscription\", "
                      + stations()
                      + ", \"notification\": {\"endpoint\": {\"uri\": \""
                      + url
                      + "\", \"accept\": \""
                      + accept
                      + "\", \"receiverInfo\": [{\"key\": \"X-Kind\", \"value\": \""
                      + accept
                      + "\"}]}}}"),
              city.contexts.core(),
              SubscribedCity.ORIGIN);
    city.write(new Edit.Create(TestCity.daan(3)));

    for (var got : receiver.next(2)) {
      assertThat(got.header("Link")).isNull();
      assertThat(got.header("Content-Type")).isEqualTo(got.header("X-Kind"));
      if (got.body().get("data") instanceof Value.Struct(var collection)) {
        assertThat(collection)
            .containsEntry("type", Value.of("FeatureCollection"))
            .containsKey("@context");
        var feature = ((Value.Struct) ((Value.Items) collection.get("features")).items().get(0));
        assertThat(feature.members())
            .containsEntry("type", Value.of("Feature"))
            .containsKeys("geometry", "properties");
      } else assertThat(got.only()).containsKey("@context");
    }
  }

  @Test
  void throttlingGathersWhatHappensMeanwhile() throws Exception {
    city.subscribe(receiver.url(), stations() + ", \"throttling\": 60", "");

    city.bikes(1);
    assertThat(bikes(receiver.next())).isEqualTo(1);
    city.told();
    city.bikes(2);
    city.bikes(3);
    city.write(new Edit.Create(TestCity.xinyi(4)));
    city.noticed();
    receiver.nothingMore();
    time.skip(Duration.ofSeconds(61));

    var got = receiver.next();
    assertThat(got.data()).hasSize(2);
    receiver.nothingMore();
  }

  @Test
  void periodicNotificationsTellHowThingsStand() throws Exception {
    city.subscribe(
        receiver.url(),
        stations() + ", \"timeInterval\": 60, \"q\": \"" + TestCity.BIKES + ">2\"",
        "");
    city.write(new Edit.Create(TestCity.daan(3)));
    city.write(new Edit.Create(TestCity.xinyi(1)));
    city.noticed();
    receiver.nothingMore();

    time.skip(Duration.ofSeconds(61));
    assertThat(receiver.next().only()).containsEntry("id", Value.of(TestCity.DAAN));
    city.bikes(1);
    time.skip(Duration.ofSeconds(61));
    receiver.nothingMore();
  }

  @Test
  void oneWriteOfManyEntitiesIsOneNotification() throws Exception {
    city.subscribe(receiver.url(), stations(), "");

    city.write(new Edit.Create(TestCity.daan(3)), new Edit.Create(TestCity.xinyi(4)));

    assertThat(receiver.next().data()).hasSize(2);
    receiver.nothingMore();
  }

  @Test
  void nothingIsToldFromABranchOrAnotherTenant() throws Exception {
    city.subscribe(receiver.url(), stations(), "");
    city.ledger.fork(SubscribedCity.SUBSCRIBER, plaza.graph.Address.DEFAULT, "what-if");

    for (var address :
        List.of(plaza.graph.Address.DEFAULT.branch("what-if"), plaza.graph.Address.tenant("other")))
      city.ledger.write(
          SubscribedCity.SUBSCRIBER,
          plaza.graph.change.Write.atomic(address, new Edit.Create(TestCity.daan(3))));

    receiver.nothingMore();
  }

  @Test
  void aRelationshipAndAPlaceShowTheirPrevious() throws Exception {
    var owner = Names.PLAZA + "owner";
    city.write(new Edit.Create(TestCity.daan(3)));
    city.write(append(Attribute.of(owner, new Content.Relationship("urn:a:1"))));
    city.subscribe(receiver.url(), stations(), "\"showChanges\": true, \"format\": \"concise\"");

    city.write(
        append(Attribute.of(owner, new Content.Relationship("urn:a:2"))),
        append(Attribute.of(Names.LOCATION, new Content.GeoProperty(GeoValue.point(121.5, 25.0)))));

    var told = receiver.next(2);
    assertThat(property(told.get(0).only(), owner))
        .containsEntry("object", Value.of("urn:a:2"))
        .containsEntry("previousObject", Value.of("urn:a:1"));
    assertThat(property(told.get(1).only(), "location")).containsKeys("value", "previousValue");
  }

  private static Edit append(Attribute attribute) {
    return new Edit.Append(
        Entity.of(TestCity.DAAN, TestCity.STATION, List.of(attribute)), true, false);
  }

  private static Map<String, Value> property(Map<String, Value> entity, String name) {
    return ((Value.Struct) entity.get(name)).members();
  }

  private static long bikes(TestReceiver.Got got) {
    return ((Value.Whole) property(got.only(), TestCity.BIKES).get("value")).number();
  }
}
