package plaza.ngsild.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.temporal.Periods;

/// Reads what a registration says of its source: where it is and how to speak to it (clauses
/// 5.2.22, 5.2.34, 4.3.6.5, 4.3.6.6).
final class SourceParser {
  private static final int MOST_PAIRS = 50;
  private static final long DAYS_OF_A_MONTH = 30;
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}");
  private static final Pattern PSEUDONYM =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}(?::\\d{1,5})?");

  private SourceParser() {}

  static Source source(Map<String, Value> members) {
    var alias = QueryParser.text(members.get("contextSourceAlias"), "contextSourceAlias");
    if (alias != null && !PSEUDONYM.matcher(alias).matches())
      throw new Refusal.Invalid(
          "contextSourceAlias must be a pseudonym as Via has it, of letters, digits and signs"
              + " without spaces, not '"
              + alias
              + "'");
    var tenant = QueryParser.text(members.get("tenant"), "tenant");
    if (tenant != null && !tenant.matches("[\\x21-\\x7e]{1,256}"))
      throw new Refusal.Invalid(
          "tenant must be a name without spaces that can stand in a header, not '" + tenant + "'");
    return new Source(
        endpoint(QueryParser.text(members.get("endpoint"), "endpoint")),
        alias,
        tenant,
        info(members.get("contextSourceInfo")),
        management(members.get("management")));
  }

  private static URI endpoint(@Nullable String text) {
    if (text == null) throw new Refusal.Invalid("a registration needs an endpoint");
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new Refusal.Invalid("endpoint: '" + text + "' is no URI: " + e.getReason());
    }
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null)
      throw new Refusal.Invalid(
          "endpoint must be an http or https URL such as https://broker.example, not '"
              + text
              + "'");
    if (uri.getUserInfo() != null)
      throw new Refusal.Invalid(
          "endpoint: the URL must not hold a user or password; use contextSourceInfo");
    if (uri.getRawQuery() != null || uri.getRawFragment() != null)
      throw new Refusal.Invalid(
          "endpoint: paths are appended to the URL, so it cannot have a query or fragment: '"
              + text
              + "'");
    return uri;
  }

  private static List<KeyValue> info(@Nullable Value value) {
    if (value == null) return List.of();
    if (!(value instanceof Value.Items(var items)))
      throw new Refusal.Invalid("contextSourceInfo must be an array of {key, value}");
    if (items.size() > MOST_PAIRS)
      throw new Refusal.TooLarge("contextSourceInfo may have at most " + MOST_PAIRS + " elements");
    var pairs = new ArrayList<KeyValue>();
    for (var item : items) {
      if (!(item instanceof Value.Struct(var pair)
          && pair.get("key") instanceof Value.Text(var key)
          && pair.get("value") instanceof Value.Text(var text)))
        throw new Refusal.Invalid(
            "contextSourceInfo must hold objects with the texts key and value only");
      pairs.add(checked(key, text));
    }
    return pairs;
  }

  private static KeyValue checked(String key, String value) {
    if (!TOKEN.matcher(key).matches())
      throw new Refusal.Invalid(
          "contextSourceInfo: '" + key + "' cannot be the name of an HTTP header");
    if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 256 && c != 127)))
      throw new Refusal.Invalid(
          "contextSourceInfo: the value of " + key + " cannot stand in an HTTP header");
    switch (key.toLowerCase(Locale.ROOT)) {
      case "accept", "contenttype" -> {
        if (!value.equals("application/json") && !value.equals("application/ld+json"))
          throw new Refusal.Invalid(
              "contextSourceInfo: "
                  + key
                  + " must be application/json or application/ld+json, not '"
                  + value
                  + "'");
      }
      case "jsonldcontext" -> Names.uri(value, "contextSourceInfo: jsonldContext");
      case "ngsildconformance" -> {
        if (!value.matches("\\d{1,3}\\.\\d{1,3}"))
          throw new Refusal.Invalid(
              "contextSourceInfo: ngsildConformance must be a version such as 1.5, not '"
                  + value
                  + "'");
      }
      case "ngsild-tenant", "fiware-service" ->
          throw new Refusal.Invalid(
              "contextSourceInfo cannot name the tenant; use the registration's tenant");
      default -> {}
    }
    return new KeyValue(key, value);
  }

  private static Management management(@Nullable Value value) {
    if (value == null) return Management.NONE;
    if (!(value instanceof Value.Struct(var members)))
      throw new Refusal.Invalid("management must be an object");
    boolean local =
        switch (members.get("localOnly")) {
          case null -> false;
          case Value.Flag(boolean set) -> set;
          default -> throw new Refusal.Invalid("management: localOnly must be true or false");
        };
    return new Management(
        period(members.get("cacheDuration"), "management: cacheDuration"),
        millis(members.get("cooldown"), "management: cooldown"),
        local,
        millis(members.get("timeout"), "management: timeout"));
  }

  /// An ISO 8601 duration; a month counts thirty days.
  static @Nullable Duration period(@Nullable Value value, String what) {
    var text = QueryParser.text(value, what);
    if (text == null) return null;
    try {
      var length = Periods.Length.parse(text);
      return Duration.ofDays(Math.multiplyExact(length.months(), DAYS_OF_A_MONTH))
          .plusNanos(Math.multiplyExact(length.micros(), 1_000L));
    } catch (Refusal.Invalid | ArithmeticException wrong) {
      throw new Refusal.Invalid(
          what + " must be an ISO 8601 duration such as PT10M or P1D, not '" + text + "'");
    }
  }

  private static @Nullable Duration millis(@Nullable Value value, String what) {
    if (value == null) return null;
    double number = value.asNumber();
    if (!(number > 0)) throw new Refusal.Invalid(what + " must be a number greater than 0");
    // A century; longer waits would overflow, and nobody sees their end.
    return Duration.ofNanos((long) (Math.min(number, 3e12) * 1e6));
  }
}
