package plaza.ngsild.subscription;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.subscription.delivery.Endpoint;
import plaza.ngsild.subscription.delivery.Header;

/// Where notifications go, and what goes with them (clauses 5.2.15, 5.2.22). What the protocol of
/// the endpoint allows is for its receiver to say.
///
/// @param headers what receiverInfo adds
public record Destination(Endpoint endpoint, Accept accept, List<Header> headers) {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);
  private static final int MOST_PAIRS = 50;

  public Destination {
    headers = List.copyOf(headers);
  }

  /// @param members of an Endpoint document
  public static Destination parse(Map<String, Value> members) {
    var timeout = millis(members.get("timeout"), "endpoint: timeout");
    if (timeout == null) timeout = TIMEOUT;
    if (timeout.compareTo(LONGEST_TIMEOUT) > 0) timeout = LONGEST_TIMEOUT;
    return new Destination(
        new Endpoint(
            uri(members),
            timeout,
            millis(members.get("cooldown"), "endpoint: cooldown"),
            notifierInfo(members.get("notifierInfo"))),
        Accept.named(QueryParser.text(members.get("accept"), "endpoint: accept")),
        pairs(members.get("receiverInfo"), "receiverInfo"));
  }

  private static URI uri(Map<String, Value> members) {
    var text = QueryParser.text(members.get("uri"), "endpoint: uri");
    if (text == null) throw new Refusal.Invalid("the notification's endpoint needs a uri");
    try {
      var uri = new URI(text);
      if (uri.getPort() > 65_535)
        throw new Refusal.Invalid("endpoint: " + uri.getPort() + " is no port; 65535 is the last");
      // An IRI is called by its URI (RFC 3987).
      if (uri.getScheme() != null) return URI.create(uri.toASCIIString());
    } catch (URISyntaxException e) {
      throw new Refusal.Invalid("endpoint: '" + text + "' is no URI: " + e.getReason());
    }
    throw new Refusal.Invalid(
        "endpoint: the uri must begin with its scheme, such as https:, not '" + text + "'");
  }

  private static Map<String, String> notifierInfo(@Nullable Value value) {
    var settings = new LinkedHashMap<String, String>();
    for (var pair : pairs(value, "notifierInfo"))
      if (settings.put(pair.name(), pair.value()) != null)
        throw new Refusal.Invalid("endpoint: notifierInfo has the key " + pair.name() + " twice");
    return settings;
  }

  private static List<Header> pairs(@Nullable Value value, String what) {
    if (value == null) return List.of();
    if (!(value instanceof Value.Items(var items)))
      throw new Refusal.Invalid("endpoint: " + what + " must be an array of {key, value}");
    if (items.size() > MOST_PAIRS)
      throw new Refusal.TooLarge(what + " may have at most " + MOST_PAIRS + " entries");
    var pairs = new ArrayList<Header>();
    for (var item : items) {
      if (item instanceof Value.Struct(var pair)
          && pair.get("key") instanceof Value.Text(var name)
          && pair.get("value") instanceof Value.Text(var text)) pairs.add(new Header(name, text));
      else
        throw new Refusal.Invalid(
            "endpoint: " + what + " must hold objects with the texts key and value only");
    }
    return pairs;
  }

  private static @Nullable Duration millis(@Nullable Value value, String what) {
    var millis = DefinitionParser.positive(value, what);
    return millis == null ? null : Duration.ofNanos((long) (millis * 1e6));
  }
}
