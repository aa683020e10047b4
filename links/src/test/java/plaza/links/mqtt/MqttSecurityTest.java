package plaza.links.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.testkit.Eventually.eventually;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
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
import plaza.testkit.TestCity;

/// A broker that wants a name, a password and TLS.
class MqttSecurityTest {
  private static final String PASSWORD = "changeit";

  @TempDir Path folder;
  private final TestCity city = new TestCity();
  private Mosquitto broker;
  private DeskSubject link;
  private int tlsPort;
  private String certificate;

  @BeforeEach
  void start() throws Exception {
    tlsPort = Mosquitto.freePort();
    certificate = makeCertificate();
    Files.writeString(folder.resolve("users"), "");
    run("mosquitto_passwd", "-b", folder.resolve("users").toString(), "plaza", "s3cret");
    broker =
        new Mosquitto(
            folder,
            List.of(
                "per_listener_settings true",
                "allow_anonymous true",
                "listener " + tlsPort + " 127.0.0.1",
                "allow_anonymous false",
                "password_file " + folder.resolve("users"),
                "certfile " + folder.resolve("broker.crt"),
                "keyfile " + folder.resolve("broker.key")));
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

  /// A certificate for 127.0.0.1 that signs itself, for the broker; and as text.
  private String makeCertificate() throws Exception {
    var store = folder.resolve("broker.p12");
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        "broker",
        "-keyalg",
        "EC",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD,
        "-dname",
        "CN=broker",
        "-ext",
        "san=ip:127.0.0.1",
        "-ext",
        "bc=ca:true",
        "-validity",
        "2");
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    var key = keys.getKey("broker", PASSWORD.toCharArray());
    Files.writeString(folder.resolve("broker.key"), pem("PRIVATE KEY", key.getEncoded()));
    var text = pem("CERTIFICATE", keys.getCertificate("broker").getEncoded());
    Files.writeString(folder.resolve("broker.crt"), text);
    return text;
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes), what);
  }

  private static void run(String... command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command[0], output).isZero();
  }
}
