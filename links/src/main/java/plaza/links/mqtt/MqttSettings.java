package plaza.links.mqtt;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.links.kind.Settings;

/// What an MQTT link is told.
///
/// @param caCertificate PEM of the authority that signed the broker's certificate; null trusts
///   those the JDK trusts
/// @param clientId null derives one from the link and its topics, so that other topics are another
///   session
/// @param payload how the mapping sees payloads: `json` or `text`
/// @param idProperty MQTT 5 user property by which publishers number their messages; null when they
///   do not
/// @param sessionExpiry how long the broker keeps messages for a link that is away
/// @param inFlight how many unacknowledged messages the broker may send (MQTT 5). Not less than the
///   standard's most unless the broker is known to obey: mosquitto 2.0.11 sends more than it was
///   allowed, and the client then drops what is too much without a word
/// @param maxBytes of a message; the broker keeps larger ones back (MQTT 5)
record MqttSettings(
    String host,
    int port,
    boolean tls,
    @Nullable String caCertificate,
    boolean version5,
    @Nullable String clientId,
    @Nullable String user,
    @Nullable String password,
    List<String> topics,
    String payload,
    @Nullable String idProperty,
    Duration sessionExpiry,
    Duration timeout,
    int inFlight,
    int maxBytes) {
  private static final int MOST_IN_FLIGHT = 65_535;
  private static final Set<String> NAMES =
      Set.of(
          "host",
          "port",
          "tls",
          "caCertificate",
          "version",
          "clientId",
          "user",
          "password",
          "topics",
          "payload",
          "idProperty",
          "sessionExpiry",
          "timeout",
          "inFlight",
          "maxBytes");

  /// @throws Refusal.Invalid naming the setting that is wrong
  static MqttSettings of(Settings settings) {
    settings.requireOnly(NAMES);
    boolean tls = settings.flag("tls", false);
    var user = settings.findText("user").orElse(null);
    var password = settings.findText("password").orElse(null);
    if (password != null && user == null)
      throw new Refusal.Invalid("the link's setting 'password' needs a 'user' too");
    var topics = settings.texts("topics");
    if (topics.isEmpty())
      throw new Refusal.Invalid("the link's setting 'topics' needs at least one topic filter");
    return new MqttSettings(
        settings.text("host"),
        settings.whole("port", 1, 65_535, tls ? 8883 : 1883),
        tls,
        settings.findText("caCertificate").orElse(null),
        settings.oneOf("version", List.of("5", "3.1.1"), "5").equals("5"),
        settings.findText("clientId").orElse(null),
        user,
        password,
        topics,
        settings.oneOf("payload", List.of("json", "text"), "json"),
        settings.findText("idProperty").orElse(null),
        settings.duration(
            "sessionExpiry", Duration.ofMinutes(1), Duration.ofDays(365), Duration.ofDays(1)),
        settings.duration(
            "timeout", Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofSeconds(10)),
        settings.whole("inFlight", 1, MOST_IN_FLIGHT, MOST_IN_FLIGHT),
        settings.whole("maxBytes", 1_024, 64 << 20, 1 << 20));
  }

  String broker() {
    return (tls ? "mqtts://" : "mqtt://") + host + ":" + port;
  }
}
