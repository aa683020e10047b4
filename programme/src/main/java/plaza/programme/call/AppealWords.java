package plaza.programme.call;

import static java.util.Optional.empty;
import static plaza.programme.procedure.CommonWords.keep;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Rules;
import plaza.programme.procedure.Situation;
import plaza.programme.record.Kind;

/// What the words about appeals mean: who was screened out may appeal once within a window, with
/// `{appeal}`; somebody else of the office decides, with a reason; no call is decided before.
final class AppealWords {
  private final Rules rules;

  AppealWords(Rules rules) {
    this.rules = rules;
  }

  void register(Functions functions) {
    functions
        .effect(
            "appealWindow",
            (s, term) -> {
              var text = term.arguments().getFirst();
              long days = Long.parseLong(text.substring(0, text.length() - 1));
              s.set("appealUntil", s.now().plus(Duration.ofDays(days)));
              s.set("screenedBy", s.caller().id());
              return true;
            })
        .guard(
            "appealStated",
            (s, _) ->
                s.input().findText("appeal", 4_000).isPresent()
                    ? empty()
                    : Optional.of("send appeal: why the proposal meets the criterion"))
        .guard(
            "notAppealedBefore",
            (s, _) ->
                s.record().has("appealAnswer")
                    ? Optional.of("it was appealed before, and answered")
                    : empty())
        .guard(
            "decider",
            (s, _) ->
                s.record().texts("screenedBy").contains(s.caller().id())
                    ? Optional.of("somebody else than who screened it must decide")
                    : empty())
        .guard("appealsDecided", (s, _) -> undecided(s))
        .effect("admitLate", (s, _) -> admit(s))
        .effect(
            "notifyScreener",
            (s, _) -> {
              s.tell("pmo, of the appeal", s.record().id());
              return true;
            })
        .settle(Kind.PROPOSAL, "appeal", s -> keep(s, "appeal", 4_000))
        .settle(Kind.PROPOSAL, "upholdAppeal", AppealWords::keepAnswer)
        .settle(Kind.PROPOSAL, "dismissAppeal", AppealWords::keepAnswer);
  }

  private static void keepAnswer(Situation s) {
    s.input().findText("reason", 4_000).ifPresent(reason -> s.set("appealAnswer", reason));
  }

  /// Who may still appeal, or has and was not answered, may still belong among those decided on.
  private static Optional<String> undecided(Situation s) {
    var waiting =
        CallWords.proposals(s, "APPEALED", "INELIGIBLE").stream()
            .filter(proposal ->
                proposal.is("APPEALED")
                    || (!proposal.has("appealAnswer")
                        && proposal
                            .findMoment("appealUntil")
                            .filter(s.now()::isBefore)
                            .isPresent()))
            .map(proposal ->
                proposal.is("APPEALED")
                    ? "decide the appeal of " + proposal.id()
                    : proposal.id() + " may appeal until " + proposal.text("appealUntil"))
            .toList();
    return waiting.isEmpty() ? empty() : Optional.of(String.join("; ", waiting));
  }

  /// In an evaluation that has begun the panel gets the proposal too.
  private boolean admit(Situation s) {
    var challenge = s.get(Kind.CHALLENGE, s.record().text("challenge"));
    if (challenge.is("EVALUATING")) Reviews.assign(s, challenge, List.of(s.record()), rules);
    return true;
  }
}
