package plaza.programme.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.record.Dossier;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// A kind of fault that the city takes reports of, read from its record: Open311's service.
public record Category(Dossier record) {
  /// The id of the category with a code.
  static String id(String code) {
    return Ids.slug(Kind.FAULT_CATEGORY, code);
  }

  /// Whether a text could be a code at all.
  static boolean isCode(String text) {
    return text.matches("[A-Za-z0-9][A-Za-z0-9-]{2,59}");
  }

  public String code() {
    return record.text("code");
  }

  public String title() {
    return record.text("title");
  }

  public boolean isOffered() {
    return !record.has("retiredAt");
  }

  public List<Question> questions() {
    return record.items("attributes").stream()
        .map(item -> Question.of((Value.Struct) item))
        .toList();
  }

  /// @throws Refusal.Invalid saying what is missing, wrong or not asked
  void check(Map<String, List<String>> answers) {
    var known = new LinkedHashSet<String>();
    for (var question : questions()) {
      known.add(question.code());
      question.check(answers.get(question.code()));
    }
    for (var code : answers.keySet())
      if (!known.contains(code))
        throw new Refusal.Invalid(
            code()
                + " has no attribute["
                + code
                + "]; "
                + (known.isEmpty() ? "it has none" : "it has " + String.join(", ", known)));
  }

  /// When a report made at a moment should be dealt with; empty where the city promises nothing.
  Optional<Instant> expected(Instant reported) {
    long hours = record.count("respondWithinHours");
    return hours == 0 ? Optional.empty() : Optional.of(reported.plus(Duration.ofHours(hours)));
  }
}
