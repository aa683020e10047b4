package plaza.api.open311;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.web.Errors;
import plaza.web.Exchange;

/// The two forms in which GeoReport v2 answers. A document is made once, as it is in JSON; XML
/// wraps it in a root and names the items of its lists.
enum Format {
  JSON("json", "application/json; charset=utf-8"),
  XML("xml", "text/xml; charset=utf-8");

  /// What one item of a list is called.
  private static final Map<String, String> ITEMS =
      Map.of(
          "services", "service",
          "attributes", "attribute",
          "values", "value",
          "service_requests", "request",
          "errors", "error",
          "endpoints", "endpoint",
          "formats", "format");

  private final String extension;
  private final String mediaType;

  Format(String extension, String mediaType) {
    this.extension = extension;
    this.mediaType = mediaType;
  }

  String extension() {
    return extension;
  }

  String mediaType() {
    return mediaType;
  }

  /// A path's last part without its extension, and the form the extension asks for.
  record Named(String name, Format format) {}

  /// @throws Refusal.NotFound when the part ends with neither `.json` nor `.xml`
  static Named named(String part) {
    for (var format : values())
      if (part.endsWith("." + format.extension) && part.length() > format.extension.length() + 1)
        return new Named(part.substring(0, part.length() - format.extension.length() - 1), format);
    throw new Refusal.NotFound("there is nothing at " + part + "; ask for ….xml or ….json");
  }

  /// @param root of the document in XML
  void send(Exchange exchange, int status, String root, Value document) {
    exchange.send(status, mediaType, text(root, document));
  }

  String text(String root, Value document) {
    return this == JSON ? Json.text(document) : xml(root, document);
  }

  /// A refusal as the specification tells it: a list of codes and descriptions, with the status of
  /// the first.
  Errors.Answer answer(Refusal refusal) {
    int status = status(refusal);
    var error =
        new Value.Struct(
            ordered(
                "code", Value.of(status),
                "description", Value.of(status + ": " + refusal.getMessage())));
    return new Errors.Answer(
        status,
        mediaType,
        text("errors", new Value.Items(List.of(error))).getBytes(StandardCharsets.UTF_8));
  }

  private static int status(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Invalid _, Refusal.AlreadyExists _, Refusal.Conflict _, Refusal.Unmet _ -> 400;
      case Refusal.Unauthenticated _ -> 401;
      case Refusal.Forbidden _ -> 403;
      case Refusal.NotFound _ -> 404;
      case Refusal.TooLarge _ -> 413;
      case Refusal.TooMany _ -> 429;
      case Refusal.Unsupported _ -> 405;
      case Refusal.Unavailable _ -> 503;
    };
  }

  static Map<String, Value> ordered(Object... namesAndValues) {
    var members = new java.util.LinkedHashMap<String, Value>();
    for (int i = 0; i < namesAndValues.length; i += 2)
      members.put((String) namesAndValues[i], (Value) namesAndValues[i + 1]);
    return members;
  }

  private static String xml(String root, Value document) {
    var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    write(text, root, document);
    return text.append('\n').toString();
  }

  private static void write(StringBuilder text, String name, Value value) {
    switch (value) {
      case Value.Null _ -> text.append('<').append(name).append("/>");
      case Value.Items(var items) -> {
        text.append('<').append(name).append('>');
        for (var item : items) write(text, ITEMS.getOrDefault(name, "item"), item);
        text.append("</").append(name).append('>');
      }
      case Value.Struct(var members) -> {
        text.append('<').append(name).append('>');
        members.forEach((member, inner) -> write(text, member, inner));
        text.append("</").append(name).append('>');
      }
      case Value.Text(var content) -> leaf(text, name, content);
      case Value.Whole _, Value.Decimal _, Value.Flag _ -> leaf(text, name, Json.text(value));
    }
  }

  private static void leaf(StringBuilder text, String name, String content) {
    text.append('<').append(name).append('>');
    content.codePoints().forEach(sign -> escape(text, sign));
    text.append("</").append(name).append('>');
  }

  private static void escape(StringBuilder text, int sign) {
    switch (sign) {
      case '<' -> text.append("&lt;");
      case '>' -> text.append("&gt;");
      case '&' -> text.append("&amp;");
      case '\r' -> text.append("&#13;");
      default -> {
        // XML 1.0 §2.2 has no such signs, escaped or not.
        if (sign == '\t' || sign == '\n' || (sign >= 0x20 && isSign(sign)))
          text.appendCodePoint(sign);
        else text.append('\uFFFD');
      }
    }
  }

  private static boolean isSign(int sign) {
    return (sign < 0xD800 || sign > 0xDFFF) && sign != 0xFFFE && sign != 0xFFFF;
  }
}
