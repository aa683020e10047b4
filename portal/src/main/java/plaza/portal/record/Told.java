package plaza.portal.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.portal.form.Beside;
import plaza.portal.form.Field;
import plaza.portal.form.Written;
import plaza.portal.story.Plain;
import plaza.web.Errors;

/// What a page tells about the form that was just sent.
///
/// @param status of the page's answer
/// @param action whose form it was; empty when none was sent
/// @param sentence what happened or why not; empty for nothing to tell
/// @param unmet guards that stand in the way
/// @param answers told once and kept nowhere, by name
/// @param written what the form held, to go on from
/// @param beside what is wrong with single fields, by the names of their inputs
public record Told(
    int status,
    String action,
    String sentence,
    List<Refusal.Unmet.Condition> unmet,
    Map<String, String> answers,
    Written written,
    Map<String, String> beside) {
  public static final Told NOTHING =
      new Told(200, "", "", List.of(), Map.of(), Written.NOTHING, Map.of());

  public Told {
    unmet = List.copyOf(unmet);
    answers = Map.copyOf(answers);
    beside = Map.copyOf(beside);
  }

  public static Told done(String action, Value.Struct answers) {
    var texts = new LinkedHashMap<String, String>();
    answers
        .members()
        .forEach((name, value) ->
            texts.put(
                Plain.words(name), value instanceof Value.Text(var t) ? t : Json.text(value)));
    var sentence = "Done: " + Plain.words(action) + ".";
    return new Told(200, action, sentence, List.of(), texts, Written.NOTHING, Map.of());
  }

  public static Told refused(String action, Refusal refusal, Written written) {
    return refused(action, refusal, written, List.of());
  }

  /// @param fields of the form, beside which stands what is about one of them
  static Told refused(String action, Refusal refusal, Written written, List<Field> fields) {
    var unmet =
        refusal instanceof Refusal.Unmet one
            ? one.conditions()
            : List.<Refusal.Unmet.Condition>of();
    var sentence =
        unmet.isEmpty()
            ? String.valueOf(refusal.getMessage())
            : Plain.words(action) + " is not possible yet. This is missing:";
    var beside = new LinkedHashMap<String, String>();
    if (unmet.isEmpty()) beside.putAll(Beside.of(fields, written, sentence));
    for (var condition : unmet) beside.putAll(Beside.of(fields, written, condition.remedy()));
    return new Told(Errors.status(refusal), action, sentence, unmet, Map.of(), written, beside);
  }

  /// What was written could not be read.
  static Told unread(String action, Written written, Map<String, String> faults) {
    var sentence =
        faults.size() == 1
            ? "One field needs another look: it says below what is wrong."
            : faults.size() + " fields need another look: they say below what is wrong.";
    return new Told(400, action, sentence, List.of(), Map.of(), written, faults);
  }

  /// Nothing was sent yet: the form only got a row more or less.
  static Told unfinished(String action, Written written) {
    return new Told(200, action, "", List.of(), Map.of(), written, Map.of());
  }

  /// After the browser was sent on.
  static Told afterwards(String action) {
    return action.matches("[a-zA-Z]{2,30}") ? done(action, Value.Struct.EMPTY) : NOTHING;
  }

  public boolean isDone() {
    return status < 400 && !isUnfinished();
  }

  /// Whether the form is shown again without having been sent.
  boolean isUnfinished() {
    return written.isUnfinished();
  }

  public boolean isNothing() {
    return sentence.isEmpty();
  }
}
