package plaza.programme.invariant;

import plaza.graph.Value;
import plaza.programme.invariant.Records.Moment;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// I12: the evidence of a gate hashes to what was sealed, stays what it was, and says of each
/// indicator what was measured when it was decided on.
final class EvidenceRecomputes extends Invariant {
  EvidenceRecomputes() {
    super("I12");
  }

  @Override
  void happened(SmallCity city, Records records, Moment moment) {
    for (var change : moment.changes()) {
      var gate = change.after();
      if (!change.is(Kind.GATE_DECISION)) continue;
      if (gate == null) {
        fault(change.before() + " was deleted");
        continue;
      }
      var evidence = gate.find("evidence").orElse(Value.Null.VALUE);
      require(
          Canonical.hash(evidence).equals(gate.findText("evidenceHash").orElse("")),
          "the evidence of %s does not hash to what was sealed",
          gate.id());
      var before = change.before();
      require(
          before == null || before.find("evidence").equals(gate.find("evidence")),
          "the evidence of %s was changed",
          gate.id());
      if (before != null && before.is("OPEN") && gate.is("DECIDED")) decided(records, gate);
    }
  }

  private void decided(Records records, Dossier gate) {
    var rows =
        gate.findStruct("evidence").orElseThrow().members().get("indicators")
                instanceof Value.Items(var items)
            ? items
            : java.util.List.<Value>of();
    for (var row : rows) {
      var said = ((Value.Struct) row).members();
      var indicator = records.get(Kind.INDICATOR, ((Value.Text) said.get("indicator")).text());
      for (var name : java.util.List.of("baseline", "measured", "effect", "verdict"))
        require(
            java.util.Optional.ofNullable(said.get(name)).equals(indicator.find(name)),
            "%s was decided on another %s of %s",
            gate.id(),
            name,
            indicator.id());
    }
  }
}
