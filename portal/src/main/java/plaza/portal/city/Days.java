package plaza.portal.city;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import plaza.ledger.Actor;
import plaza.ledger.store.Span;

/// The past of all stations, day by day.
public final class Days {
  private static final int KEPT = 48;
  private static final Duration LIVE_DAY_HOLDS = Duration.ofSeconds(10);

  /// Late readings may still come to a day that is over; they show after this time.
  private static final Duration PAST_DAY_HOLDS = Duration.ofMinutes(10);

  private static final int SAMPLE = 12;
  private static final int READINGS_OF_SAMPLE = 20_000;

  private final City city;
  private final ZoneId zone;
  private final InstantSource clock;
  private final Map<LocalDate, Kept> kept =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LocalDate, Kept> eldest) {
          return size() > KEPT;
        }
      };
  private Listed listed = new Listed(List.of(), Instant.MIN);

  private record Kept(Day day, String version, Instant until) {}

  private record Listed(List<LocalDate> days, Instant until) {}

  public Days(City city, ZoneId zone, InstantSource clock) {
    this.city = city;
    this.zone = zone;
    this.clock = clock;
  }

  public ZoneId zone() {
    return zone;
  }

  /// Days that have readings, oldest first: those of a sample of stations, since all stations of an
  /// operator begin and end together.
  public List<LocalDate> list(Actor actor) {
    if (!city.isOpenTo(actor)) return sampled(actor);
    synchronized (this) {
      var now = clock.instant();
      if (now.isBefore(listed.until)) return listed.days;
    }
    var days = sampled(actor);
    synchronized (this) {
      // An empty city is being loaded: look again soon.
      listed = new Listed(days, clock.instant().plusSeconds(days.isEmpty() ? 2 : 30));
    }
    return days;
  }

  private List<LocalDate> sampled(Actor actor) {
    var stations = city.stations(actor);
    var days = new TreeSet<LocalDate>();
    int count = stations.list().size();
    for (int i = 0; i < Math.min(SAMPLE, count); i++) {
      var station = stations.list().get((int) ((long) i * count / Math.min(SAMPLE, count)));
      var entity = city.station(actor, station.id());
      city.reader()
          .history(
              actor,
              city.address(),
              entity,
              stations.bikesName(),
              Span.ALWAYS,
              true,
              READINGS_OF_SAMPLE)
          .forEach(one -> days.add(LocalDate.ofInstant(one.attribute().eventTime(), zone)));
    }
    return new ArrayList<>(days);
  }

  Day get(Actor actor, LocalDate date) {
    var stations = city.stations(actor);
    if (!city.isOpenTo(actor)) return read(actor, date, stations);
    var version = stations.version();
    synchronized (this) {
      var known = kept.get(date);
      if (known != null && known.version.equals(version) && clock.instant().isBefore(known.until))
        return known.day;
    }
    var day = read(actor, date, stations);
    boolean over = date.isBefore(LocalDate.ofInstant(stations.now(), zone));
    var until = clock.instant().plus(over ? PAST_DAY_HOLDS : LIVE_DAY_HOLDS);
    synchronized (this) {
      kept.put(date, new Kept(day, version, until));
    }
    return day;
  }

  /// One pass over the day's readings: about 40,000 of each attribute in Taipei.
  private Day read(Actor actor, LocalDate date, Stations stations) {
    var start = date.atStartOfDay(zone).toInstant();
    var day = new Day(start, stations.list().size());
    var span =
        Span.between(
            start.minusSeconds(Day.HOLD_SECONDS), date.plusDays(1).atStartOfDay(zone).toInstant());
    var cursor = new Cursor(stations);
    if (!stations.bikesName().isEmpty())
      city.reader()
          .series(
              actor,
              city.address(),
              stations.bikesName(),
              span,
              (id, micros, count) -> {
                int place = cursor.place(id);
                if (place >= 0) day.bikes(place, micros / 1_000_000, count);
              });
    if (!stations.freeName().isEmpty())
      city.reader()
          .series(
              actor,
              city.address(),
              stations.freeName(),
              span,
              (id, micros, count) -> {
                int place = cursor.place(id);
                if (place >= 0) day.free(place, micros / 1_000_000, count);
              });
    return day;
  }

  /// Remembers the place of the last id: readings come station by station.
  private static final class Cursor {
    private final Stations stations;
    private String id = "";
    private int place = -1;

    Cursor(Stations stations) {
      this.stations = stations;
    }

    int place(String asked) {
      if (!asked.equals(id)) {
        id = asked;
        place = stations.place(asked).orElse(-1);
      }
      return place;
    }
  }
}
