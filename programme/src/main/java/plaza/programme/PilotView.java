package plaza.programme;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.programme.indicator.Verdict;
import plaza.programme.pilot.Measurements;
import plaza.programme.record.Dossier;

/// An indicator as the pilot's page and API show it: `name, unit, baseline, measured, control,
/// effect, interval, verdict`, numbers as numbers.
///
/// What was frozen is shown as it was frozen. While a pilot runs and its measurement period is
/// over, the same is worked out from the readings and marked `frozen: false`.
final class PilotView {
  private final Measurements measurements;
  private final InstantSource clock;
  // Readings of a period that is over hardly change; a page must not measure them each time.
  private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

  private record Remembered(long untilMillis, Measurements.Reading reading) {}

  PilotView(Measurements measurements, InstantSource clock) {
    this.measurements = measurements;
    this.clock = clock;
  }

  Value.Struct indicator(Address address, Dossier indicator) {
    var view = new LinkedHashMap<String, Value>();
    view.put("id", Value.of(indicator.id()));
    view.put("name", Value.of(indicator.text("name")));
    view.put("unit", Value.of(indicator.text("unit")));
    view.put("state", Value.of(indicator.state()));
    view.put("revision", Value.of(indicator.count("revision")));
    view.put("baseline", shown(indicator, "baseline"));
    boolean frozen = indicator.has("measured");
    if (frozen) measured(indicator, view);
    else if (indicator.has("baseline")) live(address, indicator, view);
    else nothing(indicator, view);
    view.put("frozen", Value.of(frozen));
    view.put("confidence", Value.of(0.95));
    indicator.find("definition").ifPresent(definition -> view.put("definition", definition));
    indicator
        .find("definitionHash")
        .ifPresent(definitionHash -> view.put("definitionHash", definitionHash));
    indicator.find("earlier").ifPresent(earlier -> view.put("earlier", earlier));
    return new Value.Struct(view);
  }

  private static void measured(Dossier indicator, Map<String, Value> view) {
    view.put("measured", shown(indicator, "measured"));
    view.put("control", control(indicator, shown(indicator, "controlMeasured")));
    view.put("effect", shown(indicator, "effect"));
    view.put("interval", shown(indicator, "interval"));
    view.put("verdict", shown(indicator, "verdict"));
    view.put("verdictReasons", Value.of(indicator.texts("verdictReasons")));
  }

  private void live(Address address, Dossier indicator, Map<String, Value> view) {
    var reading = reading(address, indicator);
    var verdict = reading.verdict();
    if (!reading.complete()) {
      nothing(indicator, view);
      return;
    }
    view.put("measured", reading.after().target().toValue());
    var after = reading.after().control();
    view.put("control", control(indicator, after == null ? Value.Null.VALUE : after.toValue()));
    view.put("effect", number(Optional.ofNullable(verdict.effect())));
    view.put(
        "interval",
        Optional.ofNullable(verdict.interval())
            .<Value>map(Verdict.Interval::toValue)
            .orElse(Value.Null.VALUE));
    view.put("verdict", Value.of(verdict.answer().name()));
    view.put("verdictReasons", Value.of(verdict.reasons()));
  }

  private Measurements.Reading reading(Address address, Dossier indicator) {
    var key = address.tenant() + " " + indicator.id() + " " + indicator.version();
    var known = remembered.get(key);
    if (known != null && clock.millis() < known.untilMillis) return known.reading;
    if (remembered.size() > 500) remembered.clear();
    var reading = measurements.read(address, indicator, clock.instant());
    remembered.put(key, new Remembered(clock.millis() + 60_000, reading));
    return reading;
  }

  private static void nothing(Dossier indicator, Map<String, Value> view) {
    for (var name : List.of("measured", "control", "effect", "interval", "verdict"))
      view.put(name, Value.Null.VALUE);
    if (indicator.has("controlBaseline")) view.put("control", control(indicator, Value.Null.VALUE));
  }

  private static Value control(Dossier indicator, Value measured) {
    if (!indicator.has("controlBaseline")) return Value.Null.VALUE;
    var control = new LinkedHashMap<String, Value>();
    control.put("baseline", shown(indicator, "controlBaseline"));
    control.put("measured", measured);
    return new Value.Struct(control);
  }

  private static Value shown(Dossier indicator, String field) {
    return indicator.find(field).orElse(Value.Null.VALUE);
  }

  private static Value number(Optional<Double> number) {
    return number.<Value>map(Value::of).orElse(Value.Null.VALUE);
  }
}
