package plaza.ngsild.subscription.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/// Speaks MQTT 5.0.
final class Session5 implements Session {
  private final Mqtt5AsyncClient client;

  Session5(MqttClientBuilder from, Target.Broker broker) {
    var builder = from.useMqttVersion5();
    var user = broker.user();
    var password = broker.password();
    if (user != null && password != null)
      builder =
          builder.simpleAuth(
              Mqtt5SimpleAuth.builder().username(user).password(password.getBytes(UTF_8)).build());
    else if (user != null)
      builder = builder.simpleAuth(Mqtt5SimpleAuth.builder().username(user).build());
    else if (password != null)
      builder =
          builder.simpleAuth(Mqtt5SimpleAuth.builder().password(password.getBytes(UTF_8)).build());
    this.client = builder.buildAsync();
  }

  @Override
  public CompletableFuture<?> open() {
    return client.connectWith().cleanStart(true).keepAlive(KEEP_ALIVE_SECONDS).send();
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
