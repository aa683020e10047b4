package plaza.ngsild.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.testkit.Eventually.eventually;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Value;
import plaza.json.Json;

/// Subscriptions that go on to context sources (clauses 5.8.1.4, 5.8.2.4, 5.8.5.4, 5.8.6).
class SubscriptionElsewhereTest {
  private static final String BUS = "urn:ngsi-ld:Bus:1";

  private final FederatedCity north = new FederatedCity("north");
  private final FederatedCity south = new FederatedCity("south");
  private TestReceiver receiver;

  @BeforeEach
  void start() throws Exception {
    receiver = TestReceiver.willing();
  }

  @AfterEach
  void stop() {
    receiver.close();
    north.close();
    south.close();
  }

  @Test
  void aChangeAtASourceIsToldHereInTheSubscribersTerms() throws Exception {
    north.registerAll(south);
    subscribe("", "\"format\": \"keyValues\", \"pick\": [\"id\", \"speed\"]");
    eventually(() -> assertThat(south.subscriptions()).hasSize(1));

    south.hold(bus("\"speed\": {\"value\": 30}, \"line\": {\"value\": \"5\"}"));

    var got = receiver.next();
    assertThat(got.body())
        .containsEntry("subscriptionId", Value.of("urn:my:sub"))
        .containsEntry("type", Value.of("Notification"));
    assertThat(got.only()).isEqualTo(Map.of("id", Value.of(BUS), "speed", Value.of(30)));
    eventually(() ->
        assertThat(north.city.notification("urn:my:sub"))
            .containsEntry("status", Value.of("ok"))
            .containsEntry("timesSent", Value.of(1)));
  }

  @Test
  void theCopyIsReducedAndKeepsTheSubscribersSecrets() throws Exception {
    north.register(
        south,
        "\"information\":[{\"entities\":[{\"type\":\"Bus\",\"id\":\""
            + BUS
            + "\"}],\"propertyNames\":[\"speed\"]}]");
    subscribe(
        ", \"q\": \"speed>10;line==\\\"5\\\"\", \"throttling\": 1",
        "\"pick\": [\"line\"], \"showChanges\": true");
    eventually(() -> assertThat(south.subscriptions()).hasSize(1));

    var copy = ((Value.Struct) south.subscriptions().getFirst()).members();
    assertThat(copy)
        .containsEntry("watchedAttributes", Value.of(java.util.List.of("speed")))
        .containsKey("throttling")
        .doesNotContainKeys("q", "description");
    assertThat(copy.get("entities").toString()).contains(BUS);
    assertThat(copy.get("notification").toString())
        .contains(north.url() + "/ngsi-ld/v1/subscriptions/")
        .contains("showChanges")
        .doesNotContain(receiver.url())
        .doesNotContain("pick")
        .doesNotContain("X-Secret");
  }

  @Test
  void copiesFollowSubscriptionsAndRegistrations() throws Exception {
    subscribe(", \"q\": \"speed>10\"", "");
    var registration = north.registerAll(south);
    eventually(() -> assertThat(copy()).containsEntry("q", Value.of("speed>10")));

    north.send("PATCH", "/subscriptions/urn:my:sub", "{\"isActive\": false, \"q\": \"speed>20\"}");
    eventually(() ->
        assertThat(copy())
            .containsEntry("q", Value.of("speed>20"))
            .containsEntry("status", Value.of("paused")));
    north.send(
        "PATCH", "/subscriptions/urn:my:sub", "{\"isActive\": true, \"q\": \"urn:ngsi-ld:null\"}");
    eventually(() ->
        assertThat(copy()).doesNotContainKey("q").containsEntry("status", Value.of("active")));

    north
        .registrations
        .desk()
        .delete(
            plaza.ledger.Actor.of("urn:plaza:operator"), plaza.graph.Address.DEFAULT, registration);
    eventually(() -> assertThat(south.subscriptions()).isEmpty());

    north.registerAll(south);
    eventually(() -> assertThat(south.subscriptions()).hasSize(1));
    north.send("DELETE", "/subscriptions/urn:my:sub", null);
    eventually(() -> assertThat(south.subscriptions()).isEmpty());
  }

  @Test
  void aSourceThatMovesHasItsCopyWhereItIs() throws Exception {
    try (var east = new FederatedCity("east")) {
      subscribe("", "");
      var registration = north.registerAll(south);
      eventually(() -> assertThat(south.subscriptions()).hasSize(1));

      update(registration, "{\"endpoint\": \"" + east.url() + "\"}");

      eventually(() -> assertThat(east.subscriptions()).hasSize(1));
      eventually(() -> assertThat(south.subscriptions()).isEmpty());
    }
  }

  private void update(String registration, String fragment) {
    north
        .registrations
        .desk()
        .update(
            plaza.ledger.Actor.of("urn:plaza:operator"),
            plaza.graph.Address.DEFAULT,
            registration,
            (Value.Struct) Json.parse(fragment),
            north.city.contexts.core());
  }

  private Map<String, Value> copy() throws Exception {
    assertThat(south.subscriptions()).hasSize(1);
    return ((Value.Struct) south.subscriptions().getFirst()).members();
  }

  /// Clause 6.3.18.
  @Test
  void citiesThatKnowEachOtherDoNotSubscribeInACircle() throws Exception {
    north.register(
        south,
        "\"contextSourceAlias\":\"south\",\"information\":[{\"entities\":[{\"type\":\"Bus\"}]}]");
    south.register(
        north,
        "\"contextSourceAlias\":\"north\",\"information\":[{\"entities\":[{\"type\":\"Bus\"}]}]");
    subscribe("", "");
    eventually(() -> assertThat(south.subscriptions()).hasSize(1));
    Thread.sleep(2_500);

    assertThat(south.subscriptions()).hasSize(1);
    assertThat(north.subscriptions()).hasSize(1);
    south.hold(bus("\"speed\": {\"value\": 30}"));
    receiver.next();
    receiver.nothingMore();
  }

  @Test
  void localSubscriptionsAndAuxiliarySourcesAreLeftAlone() throws Exception {
    north.register(
        south,
        "\"mode\":\"auxiliary\",\"operations\":[\"retrieveOps\"],"
            + "\"information\":[{\"entities\":[{\"type\":\"Bus\"}]}]");
    subscribe("", "");
    Thread.sleep(2_500);
    assertThat(south.subscriptions()).isEmpty();
    north.registerAll(south);
    eventually(() -> assertThat(south.subscriptions()).hasSize(1));
    north.send("PATCH", "/subscriptions/urn:my:sub", "{\"localOnly\": true}");
    eventually(() -> assertThat(south.subscriptions()).isEmpty());
  }

  /// Table 5.2.34-1: of a source registered with `localOnly` only what it holds itself counts.
  @Test
  void aSourceRegisteredForItsOwnDataTellsOfNothingElse() throws Exception {
    try (var east = new FederatedCity("east")) {
      south.registerAll(east);
      var registration =
          north.register(
              south,
              "\"management\":{\"localOnly\":true},"
                  + "\"information\":[{\"entities\":[{\"type\":\"Bus\"}]}]");
      subscribe("", "");
      eventually(() -> assertThat(copy()).containsEntry("localOnly", Value.of(true)));

      // What is made at the south later goes on to the east: the copy had its turn before.
      south.send(
          "POST",
          "/subscriptions",
          "{\"id\": \"urn:south:sub\", \"type\": \"Subscription\", \"entities\": [{\"type\":"
              + " \"Bus\"}], \"notification\": {\"endpoint\": {\"uri\": \"http://127.0.0.1:9/\"}}}");
      eventually(() -> assertThat(east.subscriptions()).hasSize(1));
      south.send("DELETE", "/subscriptions/urn:south:sub", null);
      eventually(() -> assertThat(east.subscriptions()).isEmpty());
      east.hold(bus("\"speed\": {\"value\": 1}"));
      south.hold(bus("\"speed\": {\"value\": 2}"));
      assertThat(receiver.next().only().get("speed").toString()).contains("2");
      receiver.nothingMore();

      update(registration, "{\"management\": \"urn:ngsi-ld:null\"}");
      eventually(() -> assertThat(copy()).doesNotContainKey("localOnly"));
      eventually(() -> assertThat(east.subscriptions()).hasSize(1));
      east.hold(bus("\"speed\": {\"value\": 3}"));
      assertThat(receiver.next().only().get("speed").toString()).contains("3");

      north.send("DELETE", "/subscriptions/urn:my:sub", null);
      eventually(() -> assertThat(south.subscriptions()).isEmpty());
      eventually(() -> assertThat(east.subscriptions()).isEmpty());
    }
  }

  /// Clause 4.9, `csf`.
  @Test
  void onlySourcesThatPassTheFilterAreSubscribedAt() throws Exception {
    north.register(
        south,
        "\"operator\": {\"type\": \"Property\", \"value\": \"north bus\"},"
            + "\"information\":[{\"entities\":[{\"type\":\"Bus\"}]}]");
    subscribe(", \"csf\": \"operator==\\\"other\\\"\"", "");
    Thread.sleep(2_500);
    assertThat(south.subscriptions()).isEmpty();
    north.send("PATCH", "/subscriptions/urn:my:sub", "{\"csf\": \"operator==\\\"north bus\\\"\"}");
    eventually(() -> assertThat(south.subscriptions()).hasSize(1));
  }

  @Test
  void filtersOnSplitEntitiesAreDecidedOnTheWhole() throws Exception {
    north.hold(bus("\"line\": {\"value\": \"5\"}"));
    north.registerAll(south);
    subscribe(", \"splitEntities\": true, \"q\": \"speed>10;line==\\\"5\\\"\"", "");
    eventually(() -> assertThat(south.subscriptions()).hasSize(1));

    south.hold(bus("\"speed\": {\"value\": 5}"));
    nothingMore();
    south.hold(bus("\"speed\": {\"value\": 30}"));
    assertThat(receiver.next().only()).containsKeys("speed", "line");
    // The part that is here decides as well.
    north.hold(bus("\"line\": {\"value\": \"6\"}"));
    nothingMore();
    north.hold(bus("\"line\": {\"value\": \"5\"}"));
    assertThat(receiver.next().only()).containsKeys("speed", "line");
  }

  @Test
  void whatWentAndWhatWasBeforeIsToldToo() throws Exception {
    south.hold(bus("\"speed\": {\"value\": 5}, \"line\": {\"value\": \"5\"}"));
    north.registerAll(south);
    subscribe(
        ", \"notificationTrigger\": [\"entityUpdated\", \"entityDeleted\"]",
        "\"showChanges\": true, \"format\": \"concise\"");
    eventually(() -> assertThat(south.subscriptions()).hasSize(1));

    south.hold(bus("\"speed\": {\"value\": 30}, \"line\": {\"value\": \"5\"}"));
    assertThat(receiver.next().only())
        .containsEntry("speed", Json.parse("{\"value\": 30, \"previousValue\": 5}"));
    south.send("DELETE", "/entities/" + BUS + "/attrs/speed", null);
    assertThat(receiver.next().only())
        .containsEntry(
            "speed", Json.parse("{\"value\": \"urn:ngsi-ld:null\", \"previousValue\": 30}"));
    south.send("DELETE", "/entities/" + BUS, null);
    assertThat(receiver.next().only()).containsKeys("id", "type", "deletedAt", "line");
  }

  @Test
  void nobodyElseCanTell() throws Exception {
    north.registerAll(south);
    subscribe("", "");
    eventually(() -> assertThat(south.subscriptions()).hasSize(1));
    var uri =
        ((Value.Struct) ((Value.Struct) copy().get("notification")).members().get("endpoint"))
            .members()
            .get("uri")
            .toString();
    var token = uri.replaceFirst(".*/subscriptions/([^/]*)/notifications.*", "$1");
    var forged = token.substring(0, token.length() - 4) + "0000";
    var notification =
        "{\"type\": \"Notification\", \"data\": [" + bus("\"speed\": {\"value\": 1}") + "]}";

    assertThat(north.send("POST", "/subscriptions/" + forged + "/notifications", notification))
        .isEqualTo(404);
    assertThat(north.send("POST", "/subscriptions/x/notifications", notification)).isEqualTo(404);
    receiver.nothingMore();
    assertThat(north.send("POST", "/subscriptions/" + token + "/notifications", notification))
        .isEqualTo(200);
    receiver.next();
    var other = notification.replace("\"Bus\"", "\"Tram\"");
    assertThat(north.send("POST", "/subscriptions/" + token + "/notifications", other))
        .isEqualTo(200);
    receiver.nothingMore();
  }

  /// Not even when all that was said so far has been dealt with, there and here.
  private void nothingMore() throws Exception {
    south.city.told();
    north.city.told();
    receiver.nothingMore();
  }

  private void subscribe(String members, String notification) throws Exception {
    int status =
        north.send(
            "POST",
            "/subscriptions",
            "{\"id\": \"urn:my:sub\", \"type\": \"Subscription\", \"description\": \"mine\","
                + " \"entities\": [{\"type\": \"Bus\"}]"
                + members
                + ", \"notification\": {"
                + (notification.isEmpty() ? "" : notification + ", ")
                + "\"endpoint\": {\"uri\": \""
                + receiver.url()
                + "\", \"receiverInfo\": [{\"key\": \"X-Secret\", \"value\": \"s\"}]}}}");
    assertThat(status).isEqualTo(201);
  }

  private static String bus(String attributes) {
    return "{\"id\": \"" + BUS + "\", \"type\": \"Bus\", " + attributes + "}";
  }
}
