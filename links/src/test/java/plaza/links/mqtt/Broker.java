package plaza.links.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import plaza.testkit.Mosquitto;

/// A broker with an island that publishes to it.
final class Broker extends Mosquitto {
  private Mqtt5BlockingClient publisher;

  /// @param more lines of configuration
  Broker(Path folder, List<String> more) throws IOException {
    super(folder, more);
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
              .serverPort(port())
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

  @Override
  public void stop() throws InterruptedException {
    if (publisher != null) publisher.disconnect();
    publisher = null;
    super.stop();
  }
}
