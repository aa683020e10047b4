package plaza.web;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Moments;

/// The members of a JSON object that came in, by name and kind. What is absent or null counts as
/// not given; what is of another kind is refused.
public final class Body {
  private final Map<String, Value> members;

  private Body(Map<String, Value> members) {
    this.members = members;
  }

  /// @param known every member there may be; a misspelt one is refused rather than overlooked
  public static Body of(Exchange exchange, String... known) {
    var type = exchange.contentType();
    // A form of another site can send anything but this without the browser asking us first.
    if (!type.equals("application/json"))
      throw new Refusal.Invalid(
          "the body must come as Content-Type: application/json, not '" + type + "'");
    return of(exchange.jsonObject(), known);
  }

  public static Body of(Map<String, Value> members, String... known) {
    var names = Set.of(known);
    for (var name : members.keySet())
      if (!names.contains(name))
        throw new Refusal.Invalid(
            "there is no member '" + name + "' here; the members are " + String.join(", ", known));
    return new Body(members);
  }

  public boolean has(String name) {
    return find(name).isPresent();
  }

  private Optional<Value> find(String name) {
    var value = members.get(name);
    return value == null || value instanceof Value.Null ? Optional.empty() : Optional.of(value);
  }

  public String text(String name) {
    return findText(name)
        .orElseThrow(() -> new Refusal.Invalid("the member '" + name + "' is missing"));
  }

  public Optional<String> findText(String name) {
    return find(name)
        .map(value -> {
          if (value instanceof Value.Text(var text)) return text;
          throw new Refusal.Invalid("the member '" + name + "' must be a text");
        });
  }

  /// False when it is not given.
  public boolean flag(String name) {
    return find(name)
        .map(value -> {
          if (value instanceof Value.Flag(boolean set)) return set;
          throw new Refusal.Invalid("the member '" + name + "' must be true or false");
        })
        .orElse(false);
  }

  /// Empty when it is not given.
  public Set<String> texts(String name) {
    var texts = new LinkedHashSet<String>();
    if (find(name).isEmpty()) return texts;
    if (!(members.get(name) instanceof Value.Items(var items)))
      throw new Refusal.Invalid("the member '" + name + "' must be an array of texts");
    for (var item : items) {
      if (!(item instanceof Value.Text(var text)))
        throw new Refusal.Invalid("the member '" + name + "' must be an array of texts");
      texts.add(text);
    }
    return texts;
  }

  public Instant time(String name) {
    return findTime(name)
        .orElseThrow(() -> new Refusal.Invalid("the member '" + name + "' is missing"));
  }

  public Optional<Instant> findTime(String name) {
    return findText(name)
        .map(text -> {
          try {
            return Moments.parse(text);
          } catch (DateTimeParseException e) {
            throw new Refusal.Invalid(
                "the member '"
                    + name
                    + "' must be a moment such as 2026-06-01T12:00:00Z, not '"
                    + text
                    + "'");
          }
        });
  }

  public Optional<Double> findNumber(String name) {
    return find(name)
        .map(value -> {
          double number = value.asNumber();
          if (Double.isNaN(number))
            throw new Refusal.Invalid("the member '" + name + "' must be a number");
          return number;
        });
  }

  /// The object under a name.
  public Optional<Body> findBody(String name, String... known) {
    return find(name)
        .map(value -> {
          if (value instanceof Value.Struct(var inner)) return of(inner, known);
          throw new Refusal.Invalid("the member '" + name + "' must be an object");
        });
  }
}
