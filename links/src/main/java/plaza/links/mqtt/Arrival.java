package plaza.links.mqtt;

import java.time.Instant;
import java.util.Map;

/// A message from the broker.
///
/// @param properties MQTT 5 user properties
/// @param retained whether the broker had kept it for whoever subscribes
/// @param repeatable whether the broker sends it again until it is acknowledged
/// @param acknowledge lets the broker forget it
@SuppressWarnings("ArrayRecordComponent") // never compared
record Arrival(
    String topic,
    byte[] payload,
    Map<String, String> properties,
    boolean retained,
    boolean repeatable,
    Instant at,
    Runnable acknowledge) {}
