package plaza.links.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import java.util.Set;
import plaza.graph.Refusal;
import plaza.links.kind.Inbox;
import plaza.links.kind.Link;
import plaza.links.kind.LinkKind;
import plaza.links.kind.Outside;
import plaza.links.kind.Settings;

/// `mqtt`: a subscription to a broker. The mapping sees `.topic`, `.payload`, the user properties
/// as `.headers`, and `.receivedAt`.
public final class MqttKind implements LinkKind {
  private static final int REMEMBERED_IN_SESSION = 2_000;

  private static final int REMEMBERED_BY_ID = 100_000;

  @Override
  public String name() {
    return "mqtt";
  }

  @Override
  public Set<String> secrets() {
    return Set.of("password");
  }

  @Override
  public void check(Settings settings, Outside outside) {
    var mqtt = MqttSettings.of(settings);
    outside.guard().check(mqtt.host());
    if (mqtt.tls()) Trust.of(mqtt.caCertificate());
    for (var topic : mqtt.topics())
      try {
        MqttTopicFilter.of(topic);
      } catch (IllegalArgumentException e) {
        throw new Refusal.Invalid("'" + topic + "' is no MQTT topic filter: " + e.getMessage());
      }
  }

  @Override
  public int remembered(Settings settings) {
    return MqttSettings.of(settings).idProperty() == null
        ? REMEMBERED_IN_SESSION
        : REMEMBERED_BY_ID;
  }

  @Override
  public Link open(Settings settings, Inbox inbox, Outside outside) {
    return new MqttLink(MqttSettings.of(settings), inbox, outside);
  }
}
