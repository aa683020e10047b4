package plaza.programme;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.programme.indicator.IndicatorDefinition;
import plaza.programme.indicator.Meter;
import plaza.programme.indicator.Verdict;
import plaza.programme.pilot.Measurements;
import plaza.programme.record.Dossier;

/// An indicator as the pilot's page and API show it: `name, unit, baseline, measured, control,
/// effect, interval, verdict`, numbers as numbers.
///
/// What was frozen is shown as it was frozen. While a pilot runs and its measurement period is
/// over, the same is worked out from the readings and marked `frozen: false`.
final class PilotView {
  private static final long REMEMBERED_MILLIS = 60_000;
  private static final int MOST_REMEMBERED = 500;
  private final Measurements measurements;
  private final Meter meter;
  private final InstantSource clock;
  // Readings of a period that is over hardly change; a page must not measure them each time.
  private final Map<String, Remembered<Measurements.Reading>> readings = new ConcurrentHashMap<>();
  private final Map<String, Remembered<Value.Struct>> charts = new ConcurrentHashMap<>();

  private record Remembered<T>(long untilMillis, T what) {}

  PilotView(Measurements measurements, Meter meter, InstantSource clock) {
    this.measurements = measurements;
    this.meter = meter;
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
    return remembered(
        readings, address, indicator, () -> measurements.read(address, indicator, clock.instant()));
  }

  /// One value per day, for the chart: `{baseline: [{day, value, control}], measured: […]}`.
  Value.Struct chart(Address address, Dossier indicator) {
    return remembered(
        charts,
        address,
        indicator,
        () -> {
          var definition =
              IndicatorDefinition.of(indicator.findStruct("definition").orElse(Value.Struct.EMPTY));
          var members = new LinkedHashMap<String, Value>();
          members.put("baseline", meter.daily(address, definition, definition.baseline()));
          members.put("measured", meter.daily(address, definition, definition.measurement()));
          return new Value.Struct(members);
        });
  }

  private <T> T remembered(
      Map<String, Remembered<T>> all, Address address, Dossier indicator, Supplier<T> measured) {
    var key = address.tenant() + " " + indicator.id() + " " + indicator.version();
    var known = all.get(key);
    if (known != null && clock.millis() < known.untilMillis) return known.what;
    if (all.size() >= MOST_REMEMBERED) all.clear();
    // One measures, the others wait for it: a pass over the city's readings is dear.
    return all.compute(
            key,
            (_, last) ->
                last != null && clock.millis() < last.untilMillis
                    ? last
                    : new Remembered<>(clock.millis() + REMEMBERED_MILLIS, measured.get()))
        .what;
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
