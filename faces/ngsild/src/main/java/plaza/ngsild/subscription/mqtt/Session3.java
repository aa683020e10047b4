package plaza.ngsild.subscription.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/// Speaks MQTT 3.1.1.
final class Session3 implements Session {
  private final Mqtt3AsyncClient client;

  Session3(MqttClientBuilder from, Target.Broker broker) {
    var builder = from.useMqttVersion3();
    var user = broker.user();
    var password = broker.password();
    if (user != null) {
      var auth = Mqtt3SimpleAuth.builder().username(user);
      builder =
          builder.simpleAuth(
              password == null ? auth.build() : auth.password(password.getBytes(UTF_8)).build());
    }
    this.client = builder.buildAsync();
  }

  @Override
  public CompletableFuture<?> open() {
    return client.connectWith().cleanSession(true).keepAlive(KEEP_ALIVE_SECONDS).send();
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
