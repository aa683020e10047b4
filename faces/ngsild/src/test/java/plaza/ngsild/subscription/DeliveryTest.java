package plaza.ngsild.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.ngsild.subscription.SubscribedCity.stations;
import static plaza.testkit.Eventually.eventually;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Sight;
import plaza.ledger.Policy;
import plaza.testkit.MemoryStore;
import plaza.testkit.TestCity;

/// What is promised of delivery: each at least once, in order, whoever else is in trouble.
class DeliveryTest {
  private final TestTime time = new TestTime();
  private final MemoryStore store = new MemoryStore();
  private final AtomicReference<Policy> policy = new AtomicReference<>(Policy.OPEN);
  private SubscribedCity city;

  @BeforeEach
  void start() {
    city = new SubscribedCity(store, time, (actor, at) -> policy.get().rights(actor, at));
  }

  @AfterEach
  void stop() {
    city.close();
  }

  @Test
  void whatWasDueBeforeAStopIsToldAfterTheNextStart() throws Exception {
    String url;
    try (var receiver = TestReceiver.willing()) {
      url = receiver.url();
      var id = city.subscribe(url, stations(), "");
      city.bikes(1);
      assertThat(bikes(receiver.next())).containsExactly(1L);
      while (!city.notification(id).containsKey("lastSuccess")) Thread.sleep(5);
    }
    for (long bikes = 2; bikes <= 30; bikes++) city.bikes(bikes);
    stop();
    start();
    city.bikes(31);
    try (var receiver = at(url)) {
      var told = new ArrayList<Long>();
      while (told.isEmpty() || told.getLast() < 31) told.addAll(bikes(receiver.next()));
      assertThat(told).isEqualTo(LongStream.rangeClosed(2, 31).boxed().toList());
    }
  }

  @Test
  void notificationsKeepTheirOrderThroughFailures() throws Exception {
    try (var receiver = new TestReceiver(count -> count % 3 == 0 ? 503 : 204)) {
      var id = city.subscribe(receiver.url(), stations(), "");
      for (long bikes = 1; bikes <= 20; bikes++) city.bikes(bikes);

      var told = new ArrayList<Long>();
      while (told.size() < 20) told.addAll(bikes(receiver.next()));
      assertThat(told).isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
      assertThat(city.notification(id)).containsKeys("timesFailed", "lastFailure", "lastSuccess");
    }
  }

  @Test
  void aReceiverThatHangsAndOneThatRefusesDelayNobody() throws Exception {
    try (var hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var refusing = new TestReceiver(_ -> 500);
        var receiver = TestReceiver.willing()) {
      var hung = city.subscribe("http://127.0.0.1:" + hanging.getLocalPort() + "/", stations(), "");
      for (int i = 0; i < 40; i++) {
        city.subscribe("http://127.0.0.1:" + hanging.getLocalPort() + "/", stations(), "");
        city.subscribe(refusing.url(), stations(), "");
      }
      city.subscribe(receiver.url(), stations(), "");
      long began = System.nanoTime();
      for (long bikes = 1; bikes <= 20; bikes++) {
        city.bikes(bikes);
        assertThat(bikes(receiver.next())).containsExactly(bikes);
      }
      // The one that hangs is given five seconds each time.
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(90));
      assertThat(city.notification(hung)).doesNotContainKey("lastSuccess");
    }
  }

  @Test
  void anAnswerThatTricklesInIsNoAnswer() throws Exception {
    try (var trickling = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> trickle(trickling));
      var id = impatient("http://127.0.0.1:" + trickling.getLocalPort() + "/", stations());
      city.bikes(1);

      long began = System.nanoTime();
      while (!city.notification(id).containsKey("timesFailed")) Thread.sleep(20);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
      assertThat(city.notification(id)).containsEntry("status", Value.of("failed"));
    }
  }

  private static void trickle(ServerSocket server) {
    try {
      while (true) {
        var socket = server.accept();
        var out = socket.getOutputStream();
        for (char c : ("HTTP/1.1 200 OK " + "and so on ".repeat(100)).toCharArray()) {
          out.write(c);
          Thread.sleep(100);
        }
      }
    } catch (java.io.IOException | InterruptedException e) {
      // The test is over, or the connection was ended as it should be.
    }
  }

  /// A receiver may throw away what it has by its id, though its answer never came.
  @Test
  void aRepetitionThatSaysMoreHasAnotherId() throws Exception {
    var begun = new CountDownLatch(1);
    var failed = new CountDownLatch(1);
    try (var receiver =
        new TestReceiver(count -> {
          begun.countDown();
          if (count == 0) await(failed);
          return 200;
        })) {
      var id = impatient(receiver.url(), "\"throttling\": 1, " + stations());
      city.bikes(1);
      await(begun);
      city.bikes(2);
      while (!city.notification(id).containsKey("timesFailed")) Thread.sleep(5);
      failed.countDown();

      // On a busy machine there may be more repetitions than one.
      var ids = new HashMap<Long, Value>();
      while (ids.size() < 2) {
        var got = receiver.next();
        ids.put(bikes(got).getFirst(), got.body().get("id"));
      }
      assertThat(ids).containsOnlyKeys(1L, 2L);
      assertThat(ids.get(1L)).isNotEqualTo(ids.get(2L));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Answers must come within 300 ms.
  private String impatient(String url, String members) {
    return city.subscriptions
        .desk()
        .create(
            SubscribedCity.SUBSCRIBER,
            Address.DEFAULT,
            SubscribedCity.struct(
                "{\"type\": \"Subscription\", "
                    + members
                    + ", \"notification\": {\"endpoint\": {\"timeout\": 300, \"uri\": \""
                    + url
                    + "\"}}}"),
            city.contexts.core(),
            SubscribedCity.ORIGIN);
  }

  @Test
  void aMessageRefusedForGoodDoesNotStopTheRest() throws Exception {
    try (var receiver = new TestReceiver(count -> count < 3 ? 400 : 200)) {
      city.subscribe(receiver.url(), stations(), "");
      city.bikes(1);
      while (store.head().number() < 2) Thread.sleep(5);
      city.bikes(2);

      assertThat(bikes(receiver.next())).containsExactly(2L);
    }
  }

  @Test
  void nothingIsToldAfterTheOwnersRightsEnd() throws Exception {
    try (var receiver = TestReceiver.willing()) {
      city.subscribe(receiver.url(), stations(), "");
      city.bikes(1);
      receiver.next();

      policy.set((actor, at) -> {
        if (actor.room() == null) throw new Refusal.Forbidden("the grant has ended");
        return Policy.Rights.EVERYTHING;
      });
      city.ledger.write(
          SubscribedCity.SUBSCRIBER.through("test"),
          Write.atomic(Address.DEFAULT, new Edit.Put(TestCity.daan(2))));
      receiver.nothingMore();
    }
  }

  @Test
  void onlyWhatTheOwnerMaySeeIsToldAndAskedAbout() throws Exception {
    policy.set((actor, _) ->
        actor.room() != null
            ? Policy.Rights.EVERYTHING
            : new Policy.Rights(
                Sight.of(
                    new Sight.View(
                        java.util.Set.of(TestCity.STATION),
                        java.util.Set.of(TestCity.NAME),
                        null,
                        null,
                        null),
                    "names only"),
                Sight.PUBLIC));
    try (var receiver = TestReceiver.willing()) {
      city.subscribe(receiver.url(), stations() + ", \"q\": \"" + TestCity.BIKES + ">1\"", "");
      city.subscribe(receiver.url(), "\"watchedAttributes\": [\"" + TestCity.BIKES + "\"]", "");
      city.subscribe(receiver.url(), stations(), "");
      city.write(new Edit.Create(TestCity.daan(3)));
      city.bikes(4);

      assertThat(receiver.next().only().keySet())
          .containsExactlyInAnyOrder("id", "type", TestCity.NAME, "location");
      receiver.nothingMore();
    }
  }

  @Test
  void aPausedSubscriptionRestsAndADeletedOneEnds() throws Exception {
    try (var receiver = TestReceiver.willing()) {
      var id = city.subscribe(receiver.url(), stations(), "");
      var desk = city.subscriptions.desk();
      update(id, "{\"isActive\": false}");
      city.bikes(1);
      receiver.nothingMore();
      assertThat(city.shown(id)).containsEntry("status", Value.of("paused"));

      update(id, "{\"isActive\": true}");
      city.bikes(2);
      assertThat(bikes(receiver.next())).containsExactly(2L);

      desk.delete(SubscribedCity.SUBSCRIBER, Address.DEFAULT, id);
      city.bikes(3);
      receiver.nothingMore();
    }
  }

  private void update(String id, String fragment) {
    city.subscriptions
        .desk()
        .update(
            SubscribedCity.SUBSCRIBER,
            Address.DEFAULT,
            id,
            SubscribedCity.struct(fragment),
            city.contexts.core());
  }

  @Test
  void anExpiredSubscriptionTellsNothing() throws Exception {
    try (var receiver = TestReceiver.willing()) {
      var id =
          city.subscribe(
              receiver.url(), stations() + ", \"expiresAt\": \"2026-06-01T12:10:00Z\"", "");
      time.skip(Duration.ofMinutes(11));
      city.bikes(1);

      receiver.nothingMore();
      assertThat(city.shown(id)).containsEntry("status", Value.of("expired"));
    }
  }

  @Test
  void aDiscardedBranchTellsNothingMore() throws Exception {
    var whatIf = Address.DEFAULT.branch("what-if");
    city.ledger.fork(SubscribedCity.SUBSCRIBER, Address.DEFAULT, "what-if");
    String url;
    String id;
    try (var receiver = TestReceiver.willing()) {
      url = receiver.url();
      id = subscribe(whatIf, url);
      city.bikes(1);
      write(whatIf, 2);
      assertThat(bikes(receiver.next())).containsExactly(2L);
    }
    // These wait for a receiver that is away.
    for (long bikes = 3; bikes < 10; bikes++) write(whatIf, bikes);
    city.ledger.discard(SubscribedCity.SUBSCRIBER, whatIf);
    // An attempt may be under way.
    while (city.subscriptions.busy() > 0) Thread.sleep(5);
    try (var receiver = at(url)) {
      receiver.nothingMore();
      city.ledger.fork(SubscribedCity.SUBSCRIBER, Address.DEFAULT, "what-if");
      write(whatIf, 10);
      receiver.nothingMore();
      stop();
      start();
      write(whatIf, 11);
      receiver.nothingMore();
      assertThatThrownBy(() -> city.subscriptions.desk().get(SubscribedCity.SUBSCRIBER, whatIf, id))
          .isInstanceOf(Refusal.NotFound.class);
      subscribe(whatIf, url);
      write(whatIf, 12);
      assertThat(bikes(receiver.next())).containsExactly(12L);
    }
  }

  private String subscribe(Address address, String url) {
    return city.subscriptions
        .desk()
        .create(
            SubscribedCity.SUBSCRIBER,
            address,
            SubscribedCity.document(url, stations(), ""),
            city.contexts.core(),
            SubscribedCity.ORIGIN);
  }

  private void write(Address address, long bikes) {
    city.ledger.write(
        SubscribedCity.SUBSCRIBER, Write.atomic(address, new Edit.Put(TestCity.daan(bikes))));
  }

  @Test
  void roundsGoOnWhenOneCouldNotBeWorkedOut() throws Exception {
    try (var receiver = TestReceiver.willing()) {
      city.subscribe(receiver.url(), stations() + ", \"timeInterval\": 60", "");
      city.bikes(1);
      city.noticed();
      var failed = new CountDownLatch(1);
      policy.set((actor, _) -> {
        if (actor.room() != null) return Policy.Rights.EVERYTHING;
        failed.countDown();
        throw new IllegalStateException("the rights cannot be read");
      });
      time.skip(Duration.ofSeconds(61));
      await(failed);

      policy.set(Policy.OPEN);
      time.skip(Duration.ofSeconds(61));
      assertThat(bikes(receiver.next())).containsExactly(1L);
    }
  }

  @Test
  void manyThatWaitGoTogetherWithoutLosingOne() throws Exception {
    String url;
    try (var receiver = TestReceiver.willing()) {
      url = receiver.url();
    }
    city.subscribe(url, stations(), "");
    for (int i = 0; i < 300; i++)
      city.write(
          new Edit.Create(
              TestCity.station("urn:ngsi-ld:Station:" + i, 121.5, 25.0, i, TestCity.NOON)));
    try (var receiver = at(url)) {
      int notifications = 0;
      var told = new ArrayList<Long>();
      while (told.size() < 300) {
        told.addAll(bikes(receiver.next()));
        notifications++;
      }
      assertThat(told).isEqualTo(LongStream.range(0, 300).boxed().toList());
      assertThat(notifications).isLessThan(150);
    }
  }

  @Test
  void theFeedKeepsWhatWaits() throws Exception {
    try (var refusing = new TestReceiver(_ -> 503)) {
      city.subscribe(refusing.url(), stations(), "");
      long before = store.head().number();
      city.bikes(1);
      city.bikes(2);
      eventually(() ->
          assertThat(city.feed.followings().getFirst().position().number())
              .isGreaterThanOrEqualTo(before + 2));

      assertThat(city.feed.neededAfter().number())
          .as(() -> "with " + store.notes("feed.ngsild.subscriptions", "", "", 100))
          .isEqualTo(before);
    }
  }

  /// A receiver where another was.
  private static TestReceiver at(String url) throws Exception {
    return new TestReceiver(_ -> 200, java.net.URI.create(url).getPort());
  }

  private static List<Long> bikes(TestReceiver.Got got) {
    return got.data().stream()
        .map(entity -> ((Value.Struct) entity).members().get(TestCity.BIKES))
        .map(property -> ((Value.Struct) property).members().get("value"))
        .map(value -> ((Value.Whole) value).number())
        .toList();
  }
}
