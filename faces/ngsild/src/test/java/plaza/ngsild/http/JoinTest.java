package plaza.ngsild.http;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.ngsild.http.Broker.json;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.graph.query.Sight;
import plaza.ledger.Policy;
import plaza.testkit.MemoryStore;

/// Clauses 4.5.23, 4.9, 4.21, 5.7.1, 5.7.2: linked entities come along.
class JoinTest {
  private Broker broker = new Broker();

  @BeforeEach
  void fill() {
    fill(broker);
  }

  private static void fill(Broker broker) {
    broker.post(
        "/entityOperations/create",
        """
        [{"id": "urn:ngsi-ld:Vehicle:1", "type": "Vehicle",
          "brand": {"type": "Property", "value": "Mercedes"},
          "parked": {"type": "Relationship", "object": "urn:ngsi-ld:Parking:1",
            "objectType": "Parking",
            "providedBy": {"type": "Relationship", "object": "urn:ngsi-ld:Person:Bob"}},
          "passengers": {"type": "Relationship",
            "object": ["urn:ngsi-ld:Person:Alice", "urn:ngsi-ld:Person:Nobody",
              "urn:ngsi-ld:Person:Bob"]},
          "route": {"type": "ListRelationship", "objectList": [
            {"object": "urn:ngsi-ld:City:A"}, {"object": "urn:ngsi-ld:City:B"}]}},
         {"id": "urn:ngsi-ld:Vehicle:2", "type": "Vehicle",
          "parked": {"type": "Relationship", "object": "urn:ngsi-ld:Parking:2"}},
         {"id": "urn:ngsi-ld:Parking:1", "type": "Parking",
          "name": {"type": "Property", "value": "Top Parking"},
          "location": {"type": "GeoProperty",
            "value": {"type": "Point", "coordinates": [1.0, 2.0]}},
          "operator": {"type": "Relationship", "object": "urn:ngsi-ld:Company:1"}},
         {"id": "urn:ngsi-ld:Parking:2", "type": "Parking",
          "name": {"type": "Property", "value": "Low Parking"},
          "operator": {"type": "Relationship", "object": "urn:ngsi-ld:Company:1"}},
         {"id": "urn:ngsi-ld:Company:1", "type": "Company",
          "name": {"type": "Property", "value": "Big Corp"},
          "owns": {"type": "Relationship", "object": "urn:ngsi-ld:Parking:1"}},
         {"id": "urn:ngsi-ld:Person:Alice", "type": "Person",
          "name": {"type": "Property", "value": "Alice"}},
         {"id": "urn:ngsi-ld:Person:Bob", "type": "Person",
          "name": {"type": "Property", "value": "Bob"}},
         {"id": "urn:ngsi-ld:City:A", "type": "City"},
         {"id": "urn:ngsi-ld:City:B", "type": "City"}]
        """);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void clause45232InlineNormalizedEntitiesStandInTheirRelationships() {
    assertThat(broker.get("/entities/urn:ngsi-ld:Vehicle:1?join=inline").json())
        .isEqualTo(
            json(
                """
                {"id": "urn:ngsi-ld:Vehicle:1", "type": "Vehicle",
                 "brand": {"type": "Property", "value": "Mercedes"},
                 "parked": {"type": "Relationship", "object": "urn:ngsi-ld:Parking:1",
                   "objectType": "Parking",
                   "entity": {"id": "urn:ngsi-ld:Parking:1", "type": "Parking",
                     "name": {"type": "Property", "value": "Top Parking"},
                     "location": {"type": "GeoProperty",
                       "value": {"type": "Point", "coordinates": [1.0, 2.0]}},
                     "operator": {"type": "Relationship", "object": "urn:ngsi-ld:Company:1"}},
                   "providedBy": {"type": "Relationship", "object": "urn:ngsi-ld:Person:Bob"}},
                 "passengers": {"type": "Relationship",
                   "object": ["urn:ngsi-ld:Person:Alice", "urn:ngsi-ld:Person:Nobody",
                     "urn:ngsi-ld:Person:Bob"],
                   "entity": [
                     {"id": "urn:ngsi-ld:Person:Alice", "type": "Person",
                      "name": {"type": "Property", "value": "Alice"}},
                     {"id": "urn:ngsi-ld:Person:Bob", "type": "Person",
                      "name": {"type": "Property", "value": "Bob"}}]},
                 "route": {"type": "ListRelationship", "objectList": [
                     {"object": "urn:ngsi-ld:City:A"}, {"object": "urn:ngsi-ld:City:B"}],
                   "entityList": [{"id": "urn:ngsi-ld:City:A", "type": "City"},
                     {"id": "urn:ngsi-ld:City:B", "type": "City"}]}}
                """));
  }

  @Test
  void clause454InlineSimplifiedEntitiesStandInThePlaceOfTheirIds() {
    assertThat(
            broker
                .get("/entities/urn:ngsi-ld:Vehicle:1?join=inline&format=simplified&omit=location")
                .json())
        .isEqualTo(
            json(
                """
                {"id": "urn:ngsi-ld:Vehicle:1", "type": "Vehicle", "brand": "Mercedes",
                 "parked": {"id": "urn:ngsi-ld:Parking:1", "type": "Parking",
                   "name": "Top Parking", "operator": "urn:ngsi-ld:Company:1"},
                 "passengers": [
                   {"id": "urn:ngsi-ld:Person:Alice", "type": "Person", "name": "Alice"},
                   "urn:ngsi-ld:Person:Nobody",
                   {"id": "urn:ngsi-ld:Person:Bob", "type": "Person", "name": "Bob"}],
                 "route": [{"id": "urn:ngsi-ld:City:A", "type": "City"},
                   {"id": "urn:ngsi-ld:City:B", "type": "City"}]}
                """));
  }

  @Test
  void clause45233FlatEntitiesFollowOnceEach() {
    var answer =
        broker.get("/entities/urn:ngsi-ld:Vehicle:1?join=flat&options=concise&joinLevel=3");

    assertThat(answer.items())
        .extracting(JoinTest::id)
        .containsExactly(
            "Vehicle:1",
            "Parking:1",
            "Person:Alice",
            "Person:Bob",
            "City:A",
            "City:B",
            "Company:1");
    assertThat(answer.items().get(1))
        .isEqualTo(
            json(
                """
                {"id": "urn:ngsi-ld:Parking:1", "type": "Parking", "name": "Top Parking",
                 "location": {"type": "Point", "coordinates": [1.0, 2.0]},
                 "operator": {"object": "urn:ngsi-ld:Company:1"}}
                """));
  }

  @Test
  void loopsEndAndAnEntityMayStandInSeveralPlacesInline() {
    var answer =
        broker.get(
            "/entities?type=Vehicle&join=inline&joinLevel=10&options=simplified&pick=parked"
                + ",operator,owns,name");

    assertThat(answer.json())
        .isEqualTo(
            json(
                """
                [{"parked": {"name": "Top Parking",
                    "operator": {"name": "Big Corp", "owns": "urn:ngsi-ld:Parking:1"}}},
                 {"parked": {"name": "Low Parking",
                    "operator": {"name": "Big Corp",
                      "owns": {"name": "Top Parking", "operator": "urn:ngsi-ld:Company:1"}}}}]
                """));
  }

  @Test
  void containedByNamesWhatIsNotGivenAgain() {
    var flat =
        broker.get(
            "/entities?type=Vehicle&join=flat&joinLevel=2&containedBy=urn:ngsi-ld:Person:Bob,"
                + "urn:ngsi-ld:Parking:1");
    var inline =
        broker.get(
            "/entities/urn:ngsi-ld:Vehicle:1?join=inline&joinLevel=1&pick=parked"
                + "&containedBy=urn:ngsi-ld:Parking:1");

    assertThat(flat.items())
        .extracting(JoinTest::id)
        .containsExactly(
            "Vehicle:1", "Vehicle:2", "Person:Alice", "City:A", "City:B", "Parking:2", "Company:1");
    assertThat(inline.text()).doesNotContain("\"entity\"");
  }

  @Test
  void clause421ProjectsTheLinkedEntitiesOfOneRelationship() {
    var path = "/entities/urn:ngsi-ld:Vehicle:1?options=simplified&join=inline&joinLevel=2";

    assertThat(broker.get(path + "&pick=brand,parked{name,operator{name}}").json())
        .isEqualTo(
            json(
                """
                {"brand": "Mercedes",
                 "parked": {"name": "Top Parking", "operator": {"name": "Big Corp"}}}
                """));
    assertThat(broker.get(path + "&omit=passengers,route,location,parked{name,operator}").json())
        .isEqualTo(
            json(
                """
                {"id": "urn:ngsi-ld:Vehicle:1", "type": "Vehicle", "brand": "Mercedes",
                 "parked": {"id": "urn:ngsi-ld:Parking:1", "type": "Parking"}}
                """));
  }

  @Test
  void clause5715FlatGeoJsonIsAFeatureCollection() {
    var one =
        broker.get(
            "/entities/urn:ngsi-ld:Vehicle:1?join=flat&pick=parked,name",
            "Accept",
            "application/geo+json");
    var inline =
        broker.get(
            "/entities/urn:ngsi-ld:Vehicle:1?join=inline&pick=parked,name&options=simplified",
            "Accept",
            "application/geo+json",
            "Prefer",
            "body=json");

    assertThat(((Value.Struct) one.json()).members().get("type"))
        .isEqualTo(Value.of("FeatureCollection"));
    assertThat(((Value.Items) one.member("features")).items()).hasSize(2);
    assertThat(one.text()).contains("\"coordinates\":[1.0,2.0]");
    assertThat(inline.member("properties"))
        .isEqualTo(json("{\"parked\": {\"name\": \"Top Parking\"}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      textBlock =
          """
          q=parked{name}=="Top Parking"                          § 1
          q=parked{name}                                         § 2
          q=parked{Parking:name}~="Parking"                      § 2
          q=parked{City,Parking:name}~="Parking"                 § 2
          q=parked{City:name}                                    § 0
          q=parked{nothing}                                      § 0
          q=parked{operator{name}}=="Big Corp"                   § 2
          q=parked{Parking:operator{Company:name}}!="Big Corp"   § 0
          q=passengers{name}=="Bob"                              § 1
          q=passengers{name}!="Bob"                              § 1
          q=route{type}==City                                    § 1
          q=parked{location[type]}=="Point"                      § 1
          q=(parked{name}=="Top Parking"|parked{name}=="Low Parking");brand § 1
          q=parked.providedBy{name}=="Bob"                       § 1
          q=brand{name}                                          § 0
          """)
  void clause49AsksOfWhatIsLinked(String query, int found) {
    for (var join : new String[] {"flat", "inline"})
      assertThat(
              broker
                  .get("/entities?type=Vehicle&joinLevel=2&count=true&join=" + join + "&" + query)
                  .header("NGSILD-Results-Count"))
          .isEqualTo(Integer.toString(found));
  }

  @Test
  void aQueryDocumentMayJoinToo() {
    var answer =
        broker.post(
            "/entityOperations/query",
            """
            {"type": "Query", "entities": [{"type": "Vehicle"}], "join": "flat", "joinLevel": 2,
             "q": "parked{operator{name}}==\\"Big Corp\\"",
             "containedBy": ["urn:ngsi-ld:Person:Bob"], "pick": ["id", "parked{id,operator{id}}"]}
            """);

    assertThat(answer.items())
        .extracting(JoinTest::id)
        .containsExactly("Vehicle:1", "Vehicle:2", "Parking:1", "Parking:2", "Company:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "join=sideways",
        "join=flat&joinLevel=0",
        "join=flat&joinLevel=1.5",
        "join=flat&joinLevel=11",
        "join=flat&containedBy=me",
        "q=parked{name}",
        "q=parked{name}&join=@none",
        "q=parked{operator{name}}&join=flat",
        "q=parked{name&join=flat",
        "q=parked}name&join=flat",
        "pick=parked{name}",
        "omit=parked{name}",
        "pick=parked{operator{name}}&join=inline",
        "pick=parked{&join=inline",
        "pick=parked{}&join=inline",
        "pick=parked}&join=inline",
      })
  void clause5724RefusesWhatIsTooDeepOrBroken(String query) {
    var answer = broker.get("/entities?type=Vehicle&" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("BadRequestData");
  }

  @Test
  void whatTheCallerMayNotSeeComesThroughNoLink() {
    var type = Names.DEFAULT_VOCAB;
    var seen =
        new Sight.View(Set.of(type + "Vehicle", type + "Parking"), Set.of(), null, null, null);
    var store = new MemoryStore();
    try (var open = new Broker(store)) {
      fill(open);
      try (var narrow =
          new Broker(
              store,
              (_, _) -> new Policy.Rights(Sight.of(seen, "ask"), Sight.nothing("ask")),
              ConsumptionLimits.DEFAULT)) {
        var flat = narrow.get("/entities?type=Vehicle&join=flat&joinLevel=3");
        var inline = narrow.get("/entities/urn:ngsi-ld:Vehicle:1?join=inline&joinLevel=3");
        var felt = narrow.get("/entities?type=Vehicle&join=flat&q=passengers{name}");

        assertThat(flat.items())
            .extracting(JoinTest::id)
            .containsExactly("Vehicle:1", "Vehicle:2", "Parking:1", "Parking:2");
        assertThat(inline.text()).contains("Top Parking").doesNotContain("Big Corp", "\"Alice\"");
        assertThat(felt.items()).isEmpty();
      }
    }
  }

  @Test
  void whatHasEndedComesThroughNoLink() {
    broker.post(
        "/entityOperations/create",
        """
        [{"id": "urn:ngsi-ld:Vehicle:3", "type": "Vehicle",
          "parked": {"object": "urn:ngsi-ld:Parking:3"}},
         {"id": "urn:ngsi-ld:Parking:3", "type": "Parking", "name": "Pop-up",
          "expiresAt": "2020-01-01T00:00:00Z"}]
        """);

    assertThat(broker.get("/entities/urn:ngsi-ld:Vehicle:3?join=inline").text())
        .doesNotContain("Pop-up");
    assertThat(broker.get("/entities?type=Vehicle&join=flat&q=parked{name}==\"Pop-up\"").items())
        .isEmpty();
  }

  @Test
  void tooManyLinkedEntitiesAreRefusedNotCutOff() {
    var store = new MemoryStore();
    try (var small = new Broker(store, Policy.OPEN, new ConsumptionLimits(4, 50_000))) {
      fill(small);

      assertThat(small.get("/entities/urn:ngsi-ld:Vehicle:2?join=flat&joinLevel=9").status())
          .isEqualTo(200);
      for (var join : new String[] {"flat", "inline"}) {
        var answer = small.get("/entities/urn:ngsi-ld:Vehicle:1?join=" + join);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.error()).isEqualTo("TooComplexQuery");
      }
    }
  }

  private static String id(Value entity) {
    var id = ((Value.Struct) entity).members().get("id");
    return id instanceof Value.Text(var text) ? text.substring("urn:ngsi-ld:".length()) : "none";
  }
}
