package plaza.portal.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
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
public record Told(
    int status,
    String action,
    String sentence,
    List<Refusal.Unmet.Condition> unmet,
    Map<String, String> answers,
    Map<String, String> written) {
  public static final Told NOTHING = new Told(200, "", "", List.of(), Map.of(), Map.of());

  public Told {
    unmet = List.copyOf(unmet);
    answers = Map.copyOf(answers);
    written = Map.copyOf(written);
  }

  public static Told done(String action, Value.Struct answers) {
    var texts = new LinkedHashMap<String, String>();
    answers
        .members()
        .forEach((name, value) ->
            texts.put(
                Plain.words(name), value instanceof Value.Text(var t) ? t : Json.text(value)));
    var sentence = "Done: " + Plain.words(action) + ".";
    return new Told(200, action, sentence, List.of(), texts, Map.of());
  }

  public static Told refused(String action, Refusal refusal, Map<String, String> written) {
    var unmet =
        refusal instanceof Refusal.Unmet one
            ? one.conditions()
            : List.<Refusal.Unmet.Condition>of();
    var sentence =
        unmet.isEmpty()
            ? String.valueOf(refusal.getMessage())
            : Plain.words(action) + " is not possible yet. This is missing:";
    return new Told(Errors.status(refusal), action, sentence, unmet, Map.of(), written);
  }

  /// After the browser was sent on.
  static Told afterwards(String action) {
    return action.matches("[a-zA-Z]{2,30}") ? done(action, Value.Struct.EMPTY) : NOTHING;
  }

  public boolean isDone() {
    return status < 400;
  }

  public boolean isNothing() {
    return sentence.isEmpty();
  }
}
