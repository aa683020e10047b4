package plaza.programme.lesson;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Situation;
import plaza.programme.procedure.Work;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;

/// Where lessons are written down and looked up.
public final class LessonDesk {
  /// What lessons are about, and the lesson's field that names it.
  static final Map<Kind, String> SUBJECTS =
      Map.of(
          Kind.PILOT, "pilot",
          Kind.CHALLENGE, "challenge",
          Kind.SERVICE, "service",
          Kind.FUNDING_ROUND, "round",
          Kind.REPLICATION, "replication",
          Kind.REGULATORY_CASE, "case");

  private final Engine engine;

  public LessonDesk(Engine engine) {
    this.engine = engine;
  }

  /// Writes down what was learned of a record: `{what, evidence, tags}`.
  public Outcome learn(Caller caller, Kind kind, String id, Value.Struct json) {
    var input = new Fields("a lesson", json);
    var fields = new LinkedHashMap<String, Value>();
    fields.put("what", Value.of(input.text("what", 4_000)));
    input.findText("evidence", 4_000).ifPresent(text -> fields.put("evidence", Value.of(text)));
    fields.put("tags", Value.of(input.texts("tags", 20)));
    input.done();
    return engine.run(
        caller,
        work -> {
          var subject = work.get(kind, id);
          requireMay(caller, subject);
          return learned(work, subject, fields);
        });
  }

  static Dossier learned(Work work, Dossier subject, Map<String, Value> said) {
    var field = SUBJECTS.get(subject.kind());
    if (field == null)
      throw new Refusal.Conflict("there are no lessons about a " + subject.kind().title());
    var fields = new LinkedHashMap<>(said);
    fields.put(field, Value.of(subject.id()));
    subject.findText("title").ifPresent(title -> fields.put("about", Value.of(title)));
    fields.put("outcome", Value.of(subject.state()));
    fields.put("learnedAt", Value.of(work.now().toString()));
    var lesson = Dossier.of(Kind.LESSON, work.ids().next(Kind.LESSON), Dossier.KEPT, fields);
    work.save(lesson);
    var lessons = new ArrayList<>(subject.texts("lessons"));
    lessons.add(lesson.id());
    work.save(subject.with("lessons", lessons).without("lessonRequired"));
    work.enter(lesson, "learn", Value.Struct.EMPTY);
    return lesson;
  }

  private void requireMay(Caller caller, Dossier subject) {
    var standing = engine.standing(caller);
    var scopes = Situation.scopes(subject);
    boolean may =
        standing.holds("pmo")
            || standing.belongsToAny(subject.texts("organisation"))
            || standing.belongsToAny(subject.texts("operator"))
            || switch (subject.kind()) {
              case SERVICE -> standing.holds("serviceOwner", scopes);
              case FUNDING_ROUND -> standing.holds("financeOfficer", scopes);
              case REPLICATION -> standing.holds("cityDelegate", scopes);
              case REGULATORY_CASE -> standing.holds("regulatoryOfficer", scopes);
              default -> false;
            };
    if (may) return;
    var sentence =
        "lessons of " + subject.id() + " are written by the pmo and those who worked on it";
    throw caller.isSignedIn()
        ? new Refusal.Forbidden(sentence)
        : new Refusal.Unauthenticated(sentence + "; sign in");
  }

  /// Lessons in which every word occurs, whatever its case and accents, newest first.
  ///
  /// @param text words, perhaps none
  /// @param tag one that they must have; null for any
  public List<Dossier> search(Address address, String text, Optional<String> tag) {
    var words = List.of(folded(text).strip().split("\\s+"));
    var having = tag.map(t -> List.of(new Having("tags", t))).orElse(List.of());
    return engine.dossiers().list(address, Kind.LESSON, having).stream()
        .filter(lesson -> {
          var all = folded(words(lesson));
          return words.stream().allMatch(all::contains);
        })
        .sorted(
            Comparator.comparing((Dossier one) -> one.findText("learnedAt").orElse(""))
                .thenComparing(Dossier::id)
                .reversed())
        .toList();
  }

  private static String words(Dossier lesson) {
    var all = new StringBuilder();
    for (var field : List.of("what", "evidence", "about", "outcome", "tags"))
      for (var text : lesson.texts(field)) all.append(text).append(' ');
    return all.toString();
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT);
  }
}
