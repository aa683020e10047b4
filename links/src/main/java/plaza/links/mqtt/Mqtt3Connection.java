package plaza.links.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.suback.Mqtt3SubAckReturnCode;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executor;
import plaza.outbound.mqtt.MqttBroker;

/// Speaks MQTT 3.1.1, for brokers that do not know better: the broker decides how long it keeps the
/// session and how much it sends unacknowledged, and sends retained messages at every connection.
final class Mqtt3Connection implements Connection {
  private final MqttSettings settings;
  private final Answers answers;
  private final Listener listener;
  private final InstantSource clock;
  private final Mqtt3AsyncClient client;

  Mqtt3Connection(
      MqttSettings settings,
      String clientId,
      MqttBroker broker,
      Listener listener,
      Executor executor,
      InstantSource clock) {
    this.settings = settings;
    this.answers = new Answers(settings);
    this.listener = listener;
    this.clock = clock;
    this.client = broker.version3(clientId, cause -> listener.lost().accept(Answers.reason(cause)));
    // Before connecting: a session that is taken up again sends at once.
    client.publishes(MqttGlobalPublishFilter.ALL, this::arrived, executor, true);
  }

  @Override
  public void open() throws IOException, InterruptedException {
    answers.await(
        client.connectWith().cleanSession(false).keepAlive(MqttBroker.KEEP_ALIVE_SECONDS).send(),
        "connect");
    var subscriptions =
        settings.topics().stream()
            .map(topic ->
                Mqtt3Subscription.builder().topicFilter(topic).qos(MqttQos.AT_LEAST_ONCE).build())
            .toList();
    var answer =
        answers.await(
            client.subscribe(Mqtt3Subscribe.builder().addSubscriptions(subscriptions).build()),
            "subscribe to " + settings.topics());
    for (var code : answer.getReturnCodes())
      if (code != Mqtt3SubAckReturnCode.SUCCESS_MAXIMUM_QOS_1)
        throw new IOException(
            settings.broker()
                + " does not deliver "
                + settings.topics()
                + " at least once, but answers "
                + code);
  }

  private void arrived(Mqtt3Publish publish) {
    listener
        .arrived()
        .accept(
            new Arrival(
                publish.getTopic().toString(),
                publish.getPayloadAsBytes(),
                Map.of(),
                publish.isRetain(),
                publish.getQos() != MqttQos.AT_MOST_ONCE,
                clock.instant(),
                publish::acknowledge));
  }

  @Override
  public void close() {
    var _ = client.disconnect();
  }
}
