package plaza.portal.record;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;

/// One field of a step's form.
///
/// @param name as the programme takes it; [#WHOLE] when the field is all that is sent
/// @param options of a choice
/// @param words for the options; the options themselves where there are none
/// @param value what it holds before anybody has written anything
public record Field(
    String name,
    String label,
    Form form,
    List<String> options,
    List<String> words,
    Optional<Value> value) {
  /// The name of a field whose object is everything that is sent.
  public static final String WHOLE = "*";

  /// The reason that every step takes.
  static final Field REASON = of("reason", "Reason, kept in the audit record", Form.LONG);

  /// How a field is filled in.
  public enum Form {
    TEXT,
    LONG,
    SELECT,
    /// One of two or more, sent as JSON: `true`, `false`.
    CHOICE,
    CHECK,
    NUMBER,
    MOMENT,
    /// One text a line.
    LIST,
    JSON,
    ORGANISATION
  }

  public Field {
    options = List.copyOf(options);
    words = words.isEmpty() ? options : List.copyOf(words);
  }

  static Field of(String name, String label, Form form) {
    return new Field(name, label, form, List.of(), List.of(), Optional.empty());
  }

  static Field whole(String label, Value.Struct template) {
    return new Field(WHOLE, label, Form.JSON, List.of(), List.of(), Optional.of(template));
  }

  /// What the field shows before anybody has written anything.
  String start() {
    return value.map(FormJson::text).orElse("");
  }

  /// What was written, as the programme takes it; empty when nothing was.
  Optional<Value> read(String written, ZoneId zone) {
    var text = written.strip();
    if (text.isEmpty()) return Optional.empty();
    return Optional.of(
        switch (form) {
          case TEXT, LONG, SELECT, ORGANISATION -> Value.of(text);
          case CHECK -> Value.of(true);
          case MOMENT -> Value.of(moment(text, zone));
          case LIST -> Value.of(text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList());
          case NUMBER -> number(text);
          case CHOICE, JSON -> json(text);
        });
  }

  private String moment(String text, ZoneId zone) {
    try {
      return LocalDateTime.parse(text).atZone(zone).toInstant().toString();
    } catch (DateTimeException e) {
      throw new Refusal.Invalid(
          label + " must be a day and a time such as 2026-03-01T09:00, not " + text);
    }
  }

  private Value number(String text) {
    if (!text.matches("-?\\d{1,15}(\\.\\d{1,9})?"))
      throw new Refusal.Invalid(label + " must be a number such as 12 or 0.5, not " + text);
    return Json.parse(text);
  }

  private Value json(String text) {
    try {
      return FormJson.withoutBlanks(Json.parse(text));
    } catch (Refusal.Invalid broken) {
      throw new Refusal.Invalid(label + " is not JSON: " + broken.getMessage());
    }
  }
}
