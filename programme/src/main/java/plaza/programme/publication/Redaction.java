package plaza.programme.publication;

import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import plaza.graph.Value;

/// Takes out of written texts what must leave in no export, whatever somebody let stand on a page:
/// e-mail addresses, telephone numbers, ids of people.
public final class Redaction {
  private static final String GONE = "[removed]";

  // A telephone number: at least nine digits, perhaps in groups, and neither a date nor a part of a
  // longer word, id or decimal number.
  private static final Pattern PERSONAL =
      Pattern.compile(
          "[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+"
              + "|(?<![\\w:/.-])(?!\\d{4}-\\d{2}-\\d{2})\\+?\\(?\\d{1,4}\\)?(?:[ -]?\\d){7,14}(?![\\w:/-]|\\.\\d)"
              + "|urn:plaza:person:[\\w.-]+");

  private Redaction() {}

  public static String of(String text) {
    return PERSONAL.matcher(text).replaceAll(GONE);
  }

  /// The same in every text of a value.
  public static Value of(Value value) {
    return switch (value) {
      case Value.Text(var text) -> Value.of(of(text));
      case Value.Items(var items) -> new Value.Items(items.stream().map(Redaction::of).toList());
      case Value.Struct(var members) -> {
        var kept = new LinkedHashMap<String, Value>();
        members.forEach((name, member) -> kept.put(name, of(member)));
        yield new Value.Struct(kept);
      }
      case Value.Whole _, Value.Decimal _, Value.Flag _, Value.Null _ -> value;
    };
  }
}
