package plaza.programme.place;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;

/// When a place is open, in its own time zone: weekly hours and closures. Without hours it is
/// always open.
///
/// Days are taken as the zone's clocks show them, so that a place that opens at 8 opens at 8 also
/// on the day the clocks change.
record OpeningHours(List<Shift> week, ZoneId zone, List<Interval> closures) {
  private static final int MINUTES = 24 * 60;

  /// Opens at a minute of some days and closes at another.
  ///
  /// @param until up to 1440, the end of the day
  record Shift(Set<DayOfWeek> days, int from, int until) {
    Shift {
      days = Set.copyOf(days);
    }

    Interval on(LocalDate day, ZoneId zone) {
      return new Interval(at(day, from, zone), at(day, until, zone));
    }

    private static Instant at(LocalDate day, int minute, ZoneId zone) {
      var local =
          minute == MINUTES ? day.plusDays(1).atStartOfDay() : day.atTime(minute / 60, minute % 60);
      return local.atZone(zone).toInstant();
    }
  }

  OpeningHours {
    week = List.copyOf(week);
    closures = List.copyOf(closures);
  }

  /// Of a place as it is kept.
  static OpeningHours of(Dossier place) {
    var closures = new ArrayList<Interval>();
    for (var item : place.items("closures")) closures.add(Interval.of((Value.Struct) item));
    return new OpeningHours(
        place.items("openingHours").stream().map(item -> shift((Value.Struct) item)).toList(),
        place.findText("timeZone").map(ZoneId::of).orElse(ZoneId.of("UTC")),
        closures);
  }

  /// Reads `{days: [MONDAY, …], from: "08:00", until: "20:00"}`; `24:00` is the end of the day.
  static Shift shift(Value.Struct json) {
    var input = new Fields("openingHours", json);
    var days = EnumSet.noneOf(DayOfWeek.class);
    for (var name : input.texts("days", 7)) {
      try {
        days.add(DayOfWeek.valueOf(name));
      } catch (IllegalArgumentException e) {
        throw input.wrong("days", "a list of MONDAY to SUNDAY");
      }
    }
    if (days.isEmpty()) throw input.wrong("days", "a list of MONDAY to SUNDAY");
    int from = minute(input, "from");
    int until = minute(input, "until");
    if (from >= until)
      throw new Refusal.Invalid(
          "openingHours must close after they open; write hours past midnight as two, up to 24:00"
              + " and from 00:00");
    input.done();
    return new Shift(days, from, until);
  }

  private static int minute(Fields input, String name) {
    var text = input.text(name, 5);
    if (text.equals("24:00")) return MINUTES;
    try {
      var time = LocalTime.parse(text);
      return time.getHour() * 60 + time.getMinute();
    } catch (DateTimeException e) {
      throw input.wrong(name, "a time such as 08:30");
    }
  }

  /// Whether the place is open from the first moment to the last.
  boolean covers(Interval wanted) {
    if (isClosed(wanted)) return false;
    if (week.isEmpty()) return true;
    var reached = wanted.from();
    for (var open : open(wanted)) {
      if (open.from().isAfter(reached)) return false;
      if (open.until().isAfter(reached)) reached = open.until();
      if (!reached.isBefore(wanted.until())) return true;
    }
    return false;
  }

  /// Whether what is taken away on one day and brought back on another can be: the place is open at
  /// both moments, whatever is between.
  boolean coversEnds(Interval wanted) {
    if (isClosed(wanted)) return false;
    if (week.isEmpty()) return true;
    var first = new Interval(wanted.from(), wanted.from().plusSeconds(1));
    var last = new Interval(wanted.until().minusSeconds(1), wanted.until());
    return covers(first) && covers(last);
  }

  private boolean isClosed(Interval wanted) {
    return closures.stream().anyMatch(wanted::overlaps);
  }

  /// The hours of the weeks around a period, in order; whole days, closures not taken out.
  List<Interval> open(Interval period) {
    var open = new ArrayList<Interval>();
    var last = period.until().atZone(zone).toLocalDate();
    for (var day = period.from().atZone(zone).toLocalDate(); !day.isAfter(last); ) {
      for (var shift : week)
        if (shift.days().contains(day.getDayOfWeek())) open.add(shift.on(day, zone));
      day = day.plusDays(1);
    }
    open.sort(java.util.Comparator.comparing(Interval::from));
    return open;
  }

  /// When the place is open within a period, closures taken out; all of it without weekly hours.
  List<Interval> within(Interval period) {
    var open = new ArrayList<>(week.isEmpty() ? List.of(period) : open(period));
    for (var closure : closures)
      for (var one : List.copyOf(open))
        if (one.overlaps(closure)) {
          open.remove(one);
          if (one.from().isBefore(closure.from()))
            open.add(new Interval(one.from(), closure.from()));
          if (closure.until().isBefore(one.until()))
            open.add(new Interval(closure.until(), one.until()));
        }
    return open.stream()
        .filter(period::overlaps)
        .map(one ->
            new Interval(
                one.from().isBefore(period.from()) ? period.from() : one.from(),
                one.until().isAfter(period.until()) ? period.until() : one.until()))
        .sorted(java.util.Comparator.comparing(Interval::from))
        .toList();
  }

  /// As it was written.
  static Value toValue(List<Shift> week) {
    var items = new ArrayList<Value>();
    for (var shift : week) {
      var members = new LinkedHashMap<String, Value>();
      members.put("days", Value.of(shift.days().stream().sorted().map(DayOfWeek::name).toList()));
      members.put("from", Value.of(text(shift.from())));
      members.put("until", Value.of(text(shift.until())));
      items.add(new Value.Struct(members));
    }
    return new Value.Items(items);
  }

  private static String text(int minute) {
    return "%02d:%02d".formatted(minute / 60, minute % 60);
  }
}
