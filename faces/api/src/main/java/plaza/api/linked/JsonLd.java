package plaza.api.linked;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.web.Exchange;

/// One answer in JSON-LD 1.1, made from a record's view.
public final class JsonLd {
  private static final String TYPE = "application/ld+json";
  private final Map<String, Value> members = new LinkedHashMap<>();

  /// Whether the caller accepts `application/ld+json` and names it.
  public static boolean isWanted(Exchange exchange) {
    return exchange.header("Accept").orElse("").contains(TYPE);
  }

  /// Says that the same can be had as JSON-LD (RFC 8288).
  public static void tell(Exchange exchange) {
    exchange.setHeader("Vary", "Accept");
    exchange.addHeader(
        "Link", "<" + exchange.path() + ">; rel=\"alternate\"; type=\"" + TYPE + "\"");
  }

  /// @param prefixes and the namespaces they stand for
  public static JsonLd of(Map<String, String> prefixes) {
    var context = new LinkedHashMap<String, Value>();
    prefixes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(prefix -> context.put(prefix.getKey(), Value.of(prefix.getValue())));
    return new JsonLd().put("@context", new Value.Struct(context));
  }

  public JsonLd put(String term, Value value) {
    members.put(term, value);
    return this;
  }

  public JsonLd put(String term, String text) {
    return text.isEmpty() ? this : put(term, Value.of(text));
  }

  /// A member of a view under another name, as it is; nothing when the view has none.
  public JsonLd copy(Value.Struct view, String name, String term) {
    var value = view.members().get(name);
    return value == null ? this : put(term, value);
  }

  /// A member of a view that is a URI.
  public JsonLd refer(Value.Struct view, String name, String term) {
    var uri = text(view, name);
    return uri.isEmpty() ? this : put(term, link(uri));
  }

  public static Value link(String uri) {
    return new Value.Struct(Map.of("@id", Value.of(uri)));
  }

  /// A literal with its type, such as `xsd:dateTime`.
  public static Value typed(String text, String type) {
    return new Value.Struct(Map.of("@value", Value.of(text), "@type", Value.of(type)));
  }

  /// Empty when the view has no such text.
  public static String text(Value.Struct view, String name) {
    return view.members().get(name) instanceof Value.Text(var text) ? text : "";
  }

  public static List<String> texts(Value.Struct view, String name) {
    return switch (view.members().get(name)) {
      case Value.Items(var items) ->
          items.stream()
              .filter(Value.Text.class::isInstance)
              .map(item -> ((Value.Text) item).text())
              .toList();
      case Value.Text(var text) -> List.of(text);
      case null, default -> List.of();
    };
  }

  public Value.Struct struct() {
    return new Value.Struct(members);
  }

  public void send(Exchange exchange) {
    exchange.setHeader("Vary", "Accept").send(200, TYPE, Json.bytes(struct()));
  }
}
