package plaza.programme.invariant;

import java.util.List;
import plaza.graph.Value;
import plaza.programme.invariant.Records.Moment;
import plaza.programme.record.Canonical;
import plaza.programme.record.Kind;

/// I3: from SCHEDULED on the rubric is what it was.
final class RubricsStayFrozen extends Invariant {
  RubricsStayFrozen() {
    super("I3");
  }

  @Override
  void happened(SmallCity city, Records records, Moment moment) {
    for (var change : moment.changes()) {
      var after = change.after();
      if (!change.is(Kind.CHALLENGE) || after == null || after.is("DRAFT", "IN_REVIEW")) continue;
      var before = change.before();
      boolean wasFrozen = before != null && !before.is("DRAFT", "IN_REVIEW");
      for (var field : List.of("rubric", "rubricHash"))
        require(
            after.has(field) && (!wasFrozen || after.find(field).equals(before.find(field))),
            "%s of %s was changed while it was %s",
            field,
            after.id(),
            after.state());
      var rubric = after.find("rubric").orElse(Value.Null.VALUE);
      require(
          Value.of(Canonical.hash(rubric)).equals(after.find("rubricHash").orElse(null)),
          "the rubric of %s does not hash to what was frozen",
          after.id());
    }
  }
}
