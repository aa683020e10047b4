package plaza.portal.record;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import plaza.graph.Value;
import plaza.portal.story.Plain;

/// The form that opens a record, made from its template: a field for each member, of parts a field
/// for each of theirs (`budget.amount`), and JSON only where a list of parts is to be written.
final class Blank {
  private static final Set<String> ORGANISATIONS =
      Set.of("sponsor", "organisation", "department", "owner", "organiser");

  private static final Set<String> LONG =
      Set.of(
          "statement",
          "description",
          "text",
          "summary",
          "purpose",
          "rationale",
          "notice",
          "act",
          "eligibility",
          "solution",
          "exitPlan",
          "afterPilotIntent",
          "withoutCall",
          "withoutPilot",
          "conditions");

  /// Lists of parts that begin empty.
  private static final Set<String> PARTS = Set.of("indicators");

  private Blank() {}

  /// @param template with what is known already filled in
  static List<Panel.Filled> of(Value.Struct template) {
    var inputs = new ArrayList<Panel.Filled>();
    add(inputs, "", "", template.members());
    return inputs;
  }

  private static void add(
      List<Panel.Filled> inputs, String path, String above, Map<String, Value> members) {
    members.forEach((name, value) -> {
      var label = above.isEmpty() ? Plain.words(name) : above + ": " + lower(Plain.words(name));
      if (value instanceof Value.Struct(var parts) && !parts.containsKey("coordinates"))
        add(inputs, path + name + ".", name.equals("body") ? "" : label, parts);
      else inputs.add(input(path + name, name, label, value));
    });
  }

  private static Panel.Filled input(String path, String name, String label, Value value) {
    return switch (value) {
      case Value.Text(var text) when ORGANISATIONS.contains(name) ->
          filled(path, label, Field.Form.ORGANISATION, text);
      // A day that was right when the template was written is wrong soon after.
      case Value.Text(var text) when text.matches("\\d{4}-\\d\\d-\\d\\dT.*") ->
          filled(path, label, Field.Form.MOMENT, "");
      case Value.Text(var text) ->
          filled(path, label, LONG.contains(name) ? Field.Form.LONG : Field.Form.TEXT, text);
      case Value.Flag(boolean set) -> filled(path, label, Field.Form.CHECK, set ? "true" : "");
      case Value.Whole _, Value.Decimal _ ->
          filled(path, label, Field.Form.NUMBER, FormJson.text(value));
      case Value.Items(var items) when isTexts(items) && !PARTS.contains(name) ->
          filled(path, label + ", one a line", Field.Form.LIST, lines(items));
      case Value.Items _, Value.Struct _, Value.Null _ ->
          filled(path, label + ", as JSON", Field.Form.JSON, FormJson.text(value));
    };
  }

  private static Panel.Filled filled(String path, String label, Field.Form form, String value) {
    return new Panel.Filled(Field.of(path, label, form), value);
  }

  private static boolean isTexts(List<Value> items) {
    return items.stream().allMatch(Value.Text.class::isInstance);
  }

  private static String lines(List<Value> items) {
    return String.join("\n", items.stream().map(item -> ((Value.Text) item).text()).toList());
  }

  private static String lower(String words) {
    return words.toLowerCase(Locale.ROOT);
  }

  /// The same fields with what somebody wrote in them.
  static List<Panel.Filled> again(List<Panel.Filled> inputs, Map<String, String> form) {
    return inputs.stream()
        .map(input -> new Panel.Filled(input.field(), form.getOrDefault(input.field().name(), "")))
        .toList();
  }

  /// What was written, as the programme takes it; what was left empty is left out.
  static Value.Struct read(List<Panel.Filled> inputs, Map<String, String> form, ZoneId zone) {
    var members = new LinkedHashMap<String, Value>();
    for (var input : inputs) {
      var name = input.field().name();
      input
          .field()
          .read(form.getOrDefault(name, ""), zone)
          .ifPresent(value -> put(members, name, value));
    }
    return new Value.Struct(members);
  }

  private static void put(Map<String, Value> members, String path, Value value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      members.put(path, value);
      return;
    }
    var name = path.substring(0, dot);
    var parts = new LinkedHashMap<String, Value>();
    if (members.get(name) instanceof Value.Struct(var known)) parts.putAll(known);
    put(parts, path.substring(dot + 1), value);
    members.put(name, new Value.Struct(parts));
  }
}
