package plaza.portal.place;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import plaza.portal.page.Seen;
import plaza.programme.place.Interval;

/// One line of a place's calendar: a day in hours, or a week in days, drawn as a ribbon and said in
/// words.
///
/// @param label such as `Mon 1 Jun`
/// @param words what is free, for who does not see the ribbon
/// @param now whether the present is in it
public record Ribbon(String label, String words, boolean now, List<Block> blocks) {
  /// The width of a ribbon in its own units.
  public static final int WIDTH = 700;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter SHORT_DAY =
      DateTimeFormatter.ofPattern("EEE d", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

  /// @param kind `free`, `part`, `full` or `past`
  public record Block(String kind, String x, String width, String words) {}

  public Ribbon {
    blocks = List.copyOf(blocks);
  }

  /// What the programme says is free, cut into lines.
  ///
  /// @param byWeek a line a week, else a line a day
  static List<Ribbon> of(
      Seen availability, LocalDate first, int lines, boolean byWeek, Instant present) {
    var zone = ZoneId.of(availability.text("timeZone"));
    long capacity = (long) availability.number("capacity");
    var free = free(availability);
    var ribbons = new ArrayList<Ribbon>();
    for (int line = 0; line < lines; line++) {
      var day = byWeek ? first.plusWeeks(line) : first.plusDays(line);
      var next = byWeek ? day.plusWeeks(1) : day.plusDays(1);
      var row =
          new Interval(day.atStartOfDay(zone).toInstant(), next.atStartOfDay(zone).toInstant());
      ribbons.add(ribbon(row, day, free, capacity, byWeek, zone, present));
    }
    return ribbons;
  }

  /// A stretch in which the place can be used, and how much of it is free.
  private record Free(Interval when, long units) {}

  private static List<Free> free(Seen availability) {
    var free = new ArrayList<Free>();
    for (var usable : availability.parts("bookable"))
      for (var stretch : availability.parts("stretches"))
        common(interval(usable), interval(stretch))
            .ifPresent(when -> free.add(new Free(when, (long) stretch.number("free"))));
    return free;
  }

  private static Interval interval(Seen seen) {
    return new Interval(Instant.parse(seen.text("from")), Instant.parse(seen.text("until")));
  }

  private static java.util.Optional<Interval> common(Interval one, Interval other) {
    if (!one.overlaps(other)) return java.util.Optional.empty();
    return java.util.Optional.of(
        new Interval(
            one.from().isAfter(other.from()) ? one.from() : other.from(),
            one.until().isBefore(other.until()) ? one.until() : other.until()));
  }

  private static Ribbon ribbon(
      Interval row,
      LocalDate day,
      List<Free> free,
      long capacity,
      boolean byWeek,
      ZoneId zone,
      Instant present) {
    var blocks = new ArrayList<Block>();
    var mine = new ArrayList<Free>();
    for (var one : free)
      common(one.when(), row).ifPresent(when -> mine.add(new Free(when, one.units())));
    for (var one : mine) {
      var kind = one.units() >= capacity ? "free" : one.units() > 0 ? "part" : "full";
      blocks.add(
          block(
              kind,
              row,
              one.when(),
              said(one.when(), byWeek, zone)
                  + ": "
                  + (one.units() <= 0
                      ? "fully booked"
                      : capacity == 1 ? "free" : one.units() + " of " + capacity + " free")));
    }
    if (present.isAfter(row.from())) {
      var end = present.isBefore(row.until()) ? present : row.until();
      blocks.add(block("past", row, new Interval(row.from(), end), ""));
    }
    return new Ribbon(
        DAY.format(day), words(mine, capacity, row, byWeek, zone), row.contains(present), blocks);
  }

  private static Block block(String kind, Interval row, Interval when, String words) {
    double all = row.from().until(row.until(), java.time.temporal.ChronoUnit.SECONDS);
    double start = Duration.between(row.from(), when.from()).toSeconds() / all * WIDTH;
    double width = Duration.between(when.from(), when.until()).toSeconds() / all * WIDTH;
    return new Block(kind, number(start), number(Math.max(1, width)), words);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /// What is free, neighbouring stretches taken together; how much of it, where the place holds
  /// several.
  private static String words(
      List<Free> mine, long capacity, Interval row, boolean byWeek, ZoneId zone) {
    if (mine.isEmpty()) return "closed";
    var spans = new ArrayList<Interval>();
    long least = capacity;
    for (var one : mine) {
      if (one.units() <= 0) continue;
      least = Math.min(least, one.units());
      var last = spans.isEmpty() ? null : spans.getLast();
      if (last != null && last.until().equals(one.when().from()))
        spans.set(spans.size() - 1, new Interval(last.from(), one.when().until()));
      else spans.add(one.when());
    }
    if (spans.isEmpty()) return "fully booked";
    var free = least < capacity ? "at least " + least + " of " + capacity + " free " : "free ";
    if (spans.equals(List.of(row))) return free + (byWeek ? "all week" : "all day");
    return free + String.join(", ", spans.stream().map(span -> said(span, byWeek, zone)).toList());
  }

  private static String said(Interval span, boolean byWeek, ZoneId zone) {
    var from = span.from().atZone(zone);
    var until = span.until().atZone(zone);
    if (!byWeek)
      return TIME.format(from)
          + "–"
          + (until.toLocalTime().equals(java.time.LocalTime.MIDNIGHT)
              ? "24:00"
              : TIME.format(until));
    return SHORT_DAY.format(from)
        + " "
        + TIME.format(from)
        + " – "
        + SHORT_DAY.format(until)
        + " "
        + TIME.format(until);
  }
}
