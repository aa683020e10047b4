package plaza.programme.call;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import plaza.graph.Value;
import plaza.programme.record.Dossier;

/// What a proposer is told once the call is decided: for each criterion the mean score and what
/// reviewers and the board wrote, without who wrote it.
public final class Feedback {
  private Feedback() {}

  /// Whether a proposer is told by now.
  public static boolean isDue(Dossier challenge, Dossier proposal) {
    return challenge.is("DECIDED", "COMPLETED", "UNSUCCESSFUL")
        || proposal.is("SELECTED", "NOT_SELECTED");
  }

  /// `[{criterion, weight, score, comments}]`, in the rubric's order.
  ///
  /// @param reviews all of the proposal
  public static Value.Items of(Dossier challenge, Dossier proposal, List<Dossier> reviews) {
    var rows = new ArrayList<Value>();
    for (var criterion : Rubric.of(challenge).criteria()) {
      var comments = new ArrayList<String>();
      double sum = 0;
      int scored = 0;
      for (var review : reviews.stream().sorted(Comparator.comparing(Dossier::id)).toList()) {
        var score = review.is("FINAL") ? Rubric.scores(review).get(criterion.name()) : null;
        if (score == null) continue;
        sum += score.score();
        scored++;
        if (!score.comment().isEmpty()) comments.add(score.comment());
      }
      comments.addAll(sent(proposal, criterion.name()));
      var row = new LinkedHashMap<String, Value>();
      row.put("criterion", Value.of(criterion.name()));
      row.put("weight", Value.of(criterion.weight()));
      row.put("score", scored == 0 ? Value.Null.VALUE : Value.of(sum / scored));
      row.put("comments", Value.of(comments));
      rows.add(new Value.Struct(row));
    }
    return new Value.Items(rows);
  }

  private static List<String> sent(Dossier proposal, String criterion) {
    var texts = new ArrayList<String>();
    for (var item : proposal.items("feedback"))
      if (item instanceof Value.Struct(var members)
          && Value.of(criterion).equals(members.get("criterion"))
          && members.get("text") instanceof Value.Text(var text)) texts.add(text);
    return texts;
  }
}
