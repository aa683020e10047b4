package plaza.ngsild.subscription.mqtt;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.ngsild.subscription.delivery.Endpoint;

/// Where an MQTT message goes (clause 7.2):
/// `mqtt[s]://[<username>][:<password>]@<host>[:<port>]/<topic>[/<subtopic>]*`.
///
/// @param qos 0, 1 or 2
record Target(Broker broker, String topic, int qos) {
  private static final int LONGEST_TOPIC = 65_535;

  /// @param version5 MQTT 5.0 rather than 3.1.1
  record Broker(
      boolean secure,
      String host,
      int port,
      boolean version5,
      @Nullable String user,
      @Nullable String password) {

    /// Without what is secret: it is for messages and logs.
    @Override
    public String toString() {
      return (secure ? "mqtts://" : "mqtt://") + host + ":" + port;
    }
  }

  /// @throws Refusal.Invalid naming what is wrong with the endpoint
  static Target of(Endpoint endpoint) {
    var uri = endpoint.uri();
    if (uri.getHost() == null)
      throw new Refusal.Invalid("endpoint: the mqtt uri needs a host that is a name or an address");
    boolean secure = "mqtts".equalsIgnoreCase(uri.getScheme());
    var user = credential(uri, true);
    var password = credential(uri, false);
    boolean version5 = version5(endpoint.notifierInfo());
    if (password != null && user == null && !version5)
      throw new Refusal.Invalid("endpoint: MQTT 3.1.1 knows no password without a username");
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 8883 : 1883;
    var host = uri.getHost().toLowerCase(Locale.ROOT);
    return new Target(
        new Broker(secure, host, port, version5, user, password),
        topic(uri),
        qos(endpoint.notifierInfo()));
  }

  private static @Nullable String credential(URI uri, boolean first) {
    var info = uri.getRawUserInfo();
    if (info == null) return null;
    int colon = info.indexOf(':');
    String part;
    if (first) part = colon < 0 ? info : info.substring(0, colon);
    else part = colon < 0 ? "" : info.substring(colon + 1);
    // A plus sign is itself here, unlike in forms.
    return part.isEmpty()
        ? null
        : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String topic(URI uri) {
    if (uri.getRawQuery() != null || uri.getRawFragment() != null)
      throw new Refusal.Invalid(
          "endpoint: the mqtt uri ends with its topic; write ? and # in it as %3F and %23");
    var path = uri.getPath();
    var topic = path == null || path.isEmpty() ? "" : path.substring(1);
    if (topic.isEmpty())
      throw new Refusal.Invalid(
          "endpoint: the mqtt uri needs a topic, such as mqtt://broker.example/city/news");
    if (topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0 || topic.indexOf('\0') >= 0)
      throw new Refusal.Invalid(
          "endpoint: the topic '" + topic + "' must not hold the wildcards + and #");
    if (topic.getBytes(StandardCharsets.UTF_8).length > LONGEST_TOPIC)
      throw new Refusal.TooLarge("endpoint: a topic may have at most 65,535 bytes");
    return topic;
  }

  private static boolean version5(Map<String, String> notifierInfo) {
    var version = notifierInfo.getOrDefault("MQTT-Version", "mqtt5.0");
    return switch (version) {
      case "mqtt5.0" -> true;
      case "mqtt3.1.1" -> false;
      default ->
          throw new Refusal.Invalid(
              "notifierInfo: MQTT-Version must be mqtt5.0 or mqtt3.1.1, not '" + version + "'");
    };
  }

  private static int qos(Map<String, String> notifierInfo) {
    var qos = notifierInfo.getOrDefault("MQTT-QoS", "0");
    return switch (qos) {
      case "0" -> 0;
      case "1" -> 1;
      case "2" -> 2;
      default ->
          throw new Refusal.Invalid("notifierInfo: MQTT-QoS must be 0, 1 or 2, not '" + qos + "'");
    };
  }
}
