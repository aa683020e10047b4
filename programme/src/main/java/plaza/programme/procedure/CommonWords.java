package plaza.programme.procedure;

import java.time.Duration;
import java.util.Optional;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// The words that mean the same in every procedure.
public final class CommonWords {
  /// How long who owes a lesson has to write it (invariant I9).
  private static final Duration LESSON_WITHIN = Duration.ofDays(30);

  private CommonWords() {}

  public static void register(Functions functions) {
    guards(functions);
    effects(functions);
  }

  private static void guards(Functions functions) {
    functions
        .guard("reason", (s, term) -> onlyIfHolds(s, term) ? stated(s, "reason") : Optional.empty())
        .guard("comment", (s, _) -> stated(s, "comment"))
        .guard("publicReason", CommonWords::publicReason)
        .guard("now", CommonWords::now)
        .guard("before", CommonWords::before);
  }

  private static void effects(Functions functions) {
    functions
        .effect("notify", (s, _) -> told(s, "parties"))
        .effect("notifyAuthor", (s, _) -> told(s, "author"))
        .effect("notifyFollowers", (s, _) -> told(s, "followers"))
        .effect("notifyNeedFollowers", (s, _) -> told(s, "need followers"))
        .effect("notifyOwner", (s, _) -> told(s, "owner department"))
        .effect("notifySponsor", (s, _) -> told(s, "sponsor"))
        .effect("notifyDrafts", (s, _) -> told(s, "authors of drafts"))
        .effect("feedbackToAll", (s, _) -> told(s, "proposers, with feedback"))
        .effect("sendUserSurvey", (s, _) -> told(s, "users, with a survey"))
        .effect("log", (_, _) -> true) // every step is logged: the audit chain
        .effect("logReason", (_, _) -> true)
        .effect(
            "publishOCDS",
            (s, term) -> {
              s.publish("OCDS " + String.join(" ", term.arguments()));
              return true;
            })
        .effect(
            "lessonRequired",
            (s, _) -> {
              s.set("lessonRequired", Value.of(true));
              s.set("lessonDueAt", s.now().plus(LESSON_WITHIN));
              return true;
            });
  }

  private static boolean told(Situation s, String audience) {
    s.tell(audience, s.record().id());
    return true;
  }

  private static boolean onlyIfHolds(Situation s, Term term) {
    var role = term.onlyIf();
    return role == null || s.standing().holds(role);
  }

  /// Whether a text was sent with the action; it is kept with the record.
  public static Optional<String> stated(Situation s, String name) {
    return s.input().findText(name, 4_000).isPresent()
        ? Optional.empty()
        : Optional.of("send a " + name);
  }

  private static Optional<String> publicReason(Situation s, Term term) {
    int least = term.operator() == null ? 1 : (int) term.threshold();
    var reason = s.input().findText("publicReason", 4_000).orElse("");
    return reason.codePointCount(0, reason.length()) >= least
        ? Optional.empty()
        : Optional.of(
            "send a publicReason of at least " + least + " characters; it will be published");
  }

  /// `now>=opensAt`, `now>start+grace`: a moment that has come. `now in [start-15m,end]`: between
  /// two, both included.
  private static Optional<String> now(Situation s, Term term) {
    if ("in".equals(term.operator())) {
      var bounds = term.right().substring(1, term.right().length() - 1).split(",", 2);
      var late = before(s, bounds[1], true);
      return late.isPresent() ? late : since(s, bounds[0], false);
    }
    return since(s, term.right(), ">".equals(term.operator()));
  }

  private static Optional<String> since(Situation s, String text, boolean strictly) {
    var at = Agenda.moment(s.record(), text);
    if (at.isEmpty()) return Optional.of("set " + text);
    boolean come = strictly ? s.now().isAfter(at.get()) : !s.now().isBefore(at.get());
    return come ? Optional.empty() : Optional.of("wait until " + text + ", " + at.get());
  }

  private static Optional<String> before(Situation s, Term term) {
    return before(s, term.right(), false);
  }

  private static Optional<String> before(Situation s, String text, boolean included) {
    var until = Agenda.moment(s.record(), text);
    if (until.isEmpty()) return Optional.of("set " + text);
    boolean early = s.now().isBefore(until.get()) || (included && s.now().equals(until.get()));
    return early
        ? Optional.empty()
        : Optional.of("it is past " + until.get() + " and too late for this");
  }

  /// The text of a member that an intake takes into the record when it was sent.
  public static void keep(Situation s, String name, int most) {
    s.input().findText(name, most).ifPresent(text -> s.set(name, text));
  }

  public static Refusal.Invalid invalid(Situation s, String sentence) {
    return new Refusal.Invalid(
        "'" + s.step().action() + "' of " + s.record().id() + ": " + sentence);
  }
}
