package plaza.programme.indicator;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.record.Fields;

/// From a day to a day, both included.
public record Period(LocalDate from, LocalDate to) {
  private static final int MOST_DAYS = 3_700;

  public Period {
    if (to.isBefore(from))
      throw new Refusal.Invalid("a period must not end before it begins: " + from + " … " + to);
    if (from.plusDays(MOST_DAYS).isBefore(to))
      throw new Refusal.Invalid(
          "a period has at most " + MOST_DAYS + " days: " + from + " … " + to);
  }

  public static Period of(Value.Struct json) {
    var fields = new Fields("a period", json);
    var period = new Period(fields.date("from"), fields.date("to"));
    fields.done();
    return period;
  }

  public Value.Struct toValue() {
    var members = new LinkedHashMap<String, Value>();
    members.put("from", Value.of(from.toString()));
    members.put("to", Value.of(to.toString()));
    return new Value.Struct(members);
  }

  /// The hours that count.
  ///
  /// @param days of the week
  /// @param from local, inclusive
  /// @param until local, exclusive; midnight stands for the end of the day
  public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime until, ZoneId zone) {
    public Hours {
      if (days.isEmpty()) throw new Refusal.Invalid("an indicator needs at least one day");
      days = Set.copyOf(days);
      if (!until.equals(LocalTime.MIDNIGHT) && !from.isBefore(until))
        throw new Refusal.Invalid("hours must begin before they end: " + from + " … " + until);
    }

    static Set<DayOfWeek> days(List<String> names) {
      var days = EnumSet.noneOf(DayOfWeek.class);
      for (var name : names)
        try {
          days.add(DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
          throw new Refusal.Invalid("days must be such as MONDAY, not '" + name + "'");
        }
      return days;
    }
  }

  /// One day's hours as moments, in microseconds since 1970 UTC.
  ///
  /// @param from inclusive
  /// @param until exclusive
  public record Window(LocalDate day, long from, long until) {
    long micros() {
      return until - from;
    }
  }

  /// The windows of the period, in order; one for each day that counts.
  public List<Window> windows(Hours hours) {
    var windows = new ArrayList<Window>();
    for (var day = from; !day.isAfter(to); day = day.plusDays(1)) {
      if (!hours.days().contains(day.getDayOfWeek())) continue;
      var last = hours.until().equals(LocalTime.MIDNIGHT) ? day.plusDays(1) : day;
      windows.add(
          new Window(
              day,
              day.atTime(hours.from()).atZone(hours.zone()).toInstant().toEpochMilli() * 1000,
              last.atTime(hours.until()).atZone(hours.zone()).toInstant().toEpochMilli() * 1000));
    }
    return windows;
  }
}
