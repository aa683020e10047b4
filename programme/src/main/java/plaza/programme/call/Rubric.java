package plaza.programme.call;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;

/// By what proposals are judged: criteria with weights, each scored 0 to 5.
record Rubric(List<Criterion> criteria) {
  record Criterion(String name, long weight) {}

  /// One criterion's score in a review.
  record Score(String criterion, double score, String comment) {}

  Rubric {
    criteria = List.copyOf(criteria);
    var names = new HashSet<String>();
    for (var criterion : criteria)
      if (!names.add(criterion.name()))
        throw new Refusal.Invalid("the rubric names '" + criterion.name() + "' twice");
  }

  static Rubric of(List<Value.Struct> json) {
    var criteria = new ArrayList<Criterion>();
    for (var one : json) {
      var fields = new Fields("a criterion", one);
      criteria.add(
          new Criterion(
              fields.text("criterion", 200), fields.findCount("weight", 1, 100).orElse(1L)));
      fields.done();
    }
    return new Rubric(criteria);
  }

  static Rubric of(Dossier challenge) {
    return of(
        challenge.items("rubric").stream()
            .filter(Value.Struct.class::isInstance)
            .map(Value.Struct.class::cast)
            .toList());
  }

  Value.Items toValue() {
    return new Value.Items(
        criteria.stream()
            .<Value>map(c -> {
              var members = new LinkedHashMap<String, Value>();
              members.put("criterion", Value.of(c.name()));
              members.put("weight", Value.of(c.weight()));
              return new Value.Struct(members);
            })
            .toList());
  }

  long weights() {
    return criteria.stream().mapToLong(Criterion::weight).sum();
  }

  /// Criteria without an entry, or with an empty one.
  List<String> missing(Map<String, ?> by) {
    return criteria.stream().map(Criterion::name).filter(name -> !by.containsKey(name)).toList();
  }

  /// The weighted mean of a review's scores, 0 to 5.
  double score(Map<String, Score> scores) {
    double sum = 0;
    for (var criterion : criteria) {
      var score = scores.get(criterion.name());
      if (score != null) sum += criterion.weight() * score.score();
    }
    return weights() == 0 ? 0 : sum / weights();
  }

  /// Reads `[{criterion, score, comment}]`.
  static Map<String, Score> scores(List<Value.Struct> json) {
    var scores = new LinkedHashMap<String, Score>();
    for (var one : json) {
      var fields = new Fields("a score", one);
      var score =
          new Score(
              fields.text("criterion", 200),
              fields.number("score"),
              fields.findText("comment", 4_000).orElse(""));
      fields.done();
      if (!(score.score() >= 0 && score.score() <= 5))
        throw new Refusal.Invalid(
            "the score of '" + score.criterion() + "' must be from 0 to 5, not " + score.score());
      scores.put(score.criterion(), score);
    }
    return scores;
  }

  static Map<String, Score> scores(Dossier review) {
    return scores(
        review.items("scores").stream()
            .filter(Value.Struct.class::isInstance)
            .map(Value.Struct.class::cast)
            .toList());
  }
}
