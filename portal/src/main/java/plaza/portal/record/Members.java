package plaza.portal.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Value;
import plaza.portal.form.Field;
import plaza.portal.page.Seen;
import plaza.portal.story.Plain;

/// How people fill in the members of records, by name: `rubric`, or `FaultCategory.attributes`
/// where kinds of record use one name for different things. What is not named is a text, or what
/// its template shows it to be.
final class Members {
  private static final String DAY = "\\d{4}-\\d\\d-\\d\\d(T.*)?";

  private final Map<String, Seen> known = new HashMap<>();

  /// @param json the `members` of `forms.json`
  Members(List<Seen> json) {
    for (var one : json) for (var name : one.texts("names")) known.put(name, one);
  }

  /// The fields that open a record of a kind, begun as its template says.
  List<Field> of(String kind, Value.Struct template) {
    var fields = new ArrayList<Field>();
    template
        .members()
        .forEach((name, value) -> fields.add(named(kind, name, value).starting(timeless(value))));
    return List.copyOf(fields);
  }

  /// The field that amends a member of a record.
  Field of(String kind, String name) {
    return named(kind, name, Value.of(""));
  }

  private Field named(String kind, String name, Value example) {
    return find(kind, name)
        .map(json -> field(kind, name, "", json))
        .orElseGet(() -> guessed(kind, name, example));
  }

  private Optional<Seen> find(String kind, String name) {
    return Optional.ofNullable(known.getOrDefault(kind + "." + name, known.get(name)));
  }

  /// A field as `forms.json` writes it; without a kind it is the member of its name.
  Field field(String kind, Seen json) {
    var name = json.text("name");
    if (!json.text("kind").isEmpty()) return field(kind, name, json.text("label"), json);
    var member = find(kind, name);
    if (member.isEmpty()) throw new IllegalStateException("no member " + name + " of " + kind);
    return field(kind, name, json.text("label"), member.get());
  }

  private Field field(String kind, String name, String label, Seen json) {
    var called = label.isEmpty() ? json.text("label") : label;
    return new Field(
        name,
        called.isEmpty() ? Plain.words(name) : called,
        Field.Form.valueOf(json.text("kind")),
        json.texts("options"),
        json.texts("words"),
        json.text("of"),
        json.parts("parts").stream().map(part -> field(kind, part)).toList(),
        Optional.ofNullable(json.view().members().get("value")));
  }

  private Field guessed(String kind, String name, Value example) {
    var form =
        switch (example) {
          case Value.Text(var text) -> text.matches(DAY) ? Field.Form.MOMENT : Field.Form.TEXT;
          case Value.Flag _ -> Field.Form.CHECK;
          case Value.Whole _, Value.Decimal _ -> Field.Form.NUMBER;
          case Value.Items _ -> Field.Form.LIST;
          case Value.Struct _ -> Field.Form.GROUP;
          case Value.Null _ -> Field.Form.TEXT;
        };
    var field = Field.of(name, Plain.words(name), form);
    return example instanceof Value.Struct template ? field.with(of(kind, template)) : field;
  }

  /// A day that was right when a template was written is wrong soon after.
  private static Value timeless(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text.matches(DAY) ? Value.of("") : value;
      case Value.Struct(var members) -> {
        var kept = new LinkedHashMap<String, Value>();
        members.forEach((name, one) -> kept.put(name, timeless(one)));
        yield new Value.Struct(kept);
      }
      case Value.Items _, Value.Whole _, Value.Decimal _, Value.Flag _, Value.Null _ -> value;
    };
  }
}
