package plaza.portal.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.portal.form.Field;
import plaza.portal.page.Seen;

/// Which fields the form of each step, desk and opening has: `forms.json`, read once.
final class Catalogue {
  /// The reason that every step takes.
  private static final Field REASON =
      Field.of("reason", "Reason, kept in the audit record", Field.Form.LONG);

  private final Members members;
  private final Map<String, List<Field>> steps = new HashMap<>();
  private final List<Command> commands;
  private final List<Opening> openings;

  /// Something done to a record at a desk that is no step of its procedure.
  ///
  /// @param states in which it is offered; empty for any
  /// @param roles to whom it is offered
  /// @param due whether the record waits for it
  /// @param unless a field that, once the record has it, ends the offer; empty for none
  /// @param amends whether the form begins with what the record says, and sends what is changed
  record Command(
      String kind,
      String name,
      String label,
      List<String> states,
      List<String> roles,
      boolean due,
      String unless,
      boolean amends,
      List<Field> fields) {
    /// The fields of its form on a record's page; none for what is only pressed.
    List<Field> fieldsFor(Seen record) {
      return fields.stream()
          .map(field ->
              Optional.ofNullable(record.view().members().get(field.name()))
                  .filter(_ -> amends)
                  .map(field::starting)
                  .orElse(field))
          .toList();
    }
  }

  /// A record that somebody can open.
  ///
  /// @param from the kind of record on whose page it is offered
  record Opening(
      Collection collection, String label, List<String> roles, String from, Value.Struct template) {
    /// @param known what the template's words in braces stand for
    Value.Struct filledIn(Map<String, String> known) {
      var text = Json.text(template);
      for (var one : known.entrySet())
        text = text.replace("{" + one.getKey() + "}", one.getValue());
      return (Value.Struct) Json.parse(text);
    }
  }

  Catalogue() {
    var json = new Seen((Value.Struct) Json.parse(bytes()));
    members = new Members(json.parts("members"));
    for (var step : json.find("steps").orElseThrow().members().keySet())
      steps.put(step, fields(kindOf(step), new Seen(json.find("steps").orElseThrow()).parts(step)));
    commands = json.parts("desks").stream().map(this::command).toList();
    openings = json.parts("openings").stream().map(Catalogue::opening).toList();
  }

  private static String kindOf(String step) {
    return step.substring(0, step.indexOf(' '));
  }

  private static byte[] bytes() {
    try (var in = Objects.requireNonNull(Catalogue.class.getResourceAsStream("forms.json"))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Command command(Seen json) {
    var kind = json.text("kind");
    var fields = new ArrayList<>(fields(kind, json.parts("fields")));
    for (var name : json.texts("keeps")) fields.add(members.of(kind, name));
    json.find("template").ifPresent(template -> fields.addAll(members.of(kind, template)));
    return new Command(
        kind,
        json.text("name"),
        json.text("label"),
        json.texts("states"),
        json.texts("roles"),
        json.flag("due"),
        json.text("unless"),
        !json.texts("keeps").isEmpty(),
        List.copyOf(fields));
  }

  private static Opening opening(Seen json) {
    return new Opening(
        Collection.named(json.text("collection")).orElseThrow(),
        json.text("label"),
        json.texts("roles"),
        json.text("from"),
        json.find("template").orElseThrow());
  }

  private List<Field> fields(String kind, List<Seen> json) {
    return json.stream().map(one -> members.field(kind, one)).toList();
  }

  /// The fields of the form that opens a record.
  List<Field> fieldsOf(Opening opening, Map<String, String> known) {
    return members.of(opening.collection().kind().title(), opening.filledIn(known));
  }

  /// The fields of a step, the reason last.
  List<Field> fieldsOf(String kind, String action) {
    var fields = new ArrayList<>(steps.getOrDefault(kind + " " + action, List.of()));
    fields.add(REASON);
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
