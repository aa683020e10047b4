package plaza.links.mqtt;

/// The same stations behind a broker that is spoken to in MQTT 3.1.1.
class Mqtt3LinkTest extends MqttLinkTest {
  @Override
  String version() {
    return "3.1.1";
  }
}
