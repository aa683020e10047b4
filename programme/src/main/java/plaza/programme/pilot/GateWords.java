package plaza.programme.pilot;

import static java.util.Optional.empty;
import static plaza.programme.procedure.CommonWords.keep;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.call.Conflicts;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Rules;
import plaza.programme.procedure.Situation;
import plaza.programme.procedure.Term;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What the words of a pilot's gate mean, and of a service's.
public final class GateWords {
  /// The outcome that each step of the gate carries out.
  private static final Map<String, String> OUTCOME =
      Map.of(
          "gateScale", "SCALE",
          "gateExtend", "EXTEND",
          "extend", "EXTEND",
          "gateStop", "STOP",
          "terminate", "STOP",
          "gateClose", "LEARNED");

  private static final Map<String, String> SERVICE_OUTCOME =
      Map.of("renew", "RENEW", "sunset", "SUNSET", "revive", "REVIVE");

  private final Rules rules;
  private final Conflicts conflicts;

  public GateWords(Rules rules, Conflicts conflicts) {
    this.rules = rules;
    this.conflicts = conflicts;
  }

  public void register(Functions functions) {
    functions
        .guard("gateRecord", (s, _) -> gateRecord(s))
        .guard("quorum", (s, _) -> quorum(s))
        .guard("noOpenConflict", (s, _) -> noOpenConflict(s))
        .guard(
            "ownerDepartmentNamed",
            (s, _) ->
                s.record().has("department")
                    ? empty()
                    : Optional.of("name the department that will own the service"))
        .guard("scaleRoute", GateWords::scaleRoute)
        .guard("mandatoryKpiMet", (s, _) -> mandatoryMet(s))
        .guard(
            "overrideReason",
            (s, _) -> {
              if (!s.record().has("overrideReason"))
                return Optional.of("send an overrideReason; it will be published");
              // Who proposed the outcome does not also set aside what speaks against it.
              boolean theirs =
                  decision(s)
                      .filter(gate -> gate.texts("openedBy").contains(s.caller().id()))
                      .isPresent();
              return theirs
                  ? Optional.of("somebody else than who opened the decision must override")
                  : empty();
            })
        .effect("openFundingRound", (s, _) -> openFundingRound(s))
        .effect("createServiceDraft", (s, _) -> createServiceDraft(s))
        .intake(Kind.PILOT, "gateScale", s -> keep(s, "overrideReason", 4_000));
    for (var step : OUTCOME.keySet()) functions.settle(Kind.PILOT, step, GateWords::decided);
  }

  /// Notes that the open decision was carried out.
  public static void decided(Situation s) {
    decision(s).ifPresent(gate -> s.work().save(gate.with("decidedAt", s.now()).in("DECIDED")));
  }

  private static String outcome(Situation s) {
    var outcomes = s.record().kind() == Kind.SERVICE ? SERVICE_OUTCOME : OUTCOME;
    return outcomes.getOrDefault(s.step().action(), "");
  }

  /// The open decision whose outcome the step carries out.
  private static Optional<Dossier> decision(Situation s) {
    var outcome = outcome(s);
    return GateDesk.openDecisions(s.work(), s.record()).stream()
        .filter(gate -> gate.text("outcome").equals(outcome))
        .reduce((_, last) -> last);
  }

  private static Optional<String> gateRecord(Situation s) {
    var gate = decision(s);
    if (gate.isEmpty()) return Optional.of("open a gate decision with outcome " + outcome(s));
    if (!GateDesk.recomputes(gate.get()))
      return Optional.of(
          "the evidence of " + gate.get().id() + " does not hash to what was sealed");
    var evidence = gate.get().findStruct("evidence");
    return evidence.filter(GateDesk.evidence(s.work(), s.record())::equals).isPresent()
        ? empty()
        : Optional.of("the evidence has changed since the decision was opened; open a new one");
  }

  private Optional<String> quorum(Situation s) {
    var gate = decision(s);
    if (gate.isEmpty()) return Optional.of("no decision was opened");
    int votes = GateDesk.voters(gate.get()).size();
    long approvals = gate.get().count("approvals");
    if (votes < rules.quorum())
      return Optional.of((rules.quorum() - votes) + " more members of the board must vote");
    return approvals * 2 > votes
        ? empty()
        : Optional.of("only " + approvals + " of " + votes + " votes are in favour");
  }

  private Optional<String> noOpenConflict(Situation s) {
    var ties =
        decision(s).stream()
            .flatMap(gate -> GateDesk.voters(gate).stream())
            .flatMap(
                voter -> conflicts.find(s.work(), voter, s.standing(voter), s.record()).stream())
            .toList();
    return ties.isEmpty() ? empty() : Optional.of(String.join("; ", ties));
  }

  private static Optional<String> scaleRoute(Situation s, Term term) {
    var route = decision(s).flatMap(gate -> gate.findText("route"));
    return route.filter(term.choices()::contains).isPresent()
        ? empty()
        : Optional.of("the decision must name its route: " + String.join(", ", term.choices()));
  }

  private static Optional<String> mandatoryMet(Situation s) {
    var unmet =
        PilotDesk.indicators(s.work(), s.record()).stream()
            .filter(indicator -> IndicatorDesk.definition(indicator).mandatory())
            .filter(indicator -> !indicator.texts("verdict").equals(List.of("MET")))
            .map(indicator ->
                indicator.text("name") + " is " + indicator.findText("verdict").orElse("unjudged"))
            .toList();
    return unmet.isEmpty() ? empty() : Optional.of(String.join("; ", unmet));
  }

  /// A round in planning, when the route is to fund; otherwise the alternative is meant.
  private static boolean openFundingRound(Situation s) {
    var route = decision(s).or(() -> lastDecision(s)).flatMap(gate -> gate.findText("route"));
    if (route.filter("fund"::equals).isEmpty()) return false;
    s.work()
        .save(
            Dossier.of(
                Kind.FUNDING_ROUND,
                s.ids().next(Kind.FUNDING_ROUND),
                s.procedures().get(Kind.FUNDING_ROUND).initial(),
                Map.of(
                    "pilot", Value.of(s.record().id()),
                    "title", Value.of("Funding of " + s.record().text("title")))));
    return true;
  }

  private static Optional<Dossier> lastDecision(Situation s) {
    return s.list(Kind.GATE_DECISION, "pilot", s.record().id()).stream()
        .filter(gate -> gate.is("DECIDED") && gate.text("outcome").equals("SCALE"))
        .max(java.util.Comparator.comparing(gate -> gate.text("decidedAt")));
  }

  private static boolean createServiceDraft(Situation s) {
    var service = s.ids().next(Kind.SERVICE);
    s.work()
        .save(
            Dossier.of(
                Kind.SERVICE,
                service,
                s.procedures().get(Kind.SERVICE).initial(),
                Map.of(
                    "pilot", Value.of(s.record().id()),
                    "title", Value.of(s.record().text("title")),
                    "department", Value.of(s.record().text("department")))));
    s.set("service", service);
    return true;
  }
}
