package plaza.links.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static plaza.testkit.Eventually.eventually;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Debian's mosquitto, on a free port of the loopback, with its memory in a folder.
final class Mosquitto {
  private static final List<Path> PLACES =
      Stream.concat(
              Stream.of(System.getenv("PATH").split(":")),
              Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"))
          .map(folder -> Path.of(folder, "mosquitto"))
          .toList();

  final int port;
  private final Path folder;
  private Process process;
  private Mqtt5BlockingClient publisher;

  /// @param more lines of configuration
  Mosquitto(Path folder, List<String> more) throws Exception {
    this.folder = folder;
    this.port = freePort();
    var lines =
        Stream.concat(
            Stream.of(
                "listener " + port + " 127.0.0.1",
                "persistence true",
                "persistence_location " + folder + "/",
                "log_dest stderr",
                "log_type all",
                // By itself it drops what a slow subscriber leaves waiting beyond 1,000 messages.
                "max_queued_messages 0",
                // It drops its rights when root starts it, and the folder with them.
                "user " + System.getProperty("user.name")),
            more.stream());
    Files.write(folder.resolve("mosquitto.conf"), lines.toList());
    start();
  }

  void start() throws Exception {
    var program =
        PLACES.stream()
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(() ->
                new AssertionError(
                    "the tests of MQTT links need mosquitto: apt-get install mosquitto"));
    Files.deleteIfExists(log());
    process =
        new ProcessBuilder(program.toString(), "-c", folder.resolve("mosquitto.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
    // It must not outlive a test run that is cut short.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    eventually(() -> assertThat(lines("running")).as(this::text).isPositive());
  }

  /// Publishes with QoS 1, as a client without name or password.
  void publish(String topic, String payload, Map<String, String> properties) {
    send(topic, payload, properties, false);
  }

  /// Publishes, and the broker keeps it for whoever subscribes.
  void retain(String topic, String payload) {
    send(topic, payload, Map.of(), true);
  }

  private void send(String topic, String payload, Map<String, String> properties, boolean retain) {
    if (publisher == null) {
      publisher =
          MqttClient.builder()
              .useMqttVersion5()
              .identifier("island-" + UUID.randomUUID())
              .serverHost("127.0.0.1")
              .serverPort(port)
              .buildBlocking();
      var _ = publisher.connect();
    }
    var said =
        properties.entrySet().stream()
            .map(property -> Mqtt5UserProperty.of(property.getKey(), property.getValue()))
            .toList();
    var _ =
        publisher
            .publishWith()
            .topic(topic)
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(payload.getBytes(UTF_8))
            .retain(retain)
            .userProperties(Mqtt5UserProperties.of(said))
            .send();
  }

  /// How many lines of the log hold a text.
  long lines(String text) {
    return text().lines().filter(line -> line.contains(text)).count();
  }

  private String text() {
    try {
      return Files.readString(log());
    } catch (IOException _) {
      return "";
    }
  }

  private Path log() {
    return folder.resolve("mosquitto.log");
  }

  void stop() throws InterruptedException {
    if (publisher != null) publisher.disconnect();
    publisher = null;
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
