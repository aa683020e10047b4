package plaza.links.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.testkit.Eventually.eventually;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.links.DeskSubject;
import plaza.links.kind.Outside;
import plaza.links.kind.Settings;
import plaza.outbound.OutboundGuard;
import plaza.testkit.MovableClock;
import plaza.testkit.TestCertificate;
import plaza.testkit.TestCity;

/// A broker that wants a name, a password and TLS.
class MqttSecurityTest {
  @TempDir Path folder;
  private final TestCity city = new TestCity();
  private Broker broker;
  private DeskSubject link;
  private int tlsPort;
  private String certificate;

  @BeforeEach
  void start() throws Exception {
    tlsPort = Broker.freePort();
    var made = TestCertificate.make(folder);
    certificate = made.pem();
    Files.writeString(folder.resolve("users"), "");
    TestCertificate.run(
        "mosquitto_passwd", "-b", folder.resolve("users").toString(), "plaza", "s3cret");
    broker =
        new Broker(
            folder,
            List.of(
                "per_listener_settings true",
                "allow_anonymous true",
                "listener " + tlsPort + " 127.0.0.1",
                "allow_anonymous false",
                "password_file " + folder.resolve("users"),
                "certfile " + made.certificate(),
                "keyfile " + made.key()));
  }

  @AfterEach
  void stop() throws Exception {
    if (link != null) link.stop();
    if (broker != null) broker.stop();
    city.close();
  }

  @Test
  void aLinkWithNamePasswordAndTheRightAuthorityIsServed() throws Exception {
    open("127.0.0.1", "s3cret", certificate);
    eventually(() -> assertThat(broker.lines("Sending SUBACK to plaza-bikes-")).isPositive());
    broker.publish("lamps/1", "9", Map.of("id", "a"));
    broker.publish("lamps/1", "10", Map.of("id", "b"));
    broker.publish("lamps/1", "9", Map.of("id", "a"));

    eventually(() -> assertThat(link.health().progress().received()).isEqualTo(3));
    eventually(() -> assertThat(link.health().progress().committed()).isEqualTo(2));
    assertThat(link.health().progress().duplicates()).as("by its id property").isEqualTo(1);
  }

  @Test
  void aWrongPasswordIsTrouble() throws Exception {
    open("127.0.0.1", "wrong", certificate);

    eventually(() -> assertThat(link.health().sentence()).contains("NOT_AUTHORIZED"));
    assertThat(link.health().sentence()).doesNotContain("wrong");
  }

  @Test
  void aBrokerThatNobodyVouchesForIsNotTold() throws Exception {
    open("127.0.0.1", "s3cret", null);

    eventually(() -> assertThat(link.health().sentence()).contains("connect failed"));
    assertThat(broker.lines("as plaza-bikes")).isZero();
  }

  @Test
  void aBrokerByAnotherNameThanItsCertificatesIsNotTold() throws Exception {
    open("localhost", "s3cret", certificate);

    eventually(() -> assertThat(link.health().sentence()).contains("connect failed"));
    assertThat(broker.lines("as plaza-bikes")).isZero();
  }

  @Test
  void aBrokerInAPrivateNetworkNeedsTheOperatorsWord() {
    var settings = new Settings((Value.Struct) settings("10.0.0.7", "x", null));
    var outside = new Outside(OutboundGuard.STRICT, List.of(), new MovableClock(TestCity.NOON));

    assertThatThrownBy(() -> new MqttKind().check(settings, outside))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("10.0.0.7");
  }

  private void open(String host, String password, String authority) {
    var definition =
        new Value.Struct(
            Map.of(
                "name", Value.of("bikes"),
                "kind", Value.of("mqtt"),
                "freshness", Value.of("10m"),
                "settings", settings(host, password, authority),
                "mapping",
                    Value.of("{\"id\": \"urn:x:1\", \"type\": \"Lamp\", \"power\": .payload}")));
    var outside =
        new Outside(OutboundGuard.ALLOW_PRIVATE, List.of(), new MovableClock(TestCity.NOON));
    link = new DeskSubject(city, new MqttKind(), outside, definition);
    link.start();
  }

  private Value settings(String host, String password, String authority) {
    var json =
        Json.parse(
            """
            {"host": "%s", "port": %d, "tls": true, "user": "plaza", "password": "%s",
             "topics": "lamps/#", "idProperty": "id"}
            """
                .formatted(host, tlsPort, password));
    if (authority == null) return json;
    var members = new java.util.LinkedHashMap<>(((Value.Struct) json).members());
    members.put("caCertificate", Value.of(authority));
    return new Value.Struct(members);
  }
}
