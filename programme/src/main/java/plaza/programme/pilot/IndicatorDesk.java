package plaza.programme.pilot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.indicator.IndicatorDefinition;
import plaza.programme.indicator.Meter;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;

/// Where indicators are defined, locked and measured. No command here or elsewhere takes a value:
/// values come from the [Meter] alone.
public final class IndicatorDesk {
  private final Engine engine;
  private final Meter meter;

  public IndicatorDesk(Engine engine, Meter meter) {
    this.engine = engine;
    this.meter = meter;
  }

  /// Adds an indicator to a pilot in preparation.
  public Outcome define(Caller caller, String pilotId, IndicatorDefinition definition) {
    return engine.run(
        caller,
        work -> {
          var pilot = work.get(Kind.PILOT, pilotId);
          requirePmo(caller);
          requirePreparing(pilot);
          var indicator =
              Dossier.of(
                  Kind.INDICATOR,
                  work.ids().next(Kind.INDICATOR),
                  "DRAFT",
                  Map.of(
                      "pilot", Value.of(pilotId),
                      "name", Value.of(definition.name()),
                      "unit", Value.of(definition.unit()),
                      "definition", definition.toValue()));
          work.save(indicator);
          var indicators = new ArrayList<>(pilot.texts("indicators"));
          indicators.add(indicator.id());
          work.save(pilot.with("indicators", indicators));
          work.enter(indicator, "define", Value.Struct.EMPTY);
          return indicator;
        });
  }

  /// Locks a definition: from now on it changes only by an amendment that two people answer for.
  public Outcome lock(Caller caller, String indicatorId) {
    return engine.run(
        caller,
        work -> {
          requirePmo(caller);
          var indicator = work.get(Kind.INDICATOR, indicatorId);
          if (!indicator.is("DRAFT"))
            throw new Refusal.Conflict(indicatorId + " is locked already");
          var locked =
              indicator
                  .with("definitionHash", definition(indicator).hash())
                  .with("revision", 1L)
                  .with("lockedBy", caller.id())
                  .in("LOCKED");
          return work.done(locked, "lock");
        });
  }

  /// Measures the baseline and freezes it with a hash over the definition and every reading used.
  /// Once: a baseline is never measured again under the same definition.
  public Outcome freezeBaseline(Caller caller, String indicatorId) {
    return engine.run(
        caller,
        work -> {
          requirePmo(caller);
          var indicator = work.get(Kind.INDICATOR, indicatorId);
          if (!indicator.is("LOCKED"))
            throw new Refusal.Conflict(indicatorId + " must be locked before its baseline");
          if (indicator.has("baseline"))
            throw new Refusal.Conflict(
                indicatorId + " has a frozen baseline; only an amendment gives it a new one");
          var definition = definition(indicator);
          var measured = meter.measure(caller.address(), definition, definition.baseline());
          var frozen = new LinkedHashMap<String, Value>();
          frozen.put("baseline", measured.target().toValue());
          if (measured.control() != null)
            frozen.put("controlBaseline", measured.control().toValue());
          frozen.put("baselineFrozenAt", Value.of(work.now().toString()));
          var done = indicator.with(frozen);
          return work.done(done, "freezeBaseline", new Value.Struct(frozen));
        });
  }

  /// Proposes another definition for a running pilot, with a public reason. It takes effect when
  /// somebody else takes the pilot's step `amendKpi`, which names the indicator.
  public Outcome proposeAmendment(Caller caller, String indicatorId, Value.Struct json) {
    requirePmo(caller);
    var input = new Fields("an amendment", json);
    var reason = input.text("reason", 4_000);
    var definition =
        IndicatorDefinition.of(
            input
                .findStruct("definition")
                .orElseThrow(() -> new Refusal.Invalid("an amendment needs a definition")));
    input.done();
    return engine.run(
        caller,
        work -> {
          var indicator = work.get(Kind.INDICATOR, indicatorId);
          var amendment = new LinkedHashMap<String, Value>();
          amendment.put("reason", Value.of(reason));
          amendment.put("definition", definition.toValue());
          amendment.put("at", Value.of(work.now().toString()));
          var proposed =
              indicator
                  .with("amendment", new Value.Struct(amendment))
                  .with("amendmentBy", caller.id());
          return work.done(proposed, "proposeAmendment");
        });
  }

  /// Measures a frozen baseline again and compares.
  ///
  /// @return one sentence per difference; empty when value, coverage and hash are what they were
  public List<String> verifyBaseline(Caller caller, String indicatorId) {
    var indicator = engine.dossiers().get(caller.address(), Kind.INDICATOR, indicatorId);
    var faults = new ArrayList<String>();
    if (!indicator.has("baseline")) return faults;
    var definition = definition(indicator);
    if (!definition.hash().equals(indicator.findText("definitionHash").orElse("")))
      faults.add(indicatorId + ": the definition is not the one that was locked");
    var measured = meter.measure(caller.address(), definition, definition.baseline());
    compare(indicator, "baseline", measured.target().toValue(), faults);
    if (measured.control() != null)
      compare(indicator, "controlBaseline", measured.control().toValue(), faults);
    return faults;
  }

  private static void compare(
      Dossier indicator, String field, Value.Struct measured, List<String> faults) {
    var frozen = indicator.findStruct(field).orElse(Value.Struct.EMPTY).members();
    for (var name : List.of("value", "coverage", "n", "hash")) {
      var now = measured.members().get(name);
      var then = frozen.get(name);
      if (now != null && !now.equals(then))
        faults.add(
            indicator.id()
                + ": "
                + field
                + " was frozen with "
                + name
                + " "
                + then
                + ", but the"
                + " readings give "
                + now);
    }
  }

  static IndicatorDefinition definition(Dossier indicator) {
    return IndicatorDefinition.of(
        indicator
            .findStruct("definition")
            .orElseThrow(() -> new Refusal.NotFound(indicator.id() + " has no definition")));
  }

  private static void requirePreparing(Dossier pilot) {
    if (!pilot.is("PREPARING"))
      throw new Refusal.Conflict(
          pilot.id() + " is " + pilot.state() + "; indicators are defined while it is PREPARING");
  }

  private void requirePmo(Caller caller) {
    if (!engine.standing(caller).holds("pmo"))
      throw PilotDesk.refused(caller, "indicators are the pmo's to define");
  }
}
