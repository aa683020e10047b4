package plaza.ngsild.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Limits;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ledger.store.Store;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.source.Announcements;
import plaza.ngsild.source.Registrations;
import plaza.ngsild.subscription.delivery.CourierLimits;
import plaza.ngsild.subscription.delivery.HttpReceiver;
import plaza.ngsild.subscription.mqtt.MqttReceiver;
import plaza.outbound.OutboundGuard;
import plaza.testkit.Eventually;
import plaza.testkit.TestCity;

/// A city with subscriptions at work. Can be stopped and started again over the same store.
final class SubscribedCity implements AutoCloseable {
  static final String ORIGIN = "https://plaza.test";
  static final Actor SUBSCRIBER = Actor.of("urn:plaza:person:ana");

  /// Quick to try again, as a test wants.
  static final CourierLimits LIMITS =
      new CourierLimits(
          Duration.ofHours(24),
          1_000,
          3,
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          64,
          16,
          1_000,
          100,
          10,
          100);

  final Store store;
  final TestTime time;
  final Feed feed;
  final Ledger ledger;
  final Reader reader;
  final Contexts contexts;
  final Registrations registrations;
  final Subscriptions subscriptions;

  SubscribedCity(Store store, TestTime time, Policy policy) {
    this(store, time, policy, Contexts.builtIn(), null);
  }

  SubscribedCity(Store store, TestTime time, Policy policy, Contexts contexts) {
    this(store, time, policy, contexts, null);
  }

  /// @param trust of mqtts
  SubscribedCity(Store store, TestTime time, Policy policy, TrustManagerFactory trust) {
    this(store, time, policy, Contexts.builtIn(), trust);
  }

  private SubscribedCity(
      Store store,
      TestTime time,
      Policy policy,
      Contexts contexts,
      @Nullable TrustManagerFactory trust) {
    this.contexts = contexts;
    this.store = store;
    this.time = time;
    this.feed = new Feed(store);
    this.ledger = new Ledger(store, policy, feed, Limits.DEFAULT, time);
    this.reader = new Reader(store, ledger, policy, Limits.DEFAULT);
    this.registrations =
        new Registrations(
            store, ledger, reader, policy, OutboundGuard.ALLOW_PRIVATE, time, new Random());
    registrations.start();
    this.subscriptions =
        new Subscriptions(
            store,
            ledger,
            reader,
            feed,
            policy,
            contexts,
            registrations.announcements(),
            List.of(
                new HttpReceiver(OutboundGuard.ALLOW_PRIVATE),
                new MqttReceiver(OutboundGuard.ALLOW_PRIVATE, trust)),
            LIMITS,
            time,
            new Random());
    subscriptions.start();
  }

  /// For a city that asks nobody else.
  static Announcements noSources(Store store, Ledger ledger) {
    return new Registrations(
            store,
            ledger,
            new Reader(store, ledger, Policy.OPEN, Limits.DEFAULT),
            Policy.OPEN,
            OutboundGuard.ALLOW_PRIVATE,
            InstantSource.system(),
            new Random())
        .announcements();
  }

  /// @param members as JSON, without braces and notification
  /// @param notification members beside the endpoint, as JSON without braces; may be empty
  String subscribe(String url, String members, String notification) {
    return subscriptions
        .desk()
        .create(
            SUBSCRIBER,
            Address.DEFAULT,
            document(url, members, notification),
            contexts.core(),
            ORIGIN);
  }

  static Value.Struct document(String url, String members, String notification) {
    return struct(
        "{\"type\": \"Subscription\""
            + (members.isEmpty() ? "" : ", " + members)
            + ", \"notification\": {"
            + (notification.isEmpty() ? "" : notification + ", ")
            + "\"endpoint\": {\"uri\": \""
            + url
            + "\"}}}");
  }

  static String stations() {
    return "\"entities\": [{\"type\": \"" + TestCity.STATION + "\"}]";
  }

  static Value.Struct struct(String json) {
    return (Value.Struct) Json.parse(json);
  }

  void write(Edit... edits) {
    ledger.write(SUBSCRIBER, Write.atomic(Address.DEFAULT, edits));
  }

  /// Sets the number of bikes in Daan.
  void bikes(long bikes) {
    write(
        new Edit.Append(
            plaza.graph.Entity.of(
                TestCity.DAAN,
                TestCity.STATION,
                List.of(TestCity.bikes(bikes, TestCity.NOON.plusSeconds(bikes)))),
            true,
            true));
  }

  /// Returns when the subscriptions have taken notice of all that was written so far.
  void noticed() {
    var head = feed.head();
    Eventually.eventually(
        () -> assertThat(feed.followings()).allMatch(one -> one.position().compareTo(head) >= 0));
  }

  /// Returns when all of that is also told, or waits for something else than its turn.
  void told() {
    noticed();
    Eventually.eventually(() -> assertThat(subscriptions.busy()).isZero());
  }

  Map<String, Value> shown(String id) {
    return new LinkedHashMap<>(
        subscriptions
            .desk()
            .get(SUBSCRIBER, Address.DEFAULT, id)
            .show(contexts.core(), false)
            .members());
  }

  Map<String, Value> notification(String id) {
    return ((Value.Struct) shown(id).get("notification")).members();
  }

  @Override
  public void close() {
    registrations.close();
    subscriptions.close();
    feed.close();
    ledger.close();
  }
}
