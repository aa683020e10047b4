package plaza.programme.indicator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.ledger.Reader;
import plaza.ledger.store.Span;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossiers;

/// Computes indicators from the series of the graph. The only place where their values come from.
public final class Meter {
  private final Reader reader;

  public Meter(Reader reader) {
    this.reader = reader;
  }

  /// What a period says of the target population, and of the control if there is one.
  public record Pair(Measured target, @Nullable Measured control) {}

  /// One pass over the readings of the period.
  public Pair measure(Address address, IndicatorDefinition definition, Period period) {
    var target = new Gauge(definition, period, definition.population(), address);
    var control =
        definition.control() == null
            ? null
            : new Gauge(definition, period, definition.control(), address);
    var gauges = control == null ? List.of(target) : List.of(target, control);
    var byEntity =
        gauges.stream()
            .flatMap(gauge -> gauge.ids.stream().map(id -> Map.entry(id, gauge)))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    var span = target.span();
    var none = List.<Gauge>of();
    var current =
        new Object() {
          String id = "";
          List<Gauge> of = none;
        };
    reader.series(
        Dossiers.PROGRAMME,
        address,
        definition.attribute(),
        span,
        (id, at, value) -> {
          if (!current.id.equals(id)) {
            current.id = id;
            current.of = byEntity.getOrDefault(id, none);
          }
          for (var gauge : current.of) gauge.reading(id, at, value);
        });
    return new Pair(target.measured(), control == null ? null : control.measured());
  }

  /// The entities of a population, by id.
  List<String> population(Address address, IndicatorDefinition definition, Population population) {
    var ids = new TreeSet<String>();
    reader.each(
        Dossiers.PROGRAMME,
        address,
        population.query(definition.entityType()),
        entity -> {
          ids.add(entity.id());
          return true;
        });
    return List.copyOf(ids);
  }

  /// Adds up one population over one period.
  private final class Gauge {
    private final IndicatorDefinition definition;
    private final Period period;
    private final List<Period.Window> windows;
    private final long hold;
    private final List<String> ids;
    private final double[] weighed;
    private final double[] covered;
    private final MessageDigest digest = Canonical.sha256();
    private int reporting;
    private String entity = "";
    private boolean entityCounts;
    private long lastAt;
    private double lastValue;

    Gauge(IndicatorDefinition definition, Period period, Population of, Address address) {
      this.definition = definition;
      this.period = period;
      this.windows = period.windows(definition.hours());
      this.hold = definition.longestHold().toMillis() * 1000;
      this.ids = population(address, definition, of);
      this.weighed = new double[windows.size()];
      this.covered = new double[windows.size()];
      line(Canonical.text(definition.toValue()));
      line(of.name() + "\t" + period.from() + "\t" + period.to());
      ids.forEach(this::line);
    }

    /// From the first moment at which a reading can hold into a window to the last window's end.
    Span span() {
      return Span.between(
          Instant.EPOCH.plus(windows.getFirst().from() - hold, ChronoUnit.MICROS),
          Instant.EPOCH.plus(windows.getLast().until(), ChronoUnit.MICROS));
    }

    /// Called in the order of entities, times and positions: of equal times the last wins.
    void reading(String id, long at, double value) {
      if (!id.equals(entity)) {
        finish();
        entity = id;
      } else if (at != lastAt) hold(at);
      lastAt = at;
      lastValue = value;
    }

    private void finish() {
      if (entity.isEmpty()) return;
      hold(Long.MAX_VALUE);
      if (entityCounts) reporting++;
      entityCounts = false;
    }

    /// The last reading held until now, or until it was too old.
    private void hold(long next) {
      line(entity + "\t" + lastAt + "\t" + number(lastValue));
      long until = Math.min(next, lastAt + hold);
      for (int i = firstWindowEndingAfter(lastAt); i < windows.size(); i++) {
        var window = windows.get(i);
        if (window.from() >= until) return;
        long micros = Math.min(until, window.until()) - Math.max(lastAt, window.from());
        if (micros <= 0) continue;
        weighed[i] += definition.aggregation().weight(lastValue, definition.condition()) * micros;
        covered[i] += micros;
        entityCounts = true;
      }
    }

    private int firstWindowEndingAfter(long at) {
      int low = 0;
      int high = windows.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (windows.get(middle).until() > at) high = middle;
        else low = middle + 1;
      }
      return low;
    }

    Measured measured() {
      finish();
      entity = "";
      var days = new ArrayList<Measured.Tally>();
      for (int i = 0; i < windows.size(); i++) days.add(new Measured.Tally(weighed[i], covered[i]));
      line(number(Arrays.stream(weighed).sum()) + "\t" + number(Arrays.stream(covered).sum()));
      return new Measured(
          period,
          days,
          windows.stream().mapToLong(Period.Window::micros).sum(),
          ids.size(),
          reporting,
          HexFormat.of().formatHex(digest.digest()));
    }

    private void line(String text) {
      digest.update((text + "\n").getBytes(UTF_8));
    }
  }

  /// Whole numbers without a decimal point, as anybody would write them.
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /// The days of a period, each with its value and coverage, for a chart.
  public Value.Items daily(Address address, IndicatorDefinition definition, Period period) {
    var pair = measure(address, definition, period);
    var windows = period.windows(definition.hours());
    Function<@Nullable Measured, List<Measured.Tally>> days =
        measured -> measured == null ? List.of() : measured.days();
    var rows = new ArrayList<Value>();
    for (int i = 0; i < windows.size(); i++) {
      var row = new java.util.LinkedHashMap<String, Value>();
      row.put("day", Value.of(windows.get(i).day().toString()));
      row.put("value", value(days.apply(pair.target()), i));
      row.put("control", value(days.apply(pair.control()), i));
      rows.add(new Value.Struct(row));
    }
    return new Value.Items(rows);
  }

  private static Value value(List<Measured.Tally> days, int i) {
    if (i >= days.size() || days.get(i).covered() == 0) return Value.Null.VALUE;
    return Value.of(days.get(i).value());
  }
}
