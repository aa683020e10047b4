package plaza.programme.procedure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.programme.record.Kind;

/// All procedures, read from `state-machines.json` and checked: every state reachable, an end
/// reachable from everywhere, no state with two steps of one name, every expression understood.
public final class Procedures {
  private final Map<String, Procedure> byName;

  private Procedures(Map<String, Procedure> byName) {
    this.byName = byName;
  }

  /// Those that come with Plaza.
  public static Procedures load() {
    try (var in = Procedures.class.getResourceAsStream("/plaza/programme/state-machines.json")) {
      if (in == null) throw new IllegalStateException("state-machines.json is not in this build");
      return parse(Json.parse(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @throws IllegalArgumentException naming the procedure and everything wrong with it
  public static Procedures parse(Value json) {
    var procedures = new LinkedHashMap<String, Procedure>();
    struct(json)
        .members()
        .forEach((name, value) -> {
          try {
            procedures.put(name, procedure(name, struct(value)));
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("procedure " + name + ": " + e.getMessage(), e);
          }
        });
    return new Procedures(procedures);
  }

  public List<Procedure> all() {
    return List.copyOf(byName.values());
  }

  public Optional<Procedure> find(Kind kind) {
    return Optional.ofNullable(byName.get(kind.title()));
  }

  public Procedure get(Kind kind) {
    return find(kind)
        .orElseThrow(() -> new IllegalStateException(kind.title() + " has no procedure"));
  }

  /// Whether a record of the kind is at its end.
  public boolean isTerminal(Kind kind, String state) {
    return find(kind).filter(procedure -> procedure.isTerminal(state)).isPresent();
  }

  private static Procedure procedure(String name, Value.Struct json) {
    return new Procedure(
        name,
        text(json, "initial"),
        Set.copyOf(texts(json, "terminal")),
        Set.copyOf(texts(json, "states")),
        text(json, "mapsTo"),
        items(json, "transitions").stream().map(step -> step(struct(step))).toList());
  }

  private static Step step(Value.Struct json) {
    return new Step(
        text(json, "from"),
        text(json, "action"),
        text(json, "to"),
        Who.alternatives(text(json, "by")),
        texts(json, "guards").stream().map(Step.Guard::parse).toList(),
        texts(json, "effects").stream().map(Step.Guard::parse).toList());
  }

  private static Value.Struct struct(Value value) {
    if (value instanceof Value.Struct struct) return struct;
    throw new IllegalArgumentException("an object was expected");
  }

  private static String text(Value.Struct json, String member) {
    if (json.members().get(member) instanceof Value.Text(var text)) return text;
    throw new IllegalArgumentException("the text '" + member + "' is missing");
  }

  private static List<Value> items(Value.Struct json, String member) {
    if (json.members().get(member) instanceof Value.Items(var items)) return items;
    throw new IllegalArgumentException("the list '" + member + "' is missing");
  }

  private static List<String> texts(Value.Struct json, String member) {
    return items(json, member).stream()
        .map(item -> {
          if (item instanceof Value.Text(var text)) return text;
          throw new IllegalArgumentException("'" + member + "' holds something that is no text");
        })
        .toList();
  }
}
