package plaza.programme.figures;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Moments;

/// Records that somebody sent to have the figures worked out from them, read member by member.
///
/// Members nobody asks for are passed over: whoever checks our formulae may send records with more
/// in them. What is there and cannot be understood is refused.
record Submitted(String of, Value.Struct members) {

  static Submitted of(String name, Value value) {
    if (value instanceof Value.Struct struct) return new Submitted(name, struct);
    throw new Refusal.Invalid(name + " must be an object");
  }

  /// The first of these members that is there and not null.
  private @Nullable Value find(String... names) {
    for (var name : names) {
      var value = members.members().get(name);
      if (value != null && !(value instanceof Value.Null)) return value;
    }
    return null;
  }

  boolean has(String name) {
    return find(name) != null;
  }

  /// Every record of a list.
  List<Submitted> each(String name) {
    var items = find(name);
    if (items == null) return List.of();
    if (!(items instanceof Value.Items(var all)))
      throw new Refusal.Invalid(name + " must be a list of objects");
    var found = new ArrayList<Submitted>();
    for (int i = 0; i < all.size(); i++) found.add(of(name + "[" + i + "]", all.get(i)));
    return found;
  }

  @Nullable String text(String... names) {
    var value = find(names);
    return value == null ? null : textOf(value, names[0]);
  }

  /// A text, a number as text, or the id of an object.
  private String textOf(Value value, String name) {
    return switch (value) {
      case Value.Text(var text) -> text;
      case Value.Whole(long number) -> Long.toString(number);
      case Value.Struct struct -> new Submitted(of + "." + name, struct).requiredText("id");
      case Value.Decimal _, Value.Flag _, Value.Null _, Value.Items _ ->
          throw wrong(name, "a text");
    };
  }

  String requiredText(String... names) {
    var text = text(names);
    if (text == null) throw new Refusal.Invalid(of + " needs " + String.join(" or ", names));
    return text;
  }

  /// Texts, or ids of objects, each once.
  Set<String> texts(String... names) {
    var value = find(names);
    if (value == null) return Set.of();
    var items = value instanceof Value.Items(var all) ? all : List.of(value);
    var found = new HashSet<String>();
    for (var item : items) found.add(textOf(item, names[0]));
    return found;
  }

  /// A flag; null when it is not there.
  @Nullable Boolean flag(String... names) {
    return switch (find(names)) {
      case null -> null;
      case Value.Flag(boolean set) -> set;
      case Value _ -> throw wrong(names[0], "true or false");
    };
  }

  /// An exact decimal, as number or text.
  @Nullable BigDecimal amount(String... names) {
    var value = find(names);
    return switch (value) {
      case null -> null;
      case Value.Whole(long number) -> BigDecimal.valueOf(number);
      case Value.Decimal(double number) -> BigDecimal.valueOf(number);
      case Value.Text(var text) -> {
        try {
          yield new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
          throw wrong(names[0], "a decimal number");
        }
      }
      case Value.Struct money -> new Submitted(of + "." + names[0], money).amount("amount");
      case Value _ -> throw wrong(names[0], "a decimal number");
    };
  }

  /// A count, or the length of a list.
  @Nullable Long count(String... names) {
    return switch (find(names)) {
      case null -> null;
      case Value.Whole(long number) when number >= 0 -> number;
      case Value.Items(var items) -> (long) new HashSet<>(items).size();
      case Value _ -> throw wrong(names[0], "a count or a list");
    };
  }

  /// A date-time, or a date for its first moment in UTC.
  @Nullable Instant moment(String... names) {
    var text = text(names);
    if (text == null) return null;
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Moments.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(names[0], "a date or a date-time");
    }
  }

  /// `window`, else all time until `asOf` or now.
  static Window window(Submitted all, Instant now) {
    var given = all.find("window");
    var asOf = Objects.requireNonNullElse(all.moment("asOf"), now);
    if (given == null) return new Window(null, asOf);
    var window = of("window", given);
    return new Window(
        window.moment("from"), Objects.requireNonNullElse(window.moment("until", "to"), asOf));
  }

  Refusal.Invalid wrong(String name, String rule) {
    return new Refusal.Invalid(name + " of " + of + " must be " + rule);
  }
}
