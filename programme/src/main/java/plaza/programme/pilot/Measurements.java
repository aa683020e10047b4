package plaza.programme.pilot;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.programme.indicator.IndicatorDefinition;
import plaza.programme.indicator.Meter;
import plaza.programme.indicator.Verdict;
import plaza.programme.procedure.Situation;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// Measures a pilot's indicators and judges them. Takes no value from anybody.
public final class Measurements {
  private final Meter meter;

  public Measurements(Meter meter) {
    this.meter = meter;
  }

  /// What the data say now, without keeping it.
  ///
  /// @param complete whether the measurement period is over
  public record Reading(Meter.Pair before, Meter.Pair after, Verdict verdict, boolean complete) {}

  public Reading read(Address address, Dossier indicator, Instant now) {
    var definition = IndicatorDesk.definition(indicator);
    var before = meter.measure(address, definition, definition.baseline());
    var after = meter.measure(address, definition, definition.measurement());
    return new Reading(
        before, after, Verdict.of(definition, before, after), isOver(definition, now));
  }

  /// Fixes what was measured, for every indicator with a frozen baseline.
  boolean freeze(Situation s) {
    for (var indicator : PilotDesk.indicators(s.work(), s.record())) {
      if (!indicator.has("baseline")) continue;
      var definition = IndicatorDesk.definition(indicator);
      var after = meter.measure(s.caller().address(), definition, definition.measurement());
      var measured = indicator.with("measured", after.target().toValue());
      if (after.control() != null)
        measured = measured.with("controlMeasured", after.control().toValue());
      s.work().save(measured.with("measuredAt", s.now()));
    }
    return true;
  }

  /// Judges what was frozen. The frozen baseline must still be what the readings say: if somebody
  /// touched either, there is no verdict.
  boolean judge(Situation s) {
    for (var indicator : PilotDesk.indicators(s.work(), s.record())) {
      if (!indicator.has("measured")) continue;
      var reading = read(s.caller().address(), indicator, s.now());
      s.work().save(judged(s.get(Kind.INDICATOR, indicator.id()), reading));
    }
    return true;
  }

  private static Dossier judged(Dossier indicator, Reading reading) {
    var verdict = reading.verdict();
    var why = new java.util.ArrayList<>(verdict.reasons());
    if (!reading.complete()) why.add("the measurement period is not over");
    if (!frozenAs(indicator, "baseline", reading.before().target().toValue()))
      why.add("the baseline is not what the readings give any more");
    var control = reading.before().control();
    if (control != null && !frozenAs(indicator, "controlBaseline", control.toValue()))
      why.add("the control's baseline is not what the readings give any more");
    boolean spoiled = why.size() > verdict.reasons().size();
    var answer = spoiled ? Verdict.Answer.INCONCLUSIVE : verdict.answer();
    var fields = new HashMap<String, Value>();
    if (verdict.effect() != null) fields.put("effect", Value.of(verdict.effect().doubleValue()));
    if (verdict.interval() != null) fields.put("interval", verdict.interval().toValue());
    fields.put("controlled", Value.of(verdict.controlled()));
    fields.put("verdict", Value.of(answer.name()));
    fields.put("verdictReasons", Value.of(List.copyOf(why)));
    return indicator.with(Map.copyOf(fields));
  }

  private static boolean frozenAs(Dossier indicator, String field, Value.Struct measured) {
    return indicator.findStruct(field).filter(measured::equals).isPresent();
  }

  static boolean isOver(IndicatorDefinition definition, @Nullable Instant now) {
    var last = definition.measurement().windows(definition.hours()).getLast();
    return now != null && !now.isBefore(Instant.EPOCH.plus(last.until(), ChronoUnit.MICROS));
  }
}
