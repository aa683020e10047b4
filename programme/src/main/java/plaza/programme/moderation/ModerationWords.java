package plaza.programme.moderation;

import static java.util.Optional.empty;
import static plaza.programme.procedure.CommonWords.keep;
import static plaza.programme.procedure.CommonWords.stated;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Situation;
import plaza.programme.procedure.Term;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What the words of the procedure ModerationCase mean, and those by which a need opens one.
public final class ModerationWords {
  /// The state a need is in while a decision against it holds.
  private static final Map<String, String> HOLDS_IN =
      Map.of("reject", "REJECTED", "hide", "SUBMITTED");

  public void register(Functions functions) {
    functions
        .guard("appealText", (s, _) -> stated(s, "appeal"))
        .guard("noAppealPending", (s, _) -> noAppealPending(s))
        .guard("otherThanDecider", (s, _) -> otherThanDecider(s))
        .guard(
            "decisionReplaced",
            (s, _) -> isReplaced(s) ? empty() : Optional.of("the decision still holds"))
        .effect("openModerationCase", ModerationWords::open)
        .effect("settleModerationCase", (s, _) -> settle(s))
        .effect("reinstateNeed", (s, _) -> reinstate(s))
        .effect("notifyModerators", (s, _) -> tell(s, "moderator"))
        .effect(
            "remindModerators",
            (s, _) -> {
              s.set("remindedAt", s.now());
              return tell(s, "moderator, an appeal is overdue");
            })
        .intake(
            Kind.MODERATION_CASE,
            "appeal",
            s -> {
              keep(s, "appeal", 4_000);
              s.set("appealedAt", s.now());
            })
        .intake(Kind.MODERATION_CASE, "uphold", ModerationWords::takeOutcome)
        .intake(Kind.MODERATION_CASE, "overturn", ModerationWords::takeOutcome);
  }

  private static boolean tell(Situation s, String audience) {
    s.tell(audience, s.record().id());
    return true;
  }

  private static void takeOutcome(Situation s) {
    keep(s, "publicReason", 4_000);
    s.set("reviewedBy", s.caller().id());
    s.set("reviewedAt", s.now());
  }

  private static Optional<String> noAppealPending(Situation s) {
    return current(s).filter(one -> one.is("APPEALED")).isPresent()
        ? Optional.of(
            "its author appealed; another moderator decides " + s.record().text("moderationCase"))
        : empty();
  }

  private static Optional<Dossier> current(Situation need) {
    return need.record()
        .findText("moderationCase")
        .flatMap(id -> need.find(Kind.MODERATION_CASE, id));
  }

  private static Optional<String> otherThanDecider(Situation s) {
    return s.record().text("decidedBy").equals(s.caller().id())
        ? Optional.of("another moderator than the one who decided has to look at it")
        : empty();
  }

  private static boolean isReplaced(Situation s) {
    var need = s.get(Kind.NEED, s.record().text("need"));
    return !need.is(HOLDS_IN.getOrDefault(s.record().text("decision"), ""))
        || !need.texts("moderationCase").contains(s.record().id());
  }

  /// `openModerationCase(30d)`: so long can its author appeal. A decision that replaces an earlier
  /// one settles it.
  private static boolean open(Situation s, Term term) {
    var days = term.arguments().getFirst();
    var wait = Duration.ofDays(Long.parseLong(days.substring(0, days.length() - 1)));
    var earlier = current(s);
    var need = s.record();
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("need", Value.of(need.id()));
    fields.put("decision", Value.of(s.step().action()));
    for (var name : List.of("title", "reasonCode", "author", "tokenHash"))
      need.find(name).ifPresent(value -> fields.put(name, value));
    s.input()
        .findText("moderationNote", 2_000)
        .ifPresent(note -> fields.put("moderationNote", Value.of(note)));
    fields.put("decidedBy", Value.of(s.caller().id()));
    fields.put("decidedAt", Value.of(s.now().toString()));
    fields.put("appealUntil", Value.of(s.now().plus(wait).toString()));
    var opened =
        Dossier.of(Kind.MODERATION_CASE, s.ids().next(Kind.MODERATION_CASE), "DECIDED", fields);
    s.work().save(opened);
    s.set("moderationCase", opened.id());
    s.work().enter(opened, "open", Value.Struct.EMPTY);
    earlier.ifPresent(one -> settle(s, one));
    return true;
  }

  private static boolean settle(Situation s) {
    current(s).ifPresent(one -> settle(s, one));
    return true;
  }

  private static void settle(Situation s, Dossier earlier) {
    if (earlier.is("DECIDED"))
      s.move(Kind.MODERATION_CASE, earlier.id(), "supersede", "moderation", Value.Struct.EMPTY);
  }

  /// The need is public again as it was written, in the same write. What the screen finds in it
  /// needs the moderator's note here as it does elsewhere.
  private static boolean reinstate(Situation s) {
    var note =
        s.input()
            .findText("moderationNote", 2_000)
            .map(text -> Map.<String, Value>of("moderationNote", Value.of(text)))
            .orElse(Map.of());
    s.move(Kind.NEED, s.record().text("need"), "reinstate", "appeal", new Value.Struct(note));
    return true;
  }
}
