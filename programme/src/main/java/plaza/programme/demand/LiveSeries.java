package plaza.programme.demand;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoJson;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.GeoFilter;
import plaza.graph.query.Query;
import plaza.ledger.Reader;
import plaza.ledger.store.Span;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// Reads the series beside a need's answer as they are now, with the rights of who looks.
///
/// A day is told: the last one that has readings, in quarters of an hour. Kept for a few seconds,
/// because an area costs a pass over its day.
public final class LiveSeries {
  private static final Duration DAY = Duration.ofDays(1);
  private static final long QUARTER = 900;
  private static final int MOST_READINGS = 5_000;
  private static final int KEPT = 200;
  private static final Duration HOLDS = Duration.ofSeconds(15);
  private final Reader reader;
  private final Dossiers dossiers;
  private final InstantSource clock;
  private final Map<String, Kept> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > KEPT;
        }
      };

  private record Kept(Value.Items told, Instant until) {}

  public LiveSeries(Reader reader, InstantSource clock) {
    this.reader = reader;
    this.dossiers = new Dossiers(reader);
    this.clock = clock;
  }

  /// `[{label, attribute, entity or type, entities, value, unitCode, observedAt, points: [[second,
  /// value]], closed}]`; `closed` says why where the caller may not see it.
  public Value.Items of(Caller caller, String needId) {
    var need = dossiers.get(caller.address(), Kind.NEED, needId);
    if (need.kind().isConcealed(need.state()))
      throw new Refusal.NotFound("there is no Need " + needId);
    if (need.items("series").isEmpty()) return new Value.Items(List.of());
    var key =
        caller.address().tenant() + " " + caller.id() + " " + need.id() + " " + need.version();
    synchronized (kept) {
      var known = kept.get(key);
      if (known != null && clock.instant().isBefore(known.until)) return known.told;
    }
    var told = new ArrayList<Value>();
    for (var item : need.items("series")) told.add(tell(caller, Series.of((Value.Struct) item)));
    var all = new Value.Items(told);
    synchronized (kept) {
      kept.put(key, new Kept(all, clock.instant().plus(HOLDS)));
    }
    return all;
  }

  private Value.Struct tell(Caller caller, Series series) {
    var members = new LinkedHashMap<>(series.toValue().members());
    members.remove("area");
    try {
      var day = series.entity() == null ? ofType(caller, series) : ofEntity(caller, series);
      day.tell(members);
    } catch (Refusal.Forbidden | Refusal.Unauthenticated closed) {
      members.put("closed", Value.of("These readings are not open to you."));
    }
    return new Value.Struct(members);
  }

  private Day ofEntity(Caller caller, Series series) {
    var day = new Day();
    var found =
        reader.find(
            caller.actor(), caller.address(), java.util.Objects.requireNonNull(series.entity()));
    if (found.isEmpty()) return day;
    var entity = found.get();
    entity.find(series.attribute()).ifPresent(day::now);
    for (var one :
        reader.history(
            caller.actor(),
            caller.address(),
            entity,
            series.attribute(),
            Span.between(day.start(), null),
            true,
            MOST_READINGS))
      number(one.attribute())
          .ifPresent(value -> day.reading(one.attribute().eventTime().getEpochSecond(), value));
    return day;
  }

  private Day ofType(Caller caller, Series series) {
    var day = new Day();
    var ids = new HashSet<String>();
    var query = Query.type(java.util.Objects.requireNonNull(series.type()));
    var area = series.area();
    reader.each(
        caller.actor(),
        caller.address(),
        area == null ? query : query.where(GeoFilter.within(GeoJson.geometry(area))),
        (Entity entity) -> {
          entity
              .find(series.attribute())
              .ifPresent(attribute -> {
                ids.add(entity.id());
                day.now(attribute);
              });
          return true;
        });
    if (ids.isEmpty()) return day;
    reader.series(
        caller.actor(),
        caller.address(),
        series.attribute(),
        Span.between(day.start(), null),
        (id, micros, value) -> {
          if (ids.contains(id)) day.reading(micros / 1_000_000, value);
        });
    return day;
  }

  private static java.util.Optional<Double> number(Attribute attribute) {
    return attribute.content() instanceof Content.Property(var value)
            && !Double.isNaN(value.asNumber())
        ? java.util.Optional.of(value.asNumber())
        : java.util.Optional.empty();
  }

  /// Adds up what is now, and the day that ends with the newest reading.
  private final class Day {
    private final Map<Long, double[]> quarters = new TreeMap<>();
    private final Map<String, Integer> units = new HashMap<>();
    private double sum;
    private int entities;
    private Instant latest = Instant.EPOCH;

    void now(Attribute attribute) {
      var value = number(attribute);
      if (value.isEmpty()) return;
      sum += value.get();
      entities++;
      var unit = attribute.unitCode();
      if (unit != null) units.merge(unit, 1, Integer::sum);
      if (attribute.eventTime().isAfter(latest)) latest = attribute.eventTime();
    }

    Instant start() {
      return (entities == 0 ? clock.instant() : latest).minus(DAY).truncatedTo(ChronoUnit.SECONDS);
    }

    void reading(long second, double value) {
      var quarter = quarters.computeIfAbsent(second / QUARTER * QUARTER, _ -> new double[2]);
      quarter[0] += value;
      quarter[1]++;
    }

    void tell(Map<String, Value> members) {
      members.put("entities", Value.of(entities));
      if (entities > 0) {
        members.put("value", Value.of(rounded(sum / entities)));
        members.put("observedAt", Value.of(latest.toString()));
      }
      if (units.size() == 1) members.put("unitCode", Value.of(units.keySet().iterator().next()));
      var points = new ArrayList<Value>();
      quarters.forEach((second, quarter) ->
          points.add(
              new Value.Items(
                  List.of(Value.of(second), Value.of(rounded(quarter[0] / quarter[1]))))));
      members.put("points", new Value.Items(points));
    }

    private static double rounded(double value) {
      return Math.rint(value * 1000) / 1000;
    }
  }
}
