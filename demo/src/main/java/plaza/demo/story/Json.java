package plaza.demo.story;

import plaza.graph.Value;

/// JSON written with single quotes.
final class Json {
  private Json() {}

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency of its own
  static Value.Struct of(String text, Object... parts) {
    var filled = parts.length == 0 ? text : text.formatted(parts);
    return (Value.Struct) plaza.json.Json.parse(filled.replace('\'', '"'));
  }
}
