package plaza.programme.invariant;

import java.util.List;
import java.util.Set;
import plaza.programme.invariant.Records.Changed;
import plaza.programme.invariant.Records.Moment;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// I8: a measured indicator takes no typed value. Its numbers change when Plaza measures and at no
/// other step; another definition is a new revision that an amendment explains.
final class NumbersAreMeasured extends Invariant {
  /// A number that people type wherever they can, and that no measurement gives.
  static final String TYPED = "0.123456789";

  private static final List<String> BASELINE =
      List.of("baseline", "controlBaseline", "baselineFrozenAt");
  private static final List<String> RESULT =
      List.of(
          "measured",
          "controlMeasured",
          "measuredAt",
          "effect",
          "interval",
          "controlled",
          "verdict",
          "verdictReasons");

  NumbersAreMeasured() {
    super("I8");
  }

  @Override
  void happened(SmallCity city, Records records, Moment moment) {
    for (var change : moment.changes()) {
      var after = change.after();
      if (!change.is(Kind.INDICATOR)) continue;
      if (after == null) fault(change.before() + " was deleted");
      else changed(change, after, actions(moment));
    }
  }

  private static Set<String> actions(Moment moment) {
    return moment.links().stream()
        .map(Records.Link::action)
        .collect(java.util.stream.Collectors.toSet());
  }

  private void changed(Changed change, Dossier after, Set<String> actions) {
    require(
        !after.fields().toString().contains(TYPED), "%s holds a typed number: %s", after, actions);
    var before = change.before();
    for (var field : BASELINE)
      require(
          same(before, after, field)
              || actions.contains(after.has(field) ? "freezeBaseline" : "amendKpi"),
          "%s of %s was changed by %s",
          field,
          after.id(),
          actions);
    for (var field : RESULT)
      require(
          same(before, after, field)
              || actions.contains("finish")
              || (!after.has(field) && actions.contains("amendKpi")),
          "%s of %s was changed by %s",
          field,
          after.id(),
          actions);
    if (before == null || before.is("DRAFT")) return;
    boolean redefined = !same(before, after, "definition");
    require(
        !redefined || actions.contains("amendKpi"), "%s was redefined by %s", after.id(), actions);
    require(
        after.count("revision") == before.count("revision") + (redefined ? 1 : 0),
        "%s has revision %s after %s by %s",
        after.id(),
        after.count("revision"),
        before.count("revision"),
        actions);
    require(
        Canonical.hash(after.find("definition").orElseThrow()).equals(after.text("definitionHash")),
        "the definition of %s does not hash to what was locked",
        after.id());
  }

  private static boolean same(
      @org.jspecify.annotations.Nullable Dossier before, Dossier after, String field) {
    return before == null ? !after.has(field) : before.find(field).equals(after.find(field));
  }
}
