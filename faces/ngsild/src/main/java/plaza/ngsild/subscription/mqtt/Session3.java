package plaza.ngsild.subscription.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import plaza.outbound.mqtt.MqttBroker;

/// Speaks MQTT 3.1.1.
final class Session3 implements Session {
  private final Mqtt3AsyncClient client;

  Session3(Mqtt3AsyncClient client) {
    this.client = client;
  }

  @Override
  public CompletableFuture<?> open() {
    return client.connectWith().cleanSession(true).keepAlive(MqttBroker.KEEP_ALIVE_SECONDS).send();
  }

  @Override
  public CompletableFuture<?> publish(String topic, int qos, byte[] payload) {
    return client
        .publishWith()
        .topic(topic)
        .qos(Objects.requireNonNull(MqttQos.fromCode(qos)))
        .payload(payload)
        .send();
  }

  @Override
  public void close() {
    var _ = client.disconnect();
  }
}
