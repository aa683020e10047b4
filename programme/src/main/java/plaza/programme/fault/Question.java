package plaza.programme.fault;

import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Moments;
import plaza.programme.record.Fields;

/// What a category of faults asks beyond place and description: an attribute of Open311's service
/// definition.
///
/// @param variable false for a text that is only shown, to which nobody answers
/// @param choices keys and the names people read; empty unless the kind is a list
public record Question(
    String code,
    String description,
    Kind kind,
    boolean required,
    boolean variable,
    String hint,
    Map<String, String> choices) {
  private static final int MOST = 50;
  private static final int MOST_CHOICES = 500;
  private static final int LONGEST_ANSWER = 4_000;

  /// Open311's datatypes.
  public enum Kind {
    STRING,
    NUMBER,
    DATETIME,
    TEXT,
    SINGLEVALUELIST,
    MULTIVALUELIST;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    boolean isList() {
      return this == SINGLEVALUELIST || this == MULTIVALUELIST;
    }
  }

  public Question {
    choices = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(choices));
    if (!code.matches("[A-Za-z0-9_.-]{1,60}"))
      throw new Refusal.Invalid(
          "code of a question must have 1 to 60 letters, digits, '_', '.' and '-', not '"
              + code
              + "'");
    if (kind.isList() == choices.isEmpty())
      throw new Refusal.Invalid(
          "question "
              + code
              + (kind.isList()
                  ? " is a list and needs values, each a {key, name}"
                  : " is a " + kind.word() + " and has no values to choose from"));
    if (required && !variable)
      throw new Refusal.Invalid(
          "question " + code + " is only shown (variable: false) and cannot be required");
  }

  /// Reads `[{code, description, datatype, required, variable, datatypeDescription, values: [{key,
  /// name}]}]`, in the order in which they are asked.
  static List<Question> list(Fields input, String name) {
    var questions = input.structs(name, MOST).stream().map(Question::of).toList();
    var codes = new LinkedHashSet<String>();
    for (var question : questions)
      if (!codes.add(question.code))
        throw new Refusal.Invalid("the question " + question.code + " is asked twice");
    return questions;
  }

  static Question of(Value.Struct json) {
    var fields = new Fields("a question", json);
    var kinds = java.util.Arrays.stream(Kind.values()).map(Kind::word).toArray(String[]::new);
    var choices = new LinkedHashMap<String, String>();
    for (var choice : fields.structs("values", MOST_CHOICES)) {
      var one = new Fields("a value of a question", choice);
      var key = one.text("key", 100);
      if (choices.put(key, one.findText("name", 200).orElse(key)) != null)
        throw new Refusal.Invalid("the value " + key + " of a question is offered twice");
      one.done();
    }
    var question =
        new Question(
            fields.text("code", 60),
            fields.text("description", 500),
            Kind.valueOf(
                fields
                    .findOneOf("datatype", kinds)
                    .orElse("string")
                    .toUpperCase(java.util.Locale.ROOT)),
            fields.flag("required"),
            !fields.has("variable") || fields.flag("variable"),
            fields.findText("datatypeDescription", 500).orElse(""),
            choices);
    fields.done();
    return question;
  }

  Value.Struct toValue() {
    var members = new LinkedHashMap<String, Value>();
    members.put("code", Value.of(code));
    members.put("description", Value.of(description));
    members.put("datatype", Value.of(kind.word()));
    members.put("required", Value.of(required));
    members.put("variable", Value.of(variable));
    if (!hint.isEmpty()) members.put("datatypeDescription", Value.of(hint));
    var values = new ArrayList<Value>();
    choices.forEach((key, name) ->
        values.add(new Value.Struct(Map.of("key", Value.of(key), "name", Value.of(name)))));
    if (!values.isEmpty()) members.put("values", new Value.Items(values));
    return new Value.Struct(members);
  }

  /// @param answers null when none were given
  /// @throws Refusal.Invalid saying which answer is missing or wrong
  void check(@Nullable List<String> answers) {
    var given =
        answers == null ? List.<String>of() : answers.stream().filter(a -> !a.isBlank()).toList();
    if (given.isEmpty()) {
      if (required) throw wrong("is required: " + description);
      return;
    }
    if (!variable) throw wrong("is only shown and takes no answer");
    if (given.size() > 1 && kind != Kind.MULTIVALUELIST)
      throw wrong("takes one value, not " + given.size());
    for (var answer : given) check(answer);
  }

  private void check(String answer) {
    if (answer.length() > LONGEST_ANSWER)
      throw wrong("may have at most " + LONGEST_ANSWER + " characters");
    switch (kind) {
      case NUMBER -> {
        if (!answer.strip().matches("[+-]?(\\d{1,18})(\\.\\d{1,18})?"))
          throw wrong("must be a number, not '" + answer + "'");
      }
      case DATETIME -> {
        try {
          Moments.parse(answer.strip());
        } catch (DateTimeParseException e) {
          throw wrong("must be a date-time such as 2026-06-01T12:00:00Z, not '" + answer + "'");
        }
      }
      case SINGLEVALUELIST, MULTIVALUELIST -> {
        if (!choices.containsKey(answer))
          throw wrong("must be one of " + String.join(", ", choices.keySet()) + ", not " + answer);
      }
      case STRING, TEXT -> {}
    }
  }

  private Refusal.Invalid wrong(String rule) {
    return new Refusal.Invalid("attribute[" + code + "] " + rule);
  }
}
