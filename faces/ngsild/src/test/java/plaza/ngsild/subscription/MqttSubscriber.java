package plaza.ngsild.subscription;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import plaza.graph.Value;
import plaza.json.Json;

/// Hears what is published, also what is published while it or the broker was away.
final class MqttSubscriber implements AutoCloseable {
  final LinkedBlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final Mqtt5AsyncClient client;

  record Heard(String topic, int qos, Value.Struct message) {
    Map<String, Value> metadata() {
      return ((Value.Struct) message.members().get("metadata")).members();
    }

    Map<String, Value> body() {
      return ((Value.Struct) message.members().get("body")).members();
    }

    Map<String, Value> only() {
      var data = ((Value.Items) body().get("data")).items();
      if (data.size() != 1) throw new AssertionError("not one entity: " + data);
      return ((Value.Struct) data.getFirst()).members();
    }
  }

  MqttSubscriber(int port) throws Exception {
    client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("subscriber-" + UUID.randomUUID())
            .serverHost("127.0.0.1")
            .serverPort(port)
            .automaticReconnect()
            .initialDelay(50, TimeUnit.MILLISECONDS)
            .maxDelay(200, TimeUnit.MILLISECONDS)
            .applyAutomaticReconnect()
            .buildAsync();
    client.publishes(MqttGlobalPublishFilter.ALL, this::hear);
    client.connectWith().cleanStart(false).sessionExpiryInterval(3_600).send().get();
    client.subscribeWith().topicFilter("#").qos(MqttQos.EXACTLY_ONCE).send().get();
  }

  private void hear(Mqtt5Publish publish) {
    heard.add(
        new Heard(
            publish.getTopic().toString(),
            publish.getQos().getCode(),
            (Value.Struct) Json.parse(publish.getPayloadAsBytes())));
  }

  Heard next() throws InterruptedException {
    var next = heard.poll(60, TimeUnit.SECONDS);
    if (next == null) throw new AssertionError("nothing came");
    return next;
  }

  @Override
  public void close() {
    var _ = client.disconnect();
  }
}
