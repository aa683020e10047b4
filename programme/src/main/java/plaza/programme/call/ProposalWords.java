package plaza.programme.call;

import static java.util.Optional.empty;
import static plaza.programme.procedure.CommonWords.keep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Rules;
import plaza.programme.procedure.Situation;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;

/// What the words of the procedures Proposal and Review mean.
public final class ProposalWords {
  private final Conflicts conflicts;
  private final Rules rules;

  public ProposalWords(Rules rules) {
    this.conflicts = new Conflicts(rules);
    this.rules = rules;
  }

  public void register(Functions functions) {
    submission(functions);
    screening(functions);
    new AppealWords(rules).register(functions);
    selection(functions);
    ties(functions);
    reviews(functions);
    functions
        .only(
            Kind.PROPOSAL,
            "innovator",
            s -> s.standing().belongsToAny(s.record().texts("organisation")))
        .only(Kind.REVIEW, "panelMember", s -> s.record().text("reviewer").equals(s.caller().id()));
  }

  private static void submission(Functions functions) {
    functions
        .guard("challengeOpen", (s, _) -> challengeOpen(s))
        .guard(
            "orgVerified",
            (s, _) ->
                s.isVerifiedOrganisation(s.record().text("organisation"))
                    ? empty()
                    : Optional.of("have the registration of the organisation verified"))
        .guard(
            "requiredFieldsComplete",
            (s, _) -> {
              var body = ProposalDesk.body(s.record());
              var missing =
                  ProposalDesk.REQUIRED.stream().filter(name -> !body.containsKey(name)).toList();
              if (s.record().texts("team").isEmpty()) return Optional.of("name the team");
              return missing.isEmpty() ? empty() : Optional.of("fill in body: " + missing);
            })
        .guard(
            "dataNeedsDeclared",
            (s, _) ->
                ProposalDesk.body(s.record()).containsKey("dataNeeds")
                    ? empty()
                    : Optional.of("say in body.dataNeeds which data are needed, or []"))
        .effect("seal", (s, _) -> seal(s))
        .effect(
            "receipt",
            (s, _) -> {
              s.work().answer("receipt", Value.of(s.record().text("sealHash")));
              return true;
            })
        .effect(
            "breakSealLogged",
            (s, _) -> {
              s.clear("sealHash");
              s.clear("sealedAt");
              return true;
            });
  }

  private static void screening(Functions functions) {
    functions
        .guard(
            "challengeClosed",
            (s, _) ->
                challenge(s).is("CLOSED", "EVALUATING")
                    ? empty()
                    : Optional.of("wait until the call has closed"))
        .guard(
            "eligibilityChecklistComplete",
            (s, _) -> {
              var open =
                  s.input().structs("checklist", 50).stream()
                      .map(item -> new Fields("an item", item))
                      .filter(item -> !item.flag("met"))
                      .map(item -> item.text("item", 500))
                      .toList();
              if (!s.input().has("checklist"))
                return Optional.of("send checklist: [{item, met: true}]");
              return open.isEmpty() ? empty() : Optional.of("not met: " + open);
            })
        .guard(
            "failedCriterionNamed",
            (s, _) ->
                s.input().findText("failedCriterion", 500).isPresent()
                    ? empty()
                    : Optional.of("name the failedCriterion"))
        .intake(
            Kind.PROPOSAL,
            "screenIn",
            s -> s.input().find("checklist").ifPresent(list -> s.set("checklist", list)))
        .intake(Kind.PROPOSAL, "screenOut", s -> keep(s, "failedCriterion", 500));
  }

  private static void selection(Functions functions) {
    functions
        .guard(
            "reviewsFinal",
            (s, _) -> {
              var reviews = Reviews.of(s, s.record());
              long open =
                  reviews.stream().filter(r -> !r.is("FINAL", "RECUSED", "EXPIRED")).count();
              return open == 0 && reviews.stream().anyMatch(r -> r.is("FINAL"))
                  ? empty()
                  : Optional.of(open + " of " + reviews.size() + " reviews are not finished");
            })
        .guard("feedbackPerCriterion", (s, _) -> feedback(s))
        .guard(
            "decisionRecord",
            (s, _) ->
                challenge(s).is("DECIDED")
                        && challenge(s).texts("selected").contains(s.record().id())
                    ? empty()
                    : Optional.of("the challenge must be decided for this proposal"))
        .effect(
            "createPilot",
            (s, _) -> {
              CallWords.createPilot(s, challenge(s), s.record());
              return true;
            })
        .intake(
            Kind.PROPOSAL,
            "notSelect",
            s -> s.input().find("feedback").ifPresent(list -> s.set("feedback", list)));
  }

  private void ties(Functions functions) {
    functions
        .guard(
            "sameOrg",
            (s, _) ->
                found(
                    conflicts.sameOrganisation(reviewer(s), s.standing(reviewer(s)), proposal(s)),
                    "same organisation"))
        .guard(
            "fundingLink",
            (s, _) ->
                found(
                    conflicts.fundingLink(s.work(), s.standing(reviewer(s)), proposal(s)),
                    "funding link"))
        .guard(
            "coParticipation",
            (s, _) ->
                found(
                    conflicts.jointPilot(s.work(), s.standing(reviewer(s)), proposal(s)),
                    "joint pilot"))
        .guard(
            "declaredConflict",
            (s, _) ->
                found(conflicts.declared(s.work(), reviewer(s), proposal(s)), "declared conflict"))
        .guard(
            "noDetectedLink",
            (s, _) ->
                conflicts
                    .find(s.work(), reviewer(s), s.standing(reviewer(s)), proposal(s))
                    .map(tie -> "declare the conflict: " + tie));
  }

  private static void reviews(Functions functions) {
    functions
        .guard(
            "declarationSigned",
            (s, _) ->
                s.input().flag("declarationSigned")
                    ? empty()
                    : Optional.of("send declarationSigned: true"))
        .guard(
            "dueDatePassed",
            (s, _) ->
                s.now().isBefore(s.record().moment("dueAt"))
                    ? Optional.of("it is due on " + s.record().text("dueAt"))
                    : empty())
        .guard(
            "everyCriterionScored",
            (s, _) -> {
              var missing = Rubric.of(challenge(s)).missing(Rubric.scores(s.record()));
              return missing.isEmpty() ? empty() : Optional.of("score " + missing);
            })
        .guard(
            "commentPerCriterion",
            (s, _) -> {
              var silent =
                  Rubric.scores(s.record()).values().stream()
                      .filter(score -> score.comment().isEmpty())
                      .map(Rubric.Score::criterion)
                      .toList();
              return silent.isEmpty() ? empty() : Optional.of("comment on " + silent);
            })
        .guard(
            "beforeFinal",
            (s, _) ->
                challenge(s).is("EVALUATING") ? empty() : Optional.of("the evaluation is over"))
        .effect(
            "openSealedProposal",
            (s, _) -> {
              s.set("openedAt", s.now());
              return true;
            })
        .effect(
            "reassign",
            (s, _) -> {
              s.tell("pmo, to reassign", s.record().id());
              return true;
            })
        .effect(
            "lockScore",
            (s, _) -> {
              s.set("lockedHash", Canonical.hash(new Value.Items(s.record().items("scores"))));
              return true;
            })
        // The score before a revision stays in the record's history, which nobody can rewrite.
        .effect(
            "keepVersion",
            (s, _) -> {
              s.set("revisions", Value.of(s.record().count("revisions") + 1));
              return true;
            })
        .effect("discardDraftScore", (s, _) -> clearScores(s))
        .effect("voidScore", (s, _) -> clearScores(s))
        .intake(Kind.REVIEW, "score", ProposalWords::takeScores)
        .intake(Kind.REVIEW, "revise", ProposalWords::takeScores)
        .intake(Kind.REVIEW, "declareConflict", s -> keep(s, "reason", 4_000));
  }

  private static Optional<String> challengeOpen(Situation s) {
    var call = challenge(s);
    boolean open =
        call.is("OPEN") && call.findMoment("closesAt").filter(s.now()::isBefore).isPresent();
    return open ? empty() : Optional.of("the call is " + call.state() + "; it must be open");
  }

  /// SHA-256 over the canonical body and a nonce that only the author is given, so that a guessed
  /// body cannot be tried against the receipt.
  private static boolean seal(Situation s) {
    var nonce = s.ids().token();
    var seal = Receipts.seal(nonce, new Value.Struct(ProposalDesk.body(s.record())));
    s.set("sealHash", seal);
    s.attest(seal);
    s.set("sealedAt", s.now());
    s.work().answer("nonce", Value.of(nonce));
    return true;
  }

  private static Optional<String> feedback(Situation s) {
    var given = new LinkedHashMap<String, String>();
    for (var item : s.input().structs("feedback", 50)) {
      var fields = new Fields("feedback", item);
      given.put(fields.text("criterion", 200), fields.text("text", 4_000));
      fields.done();
    }
    for (var review : Reviews.finished(s, s.record()))
      Rubric.scores(review)
          .values()
          .forEach(score -> given.put(score.criterion(), score.comment()));
    var missing = Rubric.of(challenge(s)).missing(given);
    return missing.isEmpty()
        ? empty()
        : Optional.of("send feedback: [{criterion, text}] for " + missing);
  }

  private static void takeScores(Situation s) {
    var scores = s.input().structs("scores", 50);
    Rubric.scores(scores);
    if (!scores.isEmpty()) s.set("scores", new Value.Items(List.copyOf(scores)));
  }

  private static boolean clearScores(Situation s) {
    s.clear("scores");
    return true;
  }

  private static Optional<String> found(Optional<String> tie, String what) {
    return tie.isPresent() ? empty() : Optional.of("no " + what + " was found");
  }

  private static Dossier challenge(Situation s) {
    return s.get(Kind.CHALLENGE, s.record().text("challenge"));
  }

  private static Dossier proposal(Situation s) {
    return s.get(Kind.PROPOSAL, s.record().text("proposal"));
  }

  private static String reviewer(Situation s) {
    return s.record().text("reviewer");
  }
}
