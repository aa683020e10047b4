package plaza.programme.publication;

import java.util.LinkedHashMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plaza.graph.Value;

/// Takes out of written texts what must leave in no export, whatever somebody let stand on a page:
/// e-mail addresses, telephone numbers, ids of people.
public final class Redaction {
  private static final String GONE = "[removed]";

  /// Decimal texts, which are no telephone numbers however long they are.
  private static final Set<String> AMOUNTS =
      Set.of(
          "amount",
          "target",
          "minimum",
          "committed",
          "committedInKind",
          "disbursed",
          "paid",
          "publicCap",
          "publicShare",
          "public",
          "private");

  // A telephone number: eight digits in groups or nine in a row, and neither a date nor a part of a
  // longer word, address, id or decimal number.
  private static final Pattern PERSONAL =
      Pattern.compile(
          "[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+"
              + "|(?<![\\w:/.=&?#%-])(?!\\d{4}-\\d{2}-\\d{2})\\+?\\(?\\d{1,4}\\)?(?:[ -]?\\d){7,14}(?![\\w:/-]|\\.\\d)"
              + "|urn:plaza:person:[\\w.-]+");

  private static final Pattern SHORT_NUMBER = Pattern.compile("\\d{1,8}");

  private Redaction() {}

  public static String of(String text) {
    return PERSONAL
        .matcher(text)
        .replaceAll(found ->
            SHORT_NUMBER.matcher(found.group()).matches()
                ? Matcher.quoteReplacement(found.group())
                : Matcher.quoteReplacement(GONE));
  }

  /// The value of a field with that name.
  public static Value of(String name, Value value) {
    return value instanceof Value.Text && AMOUNTS.contains(name) ? value : of(value);
  }

  /// The same in every text of a value.
  public static Value of(Value value) {
    return switch (value) {
      case Value.Text(var text) -> Value.of(of(text));
      case Value.Items(var items) -> new Value.Items(items.stream().map(Redaction::of).toList());
      case Value.Struct(var members) -> {
        var kept = new LinkedHashMap<String, Value>();
        members.forEach((name, member) -> kept.put(name, of(name, member)));
        yield new Value.Struct(kept);
      }
      case Value.Whole _, Value.Decimal _, Value.Flag _, Value.Null _ -> value;
    };
  }
}
