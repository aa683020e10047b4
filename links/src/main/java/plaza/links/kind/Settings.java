package plaza.links.kind;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// A link's settings by name. Every refusal names the setting and what it must be.
public record Settings(Value.Struct values) {

  /// @throws Refusal.Invalid when there is a setting of another name
  public void requireOnly(Set<String> known) {
    for (var name : values.members().keySet())
      if (!known.contains(name))
        throw new Refusal.Invalid(
            "'" + name + "' is no setting of this kind of link; it has " + new TreeSet<>(known));
  }

  public Optional<String> findText(String name) {
    var value = values.members().get(name);
    return switch (value) {
      case null -> Optional.empty();
      case Value.Null _ -> Optional.empty();
      case Value.Text(var text) -> Optional.of(text);
      default -> throw invalid(name, "must be a text");
    };
  }

  public String text(String name) {
    return findText(name)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> invalid(name, "is needed"));
  }

  public String text(String name, String otherwise) {
    return findText(name).orElse(otherwise);
  }

  public String oneOf(String name, List<String> choices, String otherwise) {
    var text = text(name, otherwise);
    if (!choices.contains(text))
      throw invalid(name, "must be one of " + choices + ", not '" + text + "'");
    return text;
  }

  public int whole(String name, int least, int most, int otherwise) {
    var value = values.members().get(name);
    if (value == null) return otherwise;
    if (!(value instanceof Value.Whole(long number)) || number < least || number > most)
      throw invalid(name, "must be a whole number from " + least + " to " + most);
    return (int) number;
  }

  public boolean flag(String name, boolean otherwise) {
    var value = values.members().get(name);
    if (value == null) return otherwise;
    if (!(value instanceof Value.Flag(boolean set))) throw invalid(name, "must be true or false");
    return set;
  }

  /// ISO 8601, such as `PT30S`, or short, such as `30s`.
  public Duration duration(String name, Duration least, Duration most, Duration otherwise) {
    var text = findText(name);
    if (text.isEmpty()) return otherwise;
    try {
      var duration = parse(text.get());
      if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) return duration;
    } catch (DateTimeParseException _) {
      // The sentence below says all.
    }
    throw invalid(
        name,
        "must be a time such as 30s or PT30S, from "
            + least
            + " to "
            + most
            + ", not '"
            + text.get()
            + "'");
  }

  public List<String> texts(String name) {
    var value = values.members().get(name);
    if (value == null) return List.of();
    if (value instanceof Value.Text(var text)) return List.of(text);
    if (value instanceof Value.Items(var items)
        && items.stream().allMatch(item -> item instanceof Value.Text))
      return items.stream().map(item -> ((Value.Text) item).text()).toList();
    throw invalid(name, "must be a list of texts");
  }

  public Map<String, String> map(String name) {
    var value = values.members().get(name);
    if (value == null) return Map.of();
    if (!(value instanceof Value.Struct(var members)))
      throw invalid(name, "must be an object of texts");
    var map = new LinkedHashMap<String, String>();
    members.forEach((key, member) -> {
      if (!(member instanceof Value.Text(var text)))
        throw invalid(name, "must be an object of texts, but its '" + key + "' is none");
      map.put(key, text);
    });
    return map;
  }

  /// @throws DateTimeParseException when it is neither ISO 8601 nor short
  public static Duration parse(String text) {
    var upper = text.strip().toUpperCase(Locale.ROOT);
    if (upper.startsWith("P")) return Duration.parse(upper);
    return Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
  }

  private static Refusal.Invalid invalid(String name, String rule) {
    return new Refusal.Invalid("the link's setting '" + name + "' " + rule);
  }
}
