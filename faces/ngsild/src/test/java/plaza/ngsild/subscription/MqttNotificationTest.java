package plaza.ngsild.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.ngsild.subscription.SubscribedCity.stations;
import static plaza.testkit.Eventually.eventually;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.ledger.Actor;
import plaza.ledger.Policy;
import plaza.ngsild.subscription.delivery.Endpoint;
import plaza.ngsild.subscription.mqtt.MqttReceiver;
import plaza.outbound.OutboundGuard;
import plaza.testkit.MemoryStore;
import plaza.testkit.Mosquitto;
import plaza.testkit.TestCertificate;
import plaza.testkit.TestCity;

/// Clause 7: notifications through a real broker.
class MqttNotificationTest {
  @TempDir Path folder;
  private Mosquitto broker;
  private SubscribedCity city;

  @BeforeEach
  void start() throws Exception {
    var users = Files.createFile(folder.resolve("users"));
    TestCertificate.run("mosquitto_passwd", "-b", users.toString(), "plaza", "s3+cr:t");
    guarded = Mosquitto.freePort();
    secure = Mosquitto.freePort();
    certificate = TestCertificate.make(folder);
    broker =
        new Mosquitto(
            folder,
            List.of(
                "queue_qos0_messages true",
                "per_listener_settings true",
                "allow_anonymous true",
                "listener " + guarded + " 127.0.0.1",
                "allow_anonymous false",
                "password_file " + users,
                "listener " + secure + " 127.0.0.1",
                "allow_anonymous true",
                "certfile " + certificate.certificate(),
                "keyfile " + certificate.key()));
    city = new SubscribedCity(new MemoryStore(), new TestTime(), Policy.OPEN, certificate.trust());
  }

  private int guarded;
  private int secure;
  private TestCertificate certificate;

  @AfterEach
  void stop() throws Exception {
    city.close();
    broker.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "mqtt3.1.1, 0",
    "mqtt3.1.1, 1",
    "mqtt3.1.1, 2",
    "mqtt5.0, 0",
    "mqtt5.0, 1",
    "mqtt5.0, 2"
  })
  void aBrokerThatRestartsMissesNothing(String version, int qos) throws Exception {
    try (var subscriber = new MqttSubscriber(broker.port())) {
      var id =
          subscribe(
              "mqtt://127.0.0.1:" + broker.port() + "/city/news",
              ", \"notifierInfo\": [{\"key\": \"MQTT-Version\", \"value\": \""
                  + version
                  + "\"}, {\"key\": \"MQTT-QoS\", \"value\": \""
                  + qos
                  + "\"}]");
      var told = new LinkedHashSet<Long>();
      for (long bikes = 1; bikes <= 10; bikes++) city.bikes(bikes);
      while (told.size() < 10) told.add(bikes(subscriber.next(), qos));
      eventually(() -> assertThat(city.notification(id)).containsEntry("status", Value.of("ok")));

      broker.stop();
      for (long bikes = 11; bikes <= 20; bikes++) city.bikes(bikes);
      eventually(
          () -> assertThat(city.notification(id)).containsEntry("status", Value.of("failed")));
      broker.start();
      for (long bikes = 21; bikes <= 30; bikes++) city.bikes(bikes);

      while (!told.contains(30L)) told.add(bikes(subscriber.next(), qos));
      var all = LongStream.rangeClosed(1, 30).boxed().toList();
      // QoS 0 asks for no answer: what is on its way while the connection breaks may be lost.
      if (qos == 0) assertThat(List.copyOf(told)).isSorted().containsAll(all.subList(0, 10));
      else assertThat(told).containsExactlyElementsOf(all);
    }
  }

  @Test
  void metadataHoldsWhatHttpSaysInHeaders() throws Exception {
    try (var subscriber = new MqttSubscriber(broker.port())) {
      var id =
          subscribe(
              "mqtt://127.0.0.1:" + broker.port() + "/a%20b/c",
              ", \"receiverInfo\": [{\"key\": \"X-City\", \"value\": \"臺北\"}]");
      city.write(new Edit.Create(TestCity.daan(3)));

      var heard = subscriber.next();
      assertThat(heard.topic()).isEqualTo("a b/c");
      assertThat(heard.qos()).as("the default").isZero();
      assertThat(heard.message().members()).containsOnlyKeys("metadata", "body");
      assertThat(heard.metadata())
          .containsOnlyKeys("Content-Type", "Link", "X-City")
          .containsEntry("Content-Type", Value.of("application/json"))
          .containsEntry("X-City", Value.of("臺北"));
      assertThat(heard.metadata().get("Link").toString())
          .contains("rel=\"http://www.w3.org/ns/json-ld#context\"");
      assertThat(heard.body())
          .containsOnlyKeys("id", "type", "subscriptionId", "notifiedAt", "data")
          .containsEntry("subscriptionId", Value.of(id));
      assertThat(heard.only()).containsEntry("id", Value.of(TestCity.DAAN));
    }
  }

  @Test
  void linkedDataCarriesItsContextInTheBody() throws Exception {
    try (var subscriber = new MqttSubscriber(broker.port())) {
      subscribe(
          "mqtt://127.0.0.1:" + broker.port() + "/news", ", \"accept\": \"application/ld+json\"");
      city.bikes(1);

      var heard = subscriber.next();
      assertThat(heard.metadata())
          .containsOnlyKeys("Content-Type")
          .containsEntry("Content-Type", Value.of("application/ld+json"));
      assertThat(heard.body()).containsKey("@context");
    }
  }

  @ParameterizedTest
  @CsvSource({"mqtt3.1.1", "mqtt5.0"})
  void nameAndPasswordComeFromTheUri(String version) throws Exception {
    var info = ", \"notifierInfo\": [{\"key\": \"MQTT-Version\", \"value\": \"" + version + "\"}]";
    try (var subscriber = new MqttSubscriber(broker.port())) {
      var at = "127.0.0.1:" + guarded + "/news";
      var wrong = subscribe("mqtt://plaza:wrong@" + at, info);
      var right = subscribe("mqtt://plaza:s3+cr%3At@" + at, info);
      city.bikes(1);

      assertThat(subscriber.next().body()).containsEntry("subscriptionId", Value.of(right));
      eventually(() -> assertThat(city.notification(wrong)).containsKey("lastFailure"));
      assertThat(endpointSeenByTheOperator(right))
          .isEqualTo(Value.of("mqtt://127.0.0.1:" + guarded + "/news"));
    }
  }

  private Value endpointSeenByTheOperator(String id) {
    var shown =
        city.subscriptions
            .desk()
            .get(Actor.of("urn:plaza:person:operator"), Address.DEFAULT, id)
            .show(city.contexts.core(), false);
    var notification = (Value.Struct) shown.members().get("notification");
    return ((Value.Struct) notification.members().get("endpoint")).members().get("uri");
  }

  @Test
  void tlsIsSpokenWithWhomIsTrustedByThatNameOnly() throws Exception {
    try (var subscriber = new MqttSubscriber(broker.port())) {
      var other = subscribe("mqtts://localhost:" + secure + "/news", "");
      var right = subscribe("mqtts://127.0.0.1:" + secure + "/news", "");
      city.bikes(1);

      assertThat(subscriber.next().body()).containsEntry("subscriptionId", Value.of(right));
      eventually(() -> assertThat(city.notification(other)).containsKey("lastFailure"));
    }
  }

  @Test
  void brokersThatAreDeadDelayNobody() throws Exception {
    try (var silent = new java.net.ServerSocket(0, 50, java.net.InetAddress.getLoopbackAddress());
        var subscriber = new MqttSubscriber(broker.port())) {
      for (int i = 0; i < 30; i++) {
        subscribe("mqtt://127.0.0.1:" + silent.getLocalPort() + "/news", ", \"timeout\": 1000");
        subscribe("mqtt://127.0.0.1:9/news", "");
      }
      subscribe("mqtt://127.0.0.1:" + broker.port() + "/news", "");
      long began = System.nanoTime();
      for (long bikes = 1; bikes <= 20; bikes++) {
        city.bikes(bikes);
        assertThat(bikes(subscriber.next(), 0)).isEqualTo(bikes);
      }
      assertThat(System.nanoTime() - began).isLessThan(60_000_000_000L);
    }
  }

  @Test
  void oneConnectionServesAllThatGoToABroker() throws Exception {
    try (var subscriber = new MqttSubscriber(broker.port())) {
      for (int i = 0; i < 20; i++) subscribe("mqtt://127.0.0.1:" + broker.port() + "/" + i, "");
      for (long bikes = 1; bikes <= 5; bikes++) city.bikes(bikes);
      for (int i = 0; i < 100; i++) subscriber.next();

      assertThat(broker.lines("New client connected from")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mqtt://broker.example | | needs a topic",
        "mqtt://broker.example/ | | needs a topic",
        "mqtt://broker.example/a/%23 | | must not hold the wildcards",
        "mqtt://broker.example/a?b | | write ? and # in it as %3F and %23",
        "mqtt:/a | | needs a host",
        "mqtt://b.example/a | , \"notifierInfo\": [{\"key\": \"MQTT-QoS\", \"value\": \"3\"}] | must be 0, 1 or 2",
        "mqtt://b.example/a | , \"notifierInfo\": [{\"key\": \"MQTT-Version\", \"value\": \"5\"}] | must be mqtt5.0 or mqtt3.1.1",
        "mqtt://:p@b.example/a | , \"notifierInfo\": [{\"key\": \"MQTT-Version\", \"value\": \"mqtt3.1.1\"}] | no password without",
        "mqtt://b.example/a | , \"accept\": \"application/geo+json\" | for MQTT",
        "mqtt://b.example/a | , \"receiverInfo\": [{\"key\": \"Content-Type\", \"value\": \"x\"}] | only once",
        "ftp://b.example/a | | is not offered",
      })
  void whatClause72DoesNotAllowIsRefused(String uri, String more, String sentence) {
    assertThatThrownBy(() -> subscribe(uri, more == null ? "" : more))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void aBrokerInAPrivateNetworkNeedsTheOperatorsWord() {
    try (var receiver = new MqttReceiver(OutboundGuard.STRICT)) {
      var endpoint =
          new Endpoint(java.net.URI.create("mqtt://10.0.0.7/news"), Duration.ofSeconds(1), null);
      assertThatThrownBy(() -> receiver.check(endpoint, "application/json", List.of()))
          .isInstanceOf(Refusal.Forbidden.class)
          .hasMessageContaining("10.0.0.7");
    }
  }

  private String subscribe(String uri, String more) {
    return city.subscriptions
        .desk()
        .create(
            SubscribedCity.SUBSCRIBER,
            Address.DEFAULT,
            SubscribedCity.struct(
                "{\"type\": \"Subscription\", "
                    + stations()
                    + ", \"notification\": {\"endpoint\": {\"uri\": \""
                    + uri
                    + "\""
                    + more
                    + "}}}"),
            city.contexts.core(),
            SubscribedCity.ORIGIN);
  }

  private static long bikes(MqttSubscriber.Heard heard, int qos) {
    assertThat(heard.qos()).isEqualTo(qos);
    var property = (Value.Struct) heard.only().get(TestCity.BIKES);
    return ((Value.Whole) property.members().get("value")).number();
  }
}
