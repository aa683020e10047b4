package plaza.programme.record;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.GeoJson;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Moments;

/// What someone sent with a command, read member by member. Every refusal names the member, what it
/// was and the rule; what nobody read is refused at the end, so that a misspelt member is noticed.
public final class Fields {
  private final String of;
  private final Value.Struct input;
  private final Set<String> read = new HashSet<>();

  /// @param of what is being read, for messages: `a need`
  public Fields(String of, Value.Struct input) {
    this.of = of;
    this.input = input;
  }

  public Optional<Value> find(String name) {
    read.add(name);
    var value = input.members().get(name);
    return value == null || value instanceof Value.Null ? Optional.empty() : Optional.of(value);
  }

  public boolean has(String name) {
    return find(name).isPresent();
  }

  public String text(String name, int most) {
    return findText(name, most).orElseThrow(() -> missing(name, "a text"));
  }

  /// A text with something in it, blanks around it removed.
  public Optional<String> findText(String name, int most) {
    return find(name)
        .map(value -> {
          if (!(value instanceof Value.Text(var text))) throw wrong(name, "a text");
          var stripped = text.strip();
          if (stripped.isEmpty()) throw wrong(name, "a text that is not blank");
          if (stripped.codePointCount(0, stripped.length()) > most)
            throw new Refusal.Invalid(
                name + " of " + of + " must have at most " + most + " characters");
          return stripped;
        });
  }

  public String oneOf(String name, String... allowed) {
    return findOneOf(name, allowed)
        .orElseThrow(() -> missing(name, "one of " + String.join(", ", allowed)));
  }

  public Optional<String> findOneOf(String name, String... allowed) {
    return findText(name, 100)
        .map(text -> {
          if (!List.of(allowed).contains(text))
            throw new Refusal.Invalid(
                name
                    + " of "
                    + of
                    + " must be one of "
                    + String.join(", ", allowed)
                    + ", not '"
                    + text
                    + "'");
          return text;
        });
  }

  public Optional<String> findUri(String name) {
    return findText(name, 2048).map(uri -> Names.uri(uri, name));
  }

  public String uri(String name) {
    return findUri(name).orElseThrow(() -> missing(name, "a URI"));
  }

  public List<String> uris(String name) {
    return texts(name, 1_000).stream().map(uri -> Names.uri(uri, name)).toList();
  }

  /// A list of texts, perhaps empty; a single text counts as a list of one.
  public List<String> texts(String name, int most) {
    return find(name)
        .map(value -> {
          var items = value instanceof Value.Items(var all) ? all : List.of(value);
          if (items.size() > most)
            throw new Refusal.Invalid(name + " of " + of + " may hold at most " + most);
          var texts = new ArrayList<String>();
          for (var item : items)
            if (item instanceof Value.Text(var text) && !text.isBlank()) texts.add(text.strip());
            else throw wrong(name, "a list of texts");
          return List.copyOf(texts);
        })
        .orElse(List.of());
  }

  public Instant moment(String name) {
    return findMoment(name).orElseThrow(() -> missing(name, "a date-time"));
  }

  /// ISO 8601; a bare date is its first moment in UTC.
  public Optional<Instant> findMoment(String name) {
    return findText(name, 40)
        .map(text -> {
          try {
            return Moments.parse(text);
          } catch (DateTimeParseException e) {
            throw wrong(name, "a date-time such as 2026-06-01T12:00:00Z");
          }
        });
  }

  public LocalDate date(String name) {
    var text = text(name, 10);
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(name, "a date such as 2026-06-01");
    }
  }

  public double number(String name) {
    return findNumber(name).orElseThrow(() -> missing(name, "a number"));
  }

  public Optional<Double> findNumber(String name) {
    return find(name)
        .map(value -> {
          double number = value.asNumber();
          if (Double.isNaN(number)) throw wrong(name, "a number");
          return number;
        });
  }

  public Optional<Long> findCount(String name, long least, long most) {
    return find(name)
        .map(value -> {
          if (!(value instanceof Value.Whole(long number)) || number < least || number > most)
            throw wrong(name, "a whole number from " + least + " to " + most);
          return number;
        });
  }

  public boolean flag(String name) {
    return find(name)
        .map(value -> {
          if (!(value instanceof Value.Flag(boolean set))) throw wrong(name, "true or false");
          return set;
        })
        .orElse(false);
  }

  public Optional<Value.Struct> findStruct(String name) {
    return find(name)
        .map(value -> {
          if (!(value instanceof Value.Struct struct)) throw wrong(name, "an object");
          return struct;
        });
  }

  public List<Value.Struct> structs(String name, int most) {
    return find(name)
        .map(value -> {
          if (!(value instanceof Value.Items(var items))) throw wrong(name, "a list of objects");
          if (items.size() > most)
            throw new Refusal.Invalid(name + " of " + of + " may hold at most " + most);
          var structs = new ArrayList<Value.Struct>();
          for (var item : items)
            if (item instanceof Value.Struct struct) structs.add(struct);
            else throw wrong(name, "a list of objects");
          return List.copyOf(structs);
        })
        .orElse(List.of());
  }

  /// A GeoJSON geometry.
  public Optional<Value.Struct> findPlace(String name) {
    var place = findStruct(name);
    place.ifPresent(GeoJson::geometry);
    return place;
  }

  /// Refuses what nobody read.
  public void done() {
    for (var name : input.members().keySet())
      if (!read.contains(name))
        throw new Refusal.Invalid(
            of + " has no member '" + name + "'; it has " + String.join(", ", sortedNames()));
  }

  private List<String> sortedNames() {
    return read.stream().sorted().toList();
  }

  public Refusal.Invalid wrong(String name, String rule) {
    return new Refusal.Invalid(
        name + " of " + of + " must be " + rule + ", not " + shown(input.members().get(name)));
  }

  private Refusal.Invalid missing(String name, String what) {
    return new Refusal.Invalid(of + " needs " + name + ": " + what);
  }

  private static String shown(@Nullable Value value) {
    var text = value == null ? "nothing" : Canonical.text(value);
    return text.length() <= 80 ? text : text.substring(0, 77) + "…";
  }
}
