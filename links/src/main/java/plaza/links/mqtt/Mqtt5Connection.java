package plaza.links.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.concurrent.Executor;
import plaza.outbound.mqtt.MqttBroker;

/// Speaks MQTT 5.
final class Mqtt5Connection implements Connection {
  private final MqttSettings settings;
  private final Answers answers;
  private final Listener listener;
  private final InstantSource clock;
  private final Mqtt5AsyncClient client;

  Mqtt5Connection(
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
    this.client = broker.version5(clientId, cause -> listener.lost().accept(Answers.reason(cause)));
    // Before connecting: a session that is taken up again sends at once.
    client.publishes(MqttGlobalPublishFilter.ALL, this::arrived, executor, true);
  }

  @Override
  public void open() throws IOException, InterruptedException {
    answers.await(
        client
            .connectWith()
            .cleanStart(false)
            .sessionExpiryInterval(settings.sessionExpiry().toSeconds())
            .keepAlive(MqttBroker.KEEP_ALIVE_SECONDS)
            .restrictions()
            .receiveMaximum(settings.inFlight())
            .maximumPacketSize(settings.maxBytes())
            .applyRestrictions()
            .send(),
        "connect");
    var subscriptions =
        settings.topics().stream()
            .map(topic ->
                Mqtt5Subscription.builder()
                    .topicFilter(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .retainHandling(Mqtt5RetainHandling.SEND_IF_SUBSCRIPTION_DOES_NOT_EXIST)
                    .build())
            .toList();
    var answer =
        answers.await(
            client.subscribe(Mqtt5Subscribe.builder().addSubscriptions(subscriptions).build()),
            "subscribe to " + settings.topics());
    for (var code : answer.getReasonCodes())
      if (code != Mqtt5SubAckReasonCode.GRANTED_QOS_1)
        throw new IOException(
            settings.broker()
                + " does not deliver "
                + settings.topics()
                + " at least once, but answers "
                + code);
  }

  private void arrived(Mqtt5Publish publish) {
    var properties = new LinkedHashMap<String, String>();
    for (var property : publish.getUserProperties().asList())
      properties.put(property.getName().toString(), property.getValue().toString());
    listener
        .arrived()
        .accept(
            new Arrival(
                publish.getTopic().toString(),
                publish.getPayloadAsBytes(),
                properties,
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
