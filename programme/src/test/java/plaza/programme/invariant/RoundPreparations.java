package plaza.programme.invariant;

import static plaza.programme.invariant.Openings.struct;

import java.util.Optional;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What the finance officer does about a round between its steps.
final class RoundPreparations {
  private final Chance chance;
  private final SmallCity city;
  private final Openings openings;

  RoundPreparations(Chance chance, Openings openings) {
    this.chance = chance;
    this.city = chance.city;
    this.openings = openings;
  }

  Optional<Command> of(Dossier round) {
    var fin = city.caller("fin");
    var rounds = city.programme.uptake().rounds();
    if (round.is("PLANNED") && (!round.has("terms") || chance.in(30))) {
      var of = round.has("pilot") ? Kind.PILOT : Kind.SERVICE;
      var json =
          openings.terms(
              of, round.findText("pilot").or(() -> round.findText("service")).orElseThrow());
      return Optional.of(
          Preparations.command(
              city, fin, round, "plans", () -> rounds.amend(fin, round.id(), struct(json), null)));
    }
    if (round.is("PLANNED", "OPEN") && chance.in(30)) {
      var indicator =
          round
              .findText("pilot")
              .flatMap(id -> chance.find(chance.records.all(Kind.INDICATOR, "pilot", id)))
              .filter(_ -> chance.in(50))
              .map(one -> ", 'indicator': '" + one.id() + "'")
              .orElse("");
      var json =
          "'title': 'part', 'amount': '%s'".formatted(chance.one("30000.05", "60000")) + indicator;
      return Optional.of(
          Preparations.command(
              city,
              fin,
              round,
              "cuts a tranche of",
              () -> rounds.addTranche(fin, round.id(), struct(json))));
    }
    return chance
        .find(chance.records.all(Kind.COMMITMENT, "round", round.id()))
        .map(one ->
            Preparations.command(
                city,
                fin,
                round,
                "notes a condition of",
                () ->
                    rounds.meetCondition(
                        fin,
                        round.id(),
                        struct("'commitment': '" + one.id() + "', 'evidence': 'minutes'"))));
  }
}
