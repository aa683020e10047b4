/// Brings messages to MQTT brokers (clause 7), in both versions of the protocol.
///
/// A [plaza.ngsild.subscription.mqtt.MqttReceiver] keeps one connection for each broker and
/// credentials. Order, repetition and what waits are the courier's.
@NullMarked
package plaza.ngsild.subscription.mqtt;

import org.jspecify.annotations.NullMarked;
