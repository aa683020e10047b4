/// Links that subscribe to an MQTT broker, with QoS 1 and a persistent session: the broker keeps
/// what the inbox has not committed, and sends it again.
///
/// The HiveMQ client stays behind [plaza.links.mqtt.Connection]'s two implementations.
@NullMarked
package plaza.links.mqtt;

import org.jspecify.annotations.NullMarked;
