package plaza.programme.call;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.procedure.Rules;
import plaza.programme.procedure.Situation;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What the reviews of a proposal come to.
final class Reviews {
  private static final Duration TO_REVIEW = Duration.ofDays(21);

  private Reviews() {}

  static List<Dossier> of(Situation s, Dossier proposal) {
    return s.list(Kind.REVIEW, "proposal", proposal.id());
  }

  static List<Dossier> finished(Situation s, Dossier proposal) {
    return of(s, proposal).stream().filter(review -> review.is("FINAL")).toList();
  }

  /// The mean of the final reviews' weighted scores, 0 to 5; 0 without reviews.
  static double score(Situation s, Dossier challenge, Dossier proposal) {
    var rubric = Rubric.of(challenge);
    return finished(s, proposal).stream()
        .mapToDouble(review -> rubric.score(Rubric.scores(review)))
        .average()
        .orElse(0);
  }

  /// One review for each eligible proposal and panel member. Who has a tie is recused at once.
  static boolean assign(Situation s, Rules rules) {
    return assign(s, s.record(), CallWords.proposals(s, "ELIGIBLE", "SHORTLISTED"), rules);
  }

  static boolean assign(Situation s, Dossier challenge, List<Dossier> proposals, Rules rules) {
    var conflicts = new Conflicts(rules);
    for (var proposal : proposals)
      for (var person : challenge.texts("panel")) {
        var review =
            Dossier.of(
                Kind.REVIEW,
                s.ids().next(Kind.REVIEW),
                "ASSIGNED",
                Map.of(
                    "challenge", Value.of(challenge.id()),
                    "proposal", Value.of(proposal.id()),
                    "reviewer", Value.of(person),
                    "dueAt", Value.of(s.now().plus(TO_REVIEW).toString())));
        s.work().save(review);
        s.work().enter(review, "assign", Value.Struct.EMPTY);
        Optional<String> tie = conflicts.find(s.work(), person, s.standing(person), proposal);
        tie.ifPresent(reason -> {
          s.work().save(s.get(Kind.REVIEW, review.id()).with("tie", reason));
          s.move(Kind.REVIEW, review.id(), "autoRecuse", "conflict", Value.Struct.EMPTY);
        });
      }
    return true;
  }
}
