package plaza.ngsild.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ledger.Policy;
import plaza.testkit.MemoryStore;

/// Clauses 5.11 and 5.3.2: who subscribes to registrations is told which sources come and go.
class SourceSubscriptionTest {
  private final MemoryStore store = new MemoryStore();
  private final TestTime time = new TestTime();
  private SubscribedCity city = new SubscribedCity(store, time, Policy.OPEN);
  private final AtomicInteger status = new AtomicInteger(200);
  private final TestReceiver receiver;

  SourceSubscriptionTest() throws Exception {
    receiver = new TestReceiver(_ -> status.get());
  }

  @AfterEach
  void stop() {
    city.close();
    receiver.close();
  }

  @Test
  void theFirstNotificationTellsWhatMatchesAlready() throws Exception {
    register("urn:r:1", "Vehicle");
    register("urn:r:2", "Station");

    var id = subscribe("");

    var first = next();
    assertThat(first.get("type")).isEqualTo(Value.of("ContextSourceNotification"));
    assertThat(first.get("subscriptionId")).isEqualTo(Value.of(id));
    assertThat(first.get("triggerReason")).isEqualTo(Value.of("newlyMatching"));
    assertThat(ids(first)).containsExactly("urn:r:1");
    assertThat(first.get("data").toString())
        .contains("Vehicle")
        .doesNotContain("Building")
        .doesNotContain("secret");
  }

  @Test
  void sourcesThatComeChangeAndGoAreTold() throws Exception {
    subscribe("");

    register("urn:r:1", "Vehicle");
    assertTold("newlyMatching", "urn:r:1");

    update("urn:r:1", "{\"description\": \"North\"}");
    assertTold("updated", "urn:r:1");

    update("urn:r:1", "{\"information\": [{\"entities\": [{\"type\": \"Station\"}]}]}");
    assertTold("noLongerMatching", "urn:r:1");

    update("urn:r:1", "{\"information\": [{\"entities\": [{\"type\": \"Vehicle\"}]}]}");
    assertTold("newlyMatching", "urn:r:1");

    register("urn:r:2", "Station");
    city.registrations.desk().delete(SubscribedCity.SUBSCRIBER, Address.DEFAULT, "urn:r:2");
    city.registrations.desk().delete(SubscribedCity.SUBSCRIBER, Address.DEFAULT, "urn:r:1");
    assertTold("noLongerMatching", "urn:r:1");
  }

  /// Clause 5.11.3.4.
  @Test
  void aChangedSubscriptionTellsAllThatMatchesNow() throws Exception {
    register("urn:r:1", "Vehicle");
    register("urn:r:2", "Station");
    var id = subscribe("");
    assertTold("newlyMatching", "urn:r:1");

    city.subscriptions
        .sourceDesk()
        .update(
            SubscribedCity.SUBSCRIBER,
            Address.DEFAULT,
            id,
            SubscribedCity.struct("{\"entities\": [{\"type\": \"Station\"}]}"),
            city.contexts.core());

    assertTold("newlyMatching", "urn:r:2");
  }

  /// Clause 5.11.2.4: `csf`, `temporalQ`.
  @Test
  void onlySourcesThatTheFilterAcceptsAreTold() throws Exception {
    register("urn:r:1", "Vehicle");
    subscribe("\"csf\": \"description==\\\"North\\\"\"");

    update("urn:r:1", "{\"description\": \"South\"}");
    update("urn:r:1", "{\"description\": \"North\"}");

    assertTold("newlyMatching", "urn:r:1");
  }

  @Test
  void aSubscriptionOfTimeHearsOfSourcesOfEvolutionsOnly() throws Exception {
    subscribe("\"temporalQ\": {\"timerel\": \"before\", \"timeAt\": \"2020-06-01T00:00:00Z\"}");
    register("urn:r:1", "Vehicle");
    update("urn:r:1", "{\"observationInterval\": {\"startAt\": \"2020-01-01T00:00:00Z\"}}");

    assertTold("newlyMatching", "urn:r:1");
  }

  @Test
  void newsThatCouldNotBeToldAreToldAfterARestart() throws Exception {
    status.set(500);
    var id = subscribe("");
    register("urn:r:1", "Vehicle");
    city.close();
    status.set(200);

    city = new SubscribedCity(store, time, Policy.OPEN);

    assertTold("newlyMatching", "urn:r:1");
    assertThat(
            city.subscriptions
                .sourceDesk()
                .get(SubscribedCity.SUBSCRIBER, Address.DEFAULT, id)
                .id())
        .isEqualTo(id);
  }

  /// Clause 5.9.2.4: what expires is deleted, which is told as any deletion.
  @Test
  void aSourceThatExpiresIsTold() throws Exception {
    register("urn:r:1", "Vehicle");
    update("urn:r:1", "{\"expiresAt\": \"2026-06-01T13:00:00Z\"}");
    subscribe("");
    assertTold("newlyMatching", "urn:r:1");

    time.skip(Duration.ofHours(2));

    assertTold("noLongerMatching", "urn:r:1");
  }

  @Test
  void subscriptionsToSourcesAndToEntitiesAreKeptApart() {
    var id = subscribe("\"id\": \"urn:my:sub\"");

    assertThatThrownBy(
            () -> city.subscriptions.desk().get(SubscribedCity.SUBSCRIBER, Address.DEFAULT, id))
        .isInstanceOf(Refusal.NotFound.class);
    assertThat(
            city.subscriptions
                .sourceDesk()
                .list(SubscribedCity.SUBSCRIBER, Address.DEFAULT, 0, 10, true)
                .total())
        .isEqualTo(1);
    city.subscriptions.sourceDesk().delete(SubscribedCity.SUBSCRIBER, Address.DEFAULT, id);
    assertThatThrownBy(() ->
            city.subscriptions.sourceDesk().delete(SubscribedCity.SUBSCRIBER, Address.DEFAULT, id))
        .isInstanceOf(Refusal.NotFound.class);
  }

  private void assertTold(String reason, String... ids) throws Exception {
    var told = next();
    assertThat(told.get("triggerReason")).isEqualTo(Value.of(reason));
    assertThat(ids(told)).containsExactly(ids);
  }

  private java.util.Map<String, Value> next() throws Exception {
    return receiver.next().body();
  }

  private static List<String> ids(java.util.Map<String, Value> notification) {
    return ((Value.Items) notification.get("data"))
        .items().stream()
            .map(one -> ((Value.Text) ((Value.Struct) one).members().get("id")).text())
            .toList();
  }

  private void register(String id, String type) {
    city.registrations
        .desk()
        .create(
            SubscribedCity.SUBSCRIBER,
            Address.DEFAULT,
            SubscribedCity.struct(
                """
                {"type": "ContextSourceRegistration", "id": "%s", "endpoint": "http://127.0.0.1:9",
                 "contextSourceInfo": [{"key": "X-Key", "value": "secret"}],
                 "information": [{"entities": [{"type": "%s"}]},
                                 {"entities": [{"type": "Building"}]}]}
                """
                    .formatted(id, type)),
            city.contexts.core());
  }

  private void update(String id, String fragment) {
    city.registrations
        .desk()
        .update(
            SubscribedCity.SUBSCRIBER,
            Address.DEFAULT,
            id,
            SubscribedCity.struct(fragment),
            city.contexts.core());
  }

  private String subscribe(String members) {
    return city.subscriptions
        .sourceDesk()
        .create(
            SubscribedCity.SUBSCRIBER,
            Address.DEFAULT,
            SubscribedCity.document(
                receiver.url(),
                "\"entities\": [{\"type\": \"Vehicle\"}]"
                    + (members.isEmpty() ? "" : ", " + members),
                ""),
            city.contexts.core(),
            SubscribedCity.ORIGIN);
  }
}
