package plaza.conformance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON as the JDK's own types: maps, lists, texts, decimals without trailing zeros, truth, null.
/// Not Plaza's reader, so that an error there does not hide itself.
public final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /// @throws AssertionError when it is no JSON
  public static @Nullable Object parse(String text) {
    var json = new Json(text);
    var value = json.value();
    json.space();
    if (json.at != text.length()) throw json.wrong();
    return value;
  }

  /// As it is written in checks: with single quotes, and `%s` for the arguments.
  @SuppressWarnings("AnnotateFormatMethod") // the annotation is another library's
  public static String of(String json, Object... arguments) {
    return (arguments.length == 0 ? json : json.formatted(arguments)).replace('\'', '"');
  }

  private @Nullable Object value() {
    space();
    if (at >= text.length()) throw wrong();
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    var members = new LinkedHashMap<String, @Nullable Object>();
    at++;
    if (next('}')) return members;
    do {
      space();
      var name = string();
      if (!next(':')) throw wrong();
      if (members.containsKey(name)) throw new AssertionError(name + " twice in " + text);
      members.put(name, value());
    } while (next(','));
    if (!next('}')) throw wrong();
    return members;
  }

  private List<@Nullable Object> array() {
    var items = new ArrayList<@Nullable Object>();
    at++;
    if (next(']')) return items;
    do items.add(value());
    while (next(','));
    if (!next(']')) throw wrong();
    return items;
  }

  private String string() {
    if (text.charAt(at) != '"') throw wrong();
    var out = new StringBuilder();
    for (at++; text.charAt(at) != '"'; at++) {
      char c = text.charAt(at);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      c = text.charAt(++at);
      int simple = "bfnrt".indexOf(c);
      if (simple >= 0) out.append("\b\f\n\r\t".charAt(simple));
      else if (c == 'u') {
        out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
        at += 4;
      } else out.append(c);
    }
    at++;
    return out.toString();
  }

  private BigDecimal number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) at++;
    try {
      var number = new BigDecimal(text.substring(start, at)).stripTrailingZeros();
      return number.scale() < 0 ? number.setScale(0) : number;
    } catch (NumberFormatException e) {
      throw wrong();
    }
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) throw wrong();
    at += word.length();
    return value;
  }

  private boolean next(char wanted) {
    space();
    if (at >= text.length() || text.charAt(at) != wanted) return false;
    at++;
    return true;
  }

  private void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
  }

  private AssertionError wrong() {
    return new AssertionError("not JSON at " + at + ": " + text);
  }
}
