package plaza.portal.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import plaza.graph.Value;

/// A record of the programme as its view came, read by templates.
public record Seen(Value.Struct view) {
  public String id() {
    return text("id");
  }

  /// The last part of the id, for addresses within the portal.
  public String slug() {
    var id = id();
    return id.substring(id.lastIndexOf(':') + 1);
  }

  public String state() {
    return text("state");
  }

  /// Empty when there is none.
  public String text(String name) {
    return findText(name).orElse("");
  }

  public Optional<String> findText(String name) {
    return view.members().get(name) instanceof Value.Text(var text)
        ? Optional.of(text)
        : Optional.empty();
  }

  /// A single text counts as a list of one.
  public List<String> texts(String name) {
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

  /// NaN when there is none.
  public double number(String name) {
    var value = view.members().get(name);
    return value == null ? Double.NaN : value.asNumber();
  }

  public long count(String name) {
    double number = number(name);
    return Double.isNaN(number) ? 0 : (long) number;
  }

  public boolean flag(String name) {
    return view.members().get(name) instanceof Value.Flag(boolean set) && set;
  }

  public Optional<Instant> moment(String name) {
    return findText(name).map(Instant::parse);
  }

  public Optional<Seen> part(String name) {
    return find(name).map(Seen::new);
  }

  public Optional<Value.Struct> find(String name) {
    return view.members().get(name) instanceof Value.Struct struct
        ? Optional.of(struct)
        : Optional.empty();
  }

  public List<Seen> parts(String name) {
    return view.members().get(name) instanceof Value.Items(var items)
        ? items.stream()
            .filter(Value.Struct.class::isInstance)
            .map(item -> new Seen((Value.Struct) item))
            .toList()
        : List.of();
  }

  public List<Double> numbers(String name) {
    return view.members().get(name) instanceof Value.Items(var items)
        ? items.stream().map(Value::asNumber).toList()
        : List.of();
  }
}
