package plaza.ngsild.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.ngsild.subscription.SubscribedCity.stations;
import static plaza.ngsild.subscription.SubscribedCity.struct;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.Policy;
import plaza.testkit.MemoryStore;
import plaza.testkit.TestCity;

/// What else a notification holds, by what a receiver gets (clauses 5.2.12, 5.2.14.1, 5.8.6).
class NotificationContentTest {
  private static final String OPERATOR = "urn:ngsi-ld:Company:youbike";
  private static final String COMPANY = "https://smartdatamodels.org/Company";
  private static final String RUN_BY = "https://smartdatamodels.org/operatedBy";
  private static final String NAME = TestCity.NAME;

  private final TestTime time = new TestTime();
  private SubscribedCity city;
  private TestReceiver receiver;

  @BeforeEach
  void start() throws Exception {
    city = new SubscribedCity(new MemoryStore(), time, Policy.OPEN);
    receiver = TestReceiver.willing();
    city.write(
        new Edit.Create(
            Entity.of(OPERATOR, COMPANY, List.of(Attribute.of(NAME, Value.of("YouBike"))))));
  }

  @AfterEach
  void stop() {
    city.close();
    receiver.close();
  }

  /// Clauses 5.8.6 and 4.5.23.3.
  @Test
  void linkedEntitiesFollowThoseThatChanged() throws Exception {
    city.subscribe(receiver.url(), stations(), "\"join\": \"flat\"");
    city.write(new Edit.Create(runBy(OPERATOR)));

    var data = receiver.next().data();
    assertThat(data).hasSize(2);
    assertThat(members(data.get(0))).containsEntry("id", Value.of(TestCity.DAAN));
    assertThat(members(data.get(1)))
        .containsEntry("id", Value.of(OPERATOR))
        .containsEntry("type", Value.of(COMPANY));
  }

  /// Clauses 4.5.23.2 and 4.21: with what is picked of them.
  @Test
  void linkedEntitiesStandInTheirRelationshipWhenAskedFor() throws Exception {
    city.subscribe(
        receiver.url(),
        stations(),
        "\"join\": \"inline\", \"showChanges\": true, \"pick\": [\"id\", \""
            + RUN_BY
            + "{id,"
            + NAME
            + "}\"]");
    city.write(new Edit.Create(runBy(OPERATOR)));

    var told = receiver.next().only();
    assertThat(told).containsOnlyKeys("id", RUN_BY);
    var there = members(members(told.get(RUN_BY)).get("entity"));
    assertThat(there).containsOnlyKeys("id", NAME).containsEntry("id", Value.of(OPERATOR));
  }

  /// Clause 4.9, linked-entity paths.
  @Test
  void aQueryMayAskOfLinkedEntities() throws Exception {
    city.subscribe(
        receiver.url(),
        stations() + ", \"q\": \"" + RUN_BY + "{" + NAME + "}==\\\"YouBike\\\"\"",
        "\"join\": \"inline\"");
    city.write(new Edit.Create(runBy("urn:ngsi-ld:Company:unknown")));
    city.write(new Edit.Put(runBy(OPERATOR)));

    assertThat(members(receiver.next().only().get(RUN_BY)))
        .containsEntry("object", Value.of(OPERATOR));
    receiver.nothingMore();
  }

  private static Entity runBy(String operator) {
    return Entity.of(
        TestCity.DAAN,
        TestCity.STATION,
        List.of(Attribute.of(RUN_BY, new Content.Relationship(operator))));
  }

  /// Clauses 5.2.12 and 4.3.6.8.
  @Test
  void whoKnowsAnOlderStandardIsToldInItsTerms() throws Exception {
    city.subscribe(
        receiver.url(), stations() + ", \"ngsildConformance\": \"1.2\"", "\"sysAttrs\": true");
    city.write(
        new Edit.Create(
            new Entity(
                TestCity.DAAN,
                List.of(TestCity.STATION, "https://smartdatamodels.org/Zone"),
                List.of("/Taipei"),
                List.of(
                    Attribute.of(
                        NAME, new Content.LanguageProperty(Map.of("en", Value.of("Daan")))),
                    Attribute.of("urn:a:json", new Content.JsonProperty(struct("{\"a\": 1}"))),
                    Attribute.of("urn:a:list", new Content.ListProperty(List.of(Value.of(1)))),
                    Attribute.of(
                        "urn:a:links",
                        new Content.ListRelationship(List.of("urn:b:1", "urn:b:2"), List.of())),
                    TestCity.bikes(3, TestCity.NOON)),
                null,
                null,
                TestCity.NOON.plus(Duration.ofDays(1)),
                0)));

    var told = receiver.next().only();
    assertThat(told).doesNotContainKeys("scope", "expiresAt");
    assertThat(told.get("type")).isInstanceOf(Value.Text.class);
    assertThat(members(told.get(NAME)))
        .containsEntry("type", Value.of("Property"))
        .containsEntry("value", struct("{\"en\": \"Daan\"}"));
    assertThat(members(told.get("urn:a:json")))
        .containsEntry("type", Value.of("Property"))
        .containsEntry("value", struct("{\"a\": 1}"));
    assertThat(members(told.get("urn:a:list")))
        .containsEntry("type", Value.of("Property"))
        .containsKey("value");
    assertThat(members(told.get("urn:a:links")))
        .containsEntry("type", Value.of("Relationship"))
        .containsEntry(
            "object", new Value.Items(List.of(Value.of("urn:b:1"), Value.of("urn:b:2"))));
    assertThat(members(told.get(TestCity.BIKES))).doesNotContainKey("observedAt");
  }

  /// Clause 6.3.14.
  @Test
  void theTenantIsNamedUnlessItIsTheDefault() throws Exception {
    city.subscribe(receiver.url(), stations(), "");
    var tenant = Address.tenant("taoyuan");
    city.ledger.write(
        SubscribedCity.SUBSCRIBER, Write.atomic(tenant, new Edit.Create(TestCity.xinyi(1))));
    city.subscriptions
        .desk()
        .create(
            SubscribedCity.SUBSCRIBER,
            tenant,
            SubscribedCity.document(receiver.url(), stations(), ""),
            city.contexts.core(),
            SubscribedCity.ORIGIN);
    city.bikes(1);
    assertThat(receiver.next().header("NGSILD-Tenant")).isNull();
    city.ledger.write(
        SubscribedCity.SUBSCRIBER, Write.atomic(tenant, new Edit.Create(TestCity.daan(1))));
    assertThat(receiver.next().header("NGSILD-Tenant")).isEqualTo("taoyuan");
  }

  /// Clauses 5.2.12, 4.5.5 and 4.15.
  @Test
  void onlyTheInstancesAndLanguagesAskedForAreTold() throws Exception {
    city.subscribe(
        receiver.url(), stations() + ", \"datasetId\": [\"urn:d:1\"], \"lang\": \"zh\"", "");
    var instances =
        List.of(
            Attribute.of(TestCity.BIKES, Value.of(1)),
            new Attribute(
                TestCity.BIKES,
                "urn:d:1",
                new Content.Property(Value.of(2)),
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null),
            new Attribute(
                NAME,
                "urn:d:1",
                new Content.LanguageProperty(Map.of("en", Value.of("Daan"), "zh", Value.of("大安"))),
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null));
    city.write(new Edit.Create(Entity.of(TestCity.DAAN, TestCity.STATION, instances)));

    var told = receiver.next().only();
    assertThat(members(told.get(TestCity.BIKES)))
        .containsEntry("value", Value.of(2))
        .containsEntry("datasetId", Value.of("urn:d:1"));
    assertThat(members(told.get(NAME)))
        .containsEntry("value", Value.of("大安"))
        .containsEntry("lang", Value.of("zh"));
  }

  /// Clause 5.8.6: what went is told as much as is asked for.
  @Test
  void whatWasDeletedIsToldAsMuchAsIsAskedFor() throws Exception {
    city.write(new Edit.Create(TestCity.daan(3)));
    var triggers = ", \"notificationTrigger\": [\"entityDeleted\", \"attributeDeleted\"]";
    var plain = city.subscribe(receiver.url(), stations() + triggers, "");
    var system = city.subscribe(receiver.url(), stations() + triggers, "\"sysAttrs\": true");
    var changes =
        city.subscribe(
            receiver.url(),
            stations() + triggers,
            "\"showChanges\": true, \"format\": \"concise\"");

    city.write(new Edit.DeleteAttribute(TestCity.DAAN, TestCity.BIKES, null, false));
    for (var got : receiver.next(3)) {
      var gone = got.only().get(TestCity.BIKES);
      var id = got.body().get("subscriptionId");
      if (id.equals(Value.of(plain))) assertThat(gone).isEqualTo(Value.of("urn:ngsi-ld:null"));
      else if (id.equals(Value.of(system)))
        assertThat(members(gone)).containsKeys("type", "value", "createdAt", "deletedAt");
      else
        assertThat(members(gone))
            .containsOnlyKeys("value", "previousValue")
            .containsEntry("previousValue", Value.of(3));
    }
    city.write(new Edit.Delete(TestCity.DAAN));
    for (var got : receiver.next(3)) {
      var told = got.only();
      var id = got.body().get("subscriptionId");
      if (id.equals(Value.of(plain))) assertThat(told).containsOnlyKeys("id", "type", "deletedAt");
      else if (id.equals(Value.of(system)))
        assertThat(told).containsOnlyKeys("id", "type", "createdAt", "modifiedAt", "deletedAt");
      else
        assertThat(members(told.get(NAME)))
            .containsEntry("value", Value.of("urn:ngsi-ld:null"))
            .containsKey("previousValue");
      assertThat(id).isIn(Value.of(plain), Value.of(system), Value.of(changes));
    }
  }

  /// Clauses 5.8.6, 4.5.4: who is told of several instances finds each in a form of its own.
  @Test
  void deletedInstancesStandBesideThoseThatStay() throws Exception {
    var none = new Attribute(NAME, null, text("a"), null, null, List.of(), null, null, null, null);
    var first =
        new Attribute(NAME, "urn:d:1", text("b"), null, null, List.of(), null, null, null, null);
    city.write(new Edit.Create(Entity.of(TestCity.DAAN, TestCity.STATION, List.of(none, first))));
    var triggers = ", \"notificationTrigger\": [\"attributeDeleted\"]";
    var whole = city.subscribe(receiver.url(), stations() + triggers, "");
    city.subscribe(receiver.url(), stations() + triggers, "\"format\": \"simplified\"");

    city.write(new Edit.DeleteAttribute(TestCity.DAAN, NAME, "urn:d:1", false));
    for (var got : receiver.next(2)) {
      var told = got.only().get(NAME);
      if (got.body().get("subscriptionId").equals(Value.of(whole)))
        assertThat(((Value.Items) told).items())
            .containsExactly(
                struct("{\"type\": \"Property\", \"value\": \"a\"}"),
                struct(
                    "{\"type\": \"Property\", \"value\": \"urn:ngsi-ld:null\", \"datasetId\": \"urn:d:1\"}"));
      else
        assertThat(told)
            .isEqualTo(
                struct("{\"dataset\": {\"@none\": \"a\", \"urn:d:1\": \"urn:ngsi-ld:null\"}}"));
    }
    city.write(
        new Edit.Append(
            Entity.of(TestCity.DAAN, TestCity.STATION, List.of(none, first)), true, true));
    city.write(new Edit.DeleteAttribute(TestCity.DAAN, NAME, null, true));
    for (var got : receiver.next(2)) {
      var told = got.only().get(NAME);
      if (got.body().get("subscriptionId").equals(Value.of(whole)))
        assertThat(((Value.Items) told).items())
            .hasSize(2)
            .allMatch(Value.Struct.class::isInstance);
      else
        assertThat(members(members(told).get("dataset")).values())
            .containsExactly(Value.of("urn:ngsi-ld:null"), Value.of("urn:ngsi-ld:null"));
    }
  }

  /// Clause 4.6.2: a name that could not be read again is told in full, before and after.
  @Test
  void whatHasNoShortNameIsToldInFull() throws Exception {
    var name = Names.DEFAULT_VOCAB + "off-street";
    city.subscribe(
        receiver.url(),
        "\"entities\": [{\"type\": \""
            + name
            + "\"}], \"notificationTrigger\": [\"entityCreated\", \"attributeUpdated\", \"entityDeleted\"]",
        "\"showChanges\": true");
    city.write(new Edit.Create(Entity.of(TestCity.DAAN, name, of(name, 1))));
    receiver.next();
    city.write(new Edit.Append(Entity.of(TestCity.DAAN, name, of(name, 2)), true, true));
    assertThat(members(receiver.next().only().get(name)))
        .containsEntry("value", Value.of(2))
        .containsEntry("previousValue", Value.of(1));

    city.write(new Edit.Delete(TestCity.DAAN));
    var told = receiver.next().only();
    assertThat(told).containsEntry("type", Value.of(name));
    assertThat(members(told.get(name))).containsEntry("previousValue", Value.of(2));
  }

  private static List<Attribute> of(String name, int value) {
    return List.of(Attribute.of(name, Value.of(value)));
  }

  /// Clause 5.2.37: URIs alone in the concise form, objects of each in the normalized one.
  @Test
  void listsOfLinksAreShownBeforeAndAfterInTheSameForm() throws Exception {
    var concise =
        city.subscribe(
            receiver.url(), stations(), "\"showChanges\": true, \"format\": \"concise\"");
    city.subscribe(receiver.url(), stations(), "\"showChanges\": true");
    city.write(new Edit.Create(stops("urn:stop:1")));
    receiver.next(2);
    city.write(new Edit.Append(stops("urn:stop:2"), true, true));

    for (var got : receiver.next(2)) {
      boolean bare = got.body().get("subscriptionId").equals(Value.of(concise));
      var told = members(got.only().get(NAME));
      for (var member : new String[] {"objectList", "previousObjectList"})
        assertThat(((Value.Items) told.get(member)).items())
            .as(member)
            .allMatch(one -> bare ? one instanceof Value.Text : one instanceof Value.Struct);
    }
  }

  private static Entity stops(String stop) {
    return Entity.of(
        TestCity.DAAN,
        TestCity.STATION,
        List.of(Attribute.of(NAME, new Content.ListRelationship(List.of(stop), List.of()))));
  }

  private static Content text(String text) {
    return new Content.Property(Value.of(text));
  }

  /// Clauses 5.2.15, 6.3.8: the receiver's own Link stands alone.
  @Test
  void aLinkAmongTheReceiversHeadersTakesThePlaceOfOurs() throws Exception {
    var link = "<https://a.example/c>; rel=\"http://www.w3.org/ns/json-ld#context\"";
    var document = SubscribedCity.document(receiver.url(), stations(), "").members();
    var endpoint =
        new java.util.LinkedHashMap<>(
            members(members(document.get("notification")).get("endpoint")));
    endpoint.put(
        "receiverInfo",
        new Value.Items(
            List.of(new Value.Struct(Map.of("key", Value.of("Link"), "value", Value.of(link))))));
    var members = new java.util.LinkedHashMap<>(document);
    members.put("notification", new Value.Struct(Map.of("endpoint", new Value.Struct(endpoint))));
    city.subscriptions
        .desk()
        .create(
            SubscribedCity.SUBSCRIBER,
            Address.DEFAULT,
            new Value.Struct(members),
            city.contexts.core(),
            SubscribedCity.ORIGIN);
    city.write(new Edit.Create(TestCity.daan(3)));

    assertThat(receiver.next().headers().get("Link")).containsExactly(link);
  }

  /// Clause 5.2.15.
  @Test
  void nothingIsSentWhileTheReceiverCoolsDown() throws Exception {
    try (var failing = new TestReceiver(count -> count == 0 ? 500 : 200)) {
      var document =
          struct(
              "{\"type\": \"Subscription\", "
                  + stations()
                  + ", \"notification\": {\"endpoint\": {\"uri\": \""
                  + failing.url()
                  + "\", \"cooldown\": 60000}}}");
      var desk = city.subscriptions.desk();
      var id =
          desk.create(
              SubscribedCity.SUBSCRIBER,
              Address.DEFAULT,
              document,
              city.contexts.core(),
              SubscribedCity.ORIGIN);
      city.bikes(1);
      while (!city.notification(id).containsKey("timesFailed")) Thread.sleep(5);
      desk.update(
          SubscribedCity.SUBSCRIBER,
          Address.DEFAULT,
          id,
          struct("{\"description\": \"a change that wakes\"}"),
          city.contexts.core());
      city.bikes(2);
      failing.nothingMore();
      assertThat(city.notification(id)).containsEntry("timesSent", Value.of(1));

      time.skip(Duration.ofSeconds(61));
      assertThat(failing.next(2)).hasSize(2);
      while (!city.notification(id).containsKey("lastSuccess")) Thread.sleep(5);
      assertThat(city.notification(id))
          .containsEntry("status", Value.of("ok"))
          .containsEntry("timesFailed", Value.of(1))
          .containsKeys("lastNotification", "lastFailure", "timesSent");
    }
  }

  private static Map<String, Value> members(Value value) {
    return ((Value.Struct) value).members();
  }
}
