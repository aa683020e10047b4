package plaza.programme.pilot;

import static java.util.Optional.empty;
import static plaza.programme.procedure.CommonWords.invalid;
import static plaza.programme.procedure.CommonWords.keep;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.indicator.IndicatorDefinition;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Situation;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;

/// What the words of the procedure Pilot mean, but for its gate.
public final class PilotWords {
  /// How long the entities that were a pilot's own are kept when it is over.
  public static final Duration OWN_KEPT = Duration.ofDays(30);

  /// What is measured under one revision of an indicator and stays with it.
  private static final List<String> MEASURED =
      List.of(
          "baseline",
          "controlBaseline",
          "baselineFrozenAt",
          "measured",
          "controlMeasured",
          "measuredAt",
          "effect",
          "interval",
          "controlled",
          "verdict",
          "verdictReasons");

  private final Measurements measurements;
  private final GrantBinding binding;

  public PilotWords(Measurements measurements, GrantBinding binding) {
    this.measurements = measurements;
    this.binding = binding;
  }

  public void register(Functions functions) {
    readiness(functions);
    running(functions);
    amendments(functions);
    functions
        .effect("activateDataGrants", (s, _) -> grants(s, "APPROVED", "activate", "pilotActive"))
        .effect(
            "suspendDataGrants",
            (s, _) -> grants(s, "ACTIVE", "suspend", "pilotSuspended") && bind(s))
        .effect(
            "resumeDataGrants",
            (s, _) -> grants(s, "SUSPENDED", "resume", "pilotResumed") && bind(s))
        .effect(
            "revokeDataGrants",
            (s, _) -> {
              for (var state : List.of("APPROVED", "ACTIVE", "SUSPENDED"))
                grants(s, state, "revoke", "pilotTerminal");
              if (s.record().has("namespace")) s.set("namespaceUntil", s.now().plus(OWN_KEPT));
              return bind(s);
            })
        .effect(
            "issueApiKeys",
            (s, _) -> {
              // A secret is shown to who takes it, and only once: so it is fetched, not sent.
              s.tell("team, to take a key", s.record().id());
              return true;
            })
        .effect(
            "createSandboxNamespace",
            (s, _) -> {
              s.set("namespace", Namespace.vocabulary(s.record()));
              return bind(s);
            })
        .effect(
            "publishPublicPage",
            (s, _) -> {
              s.publish("pilot page");
              return true;
            })
        .effect("freezeMeasurements", (s, _) -> measurements.freeze(s))
        .effect("computeVerdicts", (s, _) -> measurements.judge(s))
        .effect("draftEvaluation", (s, _) -> draftEvaluation(s) && bind(s));
  }

  private static void readiness(Functions functions) {
    functions
        .guard(
            "agreementSignedBothParties",
            (s, _) -> {
              var hash = s.record().findStruct("agreement").map(Canonical::hash);
              if (hash.isEmpty()) return Optional.of("write the agreement");
              var missing = new ArrayList<String>();
              if (!signed(s.record(), "cityConsent", hash.get())) missing.add("the city (pmo)");
              if (!signed(s.record(), "partnerConsent", hash.get()))
                missing.add("the pilot's organisation");
              return missing.isEmpty()
                  ? empty()
                  : Optional.of("to be signed by " + String.join(" and ", missing));
            })
        .guard(
            "kpiLocked",
            (s, term) -> {
              long locked = indicators(s).stream().filter(i -> i.is("LOCKED")).count();
              long open = indicators(s).size() - locked;
              if (open > 0) return Optional.of("lock the other " + open + " indicators");
              return term.holds(locked) ? empty() : Optional.of("lock an indicator");
            })
        .guard("baselineFrozenWithCoverage", (s, _) -> baselinesFrozen(s))
        .guard("baselineWaiver", (s, _) -> has(s, "baselineWaiver", "say why none is needed"))
        .guard("dataGrantsApproved", (s, _) -> grantsApproved(s))
        .guard(
            "notNeeded",
            (s, term) -> {
              var what = term.arguments().getFirst();
              return s.record().texts("notNeeded").contains(what)
                  ? empty()
                  : Optional.of("state notNeeded: " + what);
            })
        .guard("exitPlan", (s, _) -> has(s, "exitPlan", "write the exitPlan"))
        .guard(
            "insuranceOrWaiver",
            (s, _) ->
                s.record().has("insurance") || s.record().has("insuranceWaiver")
                    ? empty()
                    : Optional.of("name the insurance, or write an insuranceWaiver"))
        .guard(
            "notReadyBy",
            (s, _) ->
                s.record().findMoment("readyBy").filter(at -> !s.now().isBefore(at)).isPresent()
                    ? empty()
                    : Optional.of("wait until readyBy"))
        .guard(
            "partyWithdrew",
            (s, _) ->
                s.input().findText("partyWithdrew", 2_000).isPresent()
                    ? empty()
                    : Optional.of("send partyWithdrew, who withdrew and why"));
  }

  private void running(Functions functions) {
    functions
        .guard(
            "earlyFinish",
            (s, _) ->
                s.input().findText("earlyFinish", 2_000).isPresent()
                    ? empty()
                    : Optional.of("send earlyFinish, the reason to finish now"))
        .guard(
            "causeCleared",
            (s, _) ->
                s.input().findText("causeCleared", 2_000).isPresent()
                    ? empty()
                    : Optional.of("send causeCleared, how the cause was dealt with"))
        .guard(
            "newEnd",
            (s, _) -> {
              var end = s.input().findMoment("newEnd");
              if (end.isEmpty()) return Optional.of("send newEnd");
              var most = maximumEnd(s.record());
              return most.isPresent() && !end.get().isAfter(most.get())
                  ? empty()
                  : Optional.of("end by " + most.map(Instant::toString).orElse("the agreement"));
            })
        .guard(
            "extensions",
            (s, term) ->
                term.holds(s.record().count("extensions"))
                    ? empty()
                    : Optional.of("it was extended " + s.record().count("extensions") + " times"))
        .effect(
            "pauseKpiClock",
            (s, _) -> {
              s.set("pausedAt", s.now());
              return true;
            })
        .effect("amendAgreement", (s, _) -> extend(s) && bind(s))
        .effect("extendGrants", (s, _) -> extendGrants(s))
        .intake(Kind.PILOT, "finish", s -> keep(s, "earlyFinish", 2_000))
        .intake(Kind.PILOT, "suspend", s -> keep(s, "suspendedBecause", 2_000))
        .intake(Kind.PILOT, "lapse", s -> keep(s, "partyWithdrew", 2_000));
  }

  private static void amendments(Functions functions) {
    functions
        .guard(
            "secondApprover",
            (s, _) -> {
              var by = amended(s).flatMap(indicator -> indicator.findText("amendmentBy"));
              if (by.isEmpty()) return Optional.of("send indicator, one with a proposed amendment");
              return by.get().equals(s.caller().id())
                  ? Optional.of("somebody else than " + by.get() + " must approve it")
                  : empty();
            })
        .effect(
            "publicAmendmentNote",
            (s, _) -> {
              amend(s, amended(s).orElseThrow());
              return true;
            });
  }

  private static Optional<Dossier> amended(Situation s) {
    return s.input()
        .findUri("indicator")
        .flatMap(id -> s.find(Kind.INDICATOR, id))
        .filter(indicator -> indicator.texts("pilot").contains(s.record().id()))
        .filter(indicator -> indicator.has("amendment"));
  }

  /// The next revision; what was measured under the last one stays with it.
  private static void amend(Situation s, Dossier indicator) {
    var amendment = indicator.findStruct("amendment").orElseThrow();
    var definition =
        IndicatorDefinition.of(
            new Fields("an amendment", amendment).findStruct("definition").orElseThrow());
    var last = new LinkedHashMap<String, Value>();
    for (var name : List.of("revision", "definition", "definitionHash"))
      indicator.find(name).ifPresent(value -> last.put(name, value));
    var unmeasured = indicator;
    for (var name : MEASURED) {
      indicator.find(name).ifPresent(value -> last.put(name, value));
      unmeasured = unmeasured.without(name);
    }
    last.put("amendedAt", Value.of(s.now().toString()));
    last.put("reason", amendment.members().getOrDefault("reason", Value.of("")));
    var earlier = new ArrayList<>(indicator.items("earlier"));
    earlier.add(new Value.Struct(last));
    s.work()
        .save(
            unmeasured
                .with("earlier", new Value.Items(earlier))
                .with("definition", definition.toValue())
                .with("definitionHash", definition.hash())
                .with("revision", indicator.count("revision") + 1)
                .with("name", definition.name())
                .with("unit", definition.unit())
                .without("amendment")
                .without("amendmentBy"));
    s.publish("amendment note of " + indicator.id());
  }

  private static List<Dossier> indicators(Situation s) {
    return PilotDesk.indicators(s.work(), s.record());
  }

  private static boolean signed(Dossier pilot, String consent, String agreementHash) {
    return pilot
        .findStruct(consent)
        .filter(c -> Value.of(agreementHash).equals(c.members().get("agreementHash")))
        .isPresent();
  }

  private static Optional<String> baselinesFrozen(Situation s) {
    var problems = new ArrayList<String>();
    for (var indicator : indicators(s)) {
      var baseline = indicator.findStruct("baseline");
      double least = IndicatorDesk.definition(indicator).minimumCoverage();
      if (baseline.isEmpty()) problems.add("freeze the baseline of " + indicator.id());
      else {
        var coverage = baseline.get().members().get("coverage");
        if (coverage == null || coverage.asNumber() < least)
          problems.add(indicator.id() + " has a baseline covered below " + least);
      }
    }
    return problems.isEmpty() ? empty() : Optional.of(String.join("; ", problems));
  }

  private static Optional<String> grantsApproved(Situation s) {
    var grants = s.list(Kind.DATA_GRANT, "pilot", s.record().id());
    var waiting =
        grants.stream()
            .filter(grant -> !grant.is("APPROVED", "ACTIVE", "REFUSED", "REVOKED", "EXPIRED"))
            .map(Dossier::id)
            .toList();
    if (!waiting.isEmpty()) return Optional.of("the dataSteward must decide on " + waiting);
    return grants.stream().anyMatch(grant -> grant.is("APPROVED", "ACTIVE"))
        ? empty()
        : Optional.of("ask for a data grant and have it approved");
  }

  private static Optional<String> has(Situation s, String field, String remedy) {
    return s.record().has(field) ? empty() : Optional.of(remedy);
  }

  static Optional<Instant> maximumEnd(Dossier pilot) {
    return pilot
        .findStruct("agreement")
        .map(agreement -> agreement.members().get("maximumEnd"))
        .flatMap(end ->
            end instanceof Value.Text(var text) ? Optional.of(Instant.parse(text)) : empty());
  }

  /// What the pilot may do with its own follows when the step is durable; the feed sees to it that
  /// it also does after a crash between the two.
  private boolean bind(Situation s) {
    var address = s.caller().address();
    Namespace.of(s.record())
        .ifPresent(own -> s.work().afterwards(() -> binding.apply(address, own)));
    return true;
  }

  private static boolean grants(Situation s, String from, String action, String why) {
    for (var grant : s.list(Kind.DATA_GRANT, "pilot", s.record().id()))
      if (grant.is(from) && isMeant(grant, action))
        s.move(Kind.DATA_GRANT, grant.id(), action, why, reason(s.record().id(), why));
    return true;
  }

  /// What a steward suspended stays suspended when the pilot goes on.
  private static boolean isMeant(Dossier grant, String action) {
    return !action.equals("resume")
        || grant.findText("because").orElse("").startsWith("pilotSuspended");
  }

  private static Value.Struct reason(String pilot, String why) {
    return switch (why) {
      case "pilotSuspended", "pilotTerminal" ->
          new Value.Struct(Map.of("reason", Value.of(why + ": " + pilot)));
      default -> Value.Struct.EMPTY;
    };
  }

  /// The later end, for the pilot and with it for its grants.
  private static boolean extend(Situation s) {
    var end = s.input().findMoment("newEnd");
    if (end.isEmpty()) throw invalid(s, "send newEnd, the new end of the pilot");
    var most = maximumEnd(s.record());
    if (most.isEmpty() || end.get().isAfter(most.get()))
      throw invalid(s, "newEnd must not be after the agreement's maximumEnd");
    s.record().find("endDate").ifPresent(last -> s.set("previousEnd", last));
    s.set("endDate", end.get());
    s.set("extensions", Value.of(s.record().count("extensions") + 1));
    s.clear("earlyFinish");
    return true;
  }

  private static boolean extendGrants(Situation s) {
    for (var grant : s.list(Kind.DATA_GRANT, "pilot", s.record().id()))
      if (grant.is("ACTIVE", "APPROVED", "SUSPENDED"))
        s.work().save(grant.with("endDate", s.record().text("endDate")));
    return true;
  }

  private static boolean draftEvaluation(Situation s) {
    var evaluation = s.ids().next(Kind.EVALUATION);
    s.work()
        .save(
            Dossier.of(
                Kind.EVALUATION,
                evaluation,
                "DRAFT",
                Map.of(
                    "pilot", Value.of(s.record().id()),
                    "evidence", GateDesk.evidence(s.work(), s.record()),
                    "draftedAt", Value.of(s.now().toString()))));
    s.set("evaluation", evaluation);
    return true;
  }
}
