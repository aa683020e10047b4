package plaza.ngsild.subscription.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import plaza.outbound.mqtt.MqttBroker;

/// Speaks MQTT 5.0.
final class Session5 implements Session {
  private final Mqtt5AsyncClient client;

  Session5(Mqtt5AsyncClient client) {
    this.client = client;
  }

  @Override
  public CompletableFuture<?> open() {
    return client.connectWith().cleanStart(true).keepAlive(MqttBroker.KEEP_ALIVE_SECONDS).send();
  }

  @Override
  public CompletableFuture<?> publish(String topic, int qos, byte[] payload) {
    return client
        .publishWith()
        .topic(topic)
        .qos(Objects.requireNonNull(MqttQos.fromCode(qos)))
        .payload(payload)
        .send()
        .thenCompose(Session5::checked);
  }

  private static CompletableFuture<Mqtt5PublishResult> checked(Mqtt5PublishResult result) {
    return result
        .getError()
        .<CompletableFuture<Mqtt5PublishResult>>map(CompletableFuture::failedFuture)
        .orElseGet(() -> CompletableFuture.completedFuture(result));
  }

  @Override
  public void close() {
    var _ = client.disconnect();
  }
}
