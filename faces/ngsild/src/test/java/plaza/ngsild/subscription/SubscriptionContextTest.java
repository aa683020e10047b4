package plaza.ngsild.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.ledger.Policy;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.ContextFetcher;
import plaza.ngsild.context.Contexts;
import plaza.testkit.MemoryStore;

/// Clauses 5.8.1.4 and 6.3.8: with which context a notification is sent.
class SubscriptionContextTest {
  private static final String BIKE = "https://bikes.example/Bike";
  private static final String REMOTE = "https://contexts.example/bikes.jsonld";
  private static final String TERMS = "{\"Bike\": \"" + BIKE + "\"}";

  private static final String OTHER_TERMS = "{\"free\": \"https://bikes.example/free\"}";

  private final MemoryStore store = new MemoryStore();
  private final TestTime time = new TestTime();

  @Test
  void aContextFromABodyIsNamedByAUrlTheReceiverCanFollow() throws Exception {
    var contexts = contexts(ContextFetcher.NONE);
    try (var city = new SubscribedCity(store, time, Policy.OPEN, contexts);
        var receiver = TestReceiver.willing()) {
      subscribe(city, receiver, contexts.of(SubscribedCity.struct(TERMS)));
      city.write(bike("urn:bike:1"));

      var got = receiver.next();
      assertThat(got.header("Link")).startsWith("<https://plaza.test/contexts/1>;");
      assertThat(got.only()).containsEntry("type", Value.of("Bike"));
    }
  }

  @Test
  void aRemoteContextThatIsDownAtTheNextStartSilencesNobody() throws Exception {
    var reachable =
        contexts(
            _ -> new ContextFetcher.Document("{\"@context\": " + TERMS + "}", Duration.ofHours(1)));
    try (var receiver = TestReceiver.willing()) {
      try (var city = new SubscribedCity(store, time, Policy.OPEN, reachable)) {
        subscribe(city, receiver, reachable.link(REMOTE));
      }
      try (var city = new SubscribedCity(store, time, Policy.OPEN, contexts(ContextFetcher.NONE))) {
        city.write(bike("urn:bike:2"));

        assertThat(receiver.next().only()).containsEntry("type", Value.of("Bike"));
      }
    }
  }

  /// Clauses 5.5.8, 5.8.2.4: a fragment that does not name `jsonldContext` leaves it as it is, with
  /// whatever context its own names are to be read.
  @Test
  void aFragmentInOtherNamesDoesNotChangeTheContextOfNotifications() throws Exception {
    var contexts =
        contexts(
            _ -> new ContextFetcher.Document("{\"@context\": " + TERMS + "}", Duration.ofHours(1)));
    try (var city = new SubscribedCity(store, time, Policy.OPEN, contexts);
        var receiver = TestReceiver.willing()) {
      subscribe(city, receiver, contexts.link(REMOTE));
      for (var fragment :
          List.of(
              "{\"description\": \"bikes\"}",
              "{\"watchedAttributes\": [\"https://bikes.example/free\"]}",
              "{\"q\": \"free==true\"}",
              "{\"q\": \"urn:ngsi-ld:null\"}")) {
        update(city, fragment, contexts.of(SubscribedCity.struct(OTHER_TERMS)));
        city.write(bike("urn:bike:" + fragment.hashCode()));

        var got = receiver.next();
        assertThat(got.header("Link")).startsWith("<" + REMOTE + ">;");
        assertThat(got.only()).containsEntry("type", Value.of("Bike"));
      }
    }
  }

  private static Contexts contexts(ContextFetcher fetcher) {
    return new Contexts(
        fetcher, _ -> Optional.empty(), _ -> "/contexts/1", java.time.InstantSource.system());
  }

  private static void subscribe(SubscribedCity city, TestReceiver receiver, Context context) {
    city.subscriptions
        .desk()
        .create(
            SubscribedCity.SUBSCRIBER,
            Address.DEFAULT,
            SubscribedCity.document(receiver.url(), "\"entities\": [{\"type\": \"Bike\"}]", ""),
            context,
            SubscribedCity.ORIGIN);
  }

  private static void update(SubscribedCity city, String fragment, Context context) {
    var desk = city.subscriptions.desk();
    var id =
        desk.list(SubscribedCity.SUBSCRIBER, Address.DEFAULT, 0, 1, false).page().getFirst().id();
    desk.update(
        SubscribedCity.SUBSCRIBER, Address.DEFAULT, id, SubscribedCity.struct(fragment), context);
  }

  private static Edit bike(String id) {
    return new Edit.Create(
        Entity.of(id, BIKE, List.of(Attribute.of("https://bikes.example/free", Value.of(true)))));
  }
}
