package plaza.portal.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.portal.page.Seen;

/// Which fields the form of each step, desk and opening has: `forms.json`, read once.
final class Catalogue {
  private final Map<String, List<Field>> steps = new HashMap<>();
  private final List<Command> commands;
  private final List<Opening> openings;

  /// Something done to a record at a desk that is no step of its procedure.
  ///
  /// @param states in which it is offered; empty for any
  /// @param roles to whom it is offered
  /// @param due whether the record waits for it
  /// @param unless a field that, once the record has it, ends the offer; empty for none
  /// @param keeps fields of the record that the form begins with, for amending
  record Command(
      String kind,
      String name,
      String label,
      List<String> states,
      List<String> roles,
      boolean due,
      String unless,
      List<String> keeps,
      Optional<Value.Struct> template,
      List<Field> fields) {
    /// The fields of its form on a record's page; none for what is only pressed.
    List<Field> fieldsFor(Seen record) {
      if (!fields.isEmpty()) return fields;
      if (template.isPresent())
        return List.of(Field.whole("What is sent, as JSON", template.get()));
      if (keeps.isEmpty()) return List.of();
      var kept = new LinkedHashMap<String, Value>();
      for (var name : keeps)
        Optional.ofNullable(record.view().members().get(name)).ifPresent(v -> kept.put(name, v));
      var label = "As JSON; it may hold " + String.join(", ", keeps);
      return List.of(Field.whole(label, new Value.Struct(kept)));
    }
  }

  /// A record that somebody can open.
  ///
  /// @param from the kind of record on whose page it is offered
  record Opening(
      Collection collection,
      String label,
      List<String> roles,
      String from,
      Value.Struct template) {}

  Catalogue() {
    var json = new Seen((Value.Struct) Json.parse(bytes()));
    for (var step : json.find("steps").orElseThrow().members().entrySet())
      steps.put(step.getKey(), fields(((Value.Items) step.getValue()).items()));
    commands = json.parts("desks").stream().map(Catalogue::command).toList();
    openings = json.parts("openings").stream().map(Catalogue::opening).toList();
  }

  private static byte[] bytes() {
    try (var in = Objects.requireNonNull(Catalogue.class.getResourceAsStream("forms.json"))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Command command(Seen json) {
    return new Command(
        json.text("kind"),
        json.text("name"),
        json.text("label"),
        json.texts("states"),
        json.texts("roles"),
        json.flag("due"),
        json.text("unless"),
        json.texts("keeps"),
        json.find("template"),
        fields(List.copyOf(json.parts("fields").stream().map(Seen::view).toList())));
  }

  private static Opening opening(Seen json) {
    return new Opening(
        Collection.named(json.text("collection")).orElseThrow(),
        json.text("label"),
        json.texts("roles"),
        json.text("from"),
        json.find("template").orElseThrow());
  }

  private static List<Field> fields(List<? extends Value> items) {
    var fields = new ArrayList<Field>();
    for (var item : items) {
      var json = new Seen((Value.Struct) item);
      fields.add(
          new Field(
              json.text("name"),
              json.text("label"),
              Field.Form.valueOf(json.text("kind")),
              json.texts("options"),
              json.texts("words"),
              Optional.ofNullable(json.view().members().get("value"))));
    }
    return List.copyOf(fields);
  }

  /// The fields of a step, the reason last.
  List<Field> fieldsOf(String kind, String action) {
    var fields = new ArrayList<>(steps.getOrDefault(kind + " " + action, List.of()));
    fields.add(Field.REASON);
    return fields;
  }

  /// Kind and action of every step that takes more than a reason.
  Set<String> stepNames() {
    return steps.keySet();
  }

  List<Command> commands() {
    return commands;
  }

  List<Opening> openings() {
    return openings;
  }
}
