package plaza.links.kind;

import java.time.Instant;
import java.util.Map;

/// One thing an island said.
///
/// @param topic where in the source: an MQTT topic, a file or URL
/// @param headers what came with it: user properties, the line number
public record Message(
    String topic, Identity identity, Body body, Map<String, String> headers, Instant receivedAt) {
  public Message {
    headers = Map.copyOf(headers);
  }
}
