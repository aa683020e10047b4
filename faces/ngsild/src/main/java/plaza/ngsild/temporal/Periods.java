package plaza.ngsild.temporal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;

/// The periods a stretch of time is cut into (clause 4.5.19.1), from its beginning on.
///
/// Days and less are of fixed length; months and years follow the calendar, in UTC.
public final class Periods {
  private static final Pattern ISO =
      Pattern.compile(
          "P(?!$)(?:(\\d+)Y)?(?:(\\d+)M)?(?:(\\d+)W)?(?:(\\d+)D)?"
              + "(?:T(?=\\d)(?:(\\d+)H)?(?:(\\d+)M)?(?:(\\d+(?:[.,]\\d{1,6})?)S)?)?");
  private static final int MOST = 1_000_000;

  /// How long each period is.
  ///
  /// @param months whole months; 0 for lengths that do not follow the calendar
  /// @param micros what comes on top of the months
  public record Length(long months, long micros) {
    static final Length WHOLE = new Length(0, 0);

    public boolean isWhole() {
      return months == 0 && micros == 0;
    }

    /// Reads `P1Y2M3DT4H5M6S` or `P2W`; null and zero stand for the whole stretch.
    public static Length parse(@Nullable String text) {
      if (text == null) return WHOLE;
      var found = ISO.matcher(text);
      if (!found.matches()) throw wrong(text);
      try {
        long months =
            Math.addExact(Math.multiplyExact(12L, number(found.group(1))), number(found.group(2)));
        long days =
            Math.addExact(Math.multiplyExact(7L, number(found.group(3))), number(found.group(4)));
        var seconds = found.group(7);
        long micros =
            Math.addExact(
                Math.multiplyExact(days, 86_400_000_000L),
                Math.addExact(
                    Math.multiplyExact(number(found.group(5)), 3_600_000_000L),
                    Math.addExact(
                        Math.multiplyExact(number(found.group(6)), 60_000_000L),
                        seconds == null
                            ? 0
                            : Math.round(Double.parseDouble(seconds.replace(',', '.')) * 1e6))));
        return new Length(months, micros);
      } catch (ArithmeticException | NumberFormatException e) {
        throw wrong(text);
      }
    }

    private static long number(@Nullable String digits) {
      return digits == null ? 0 : Long.parseLong(digits);
    }

    private static Refusal wrong(String text) {
      return new Refusal.Invalid(
          "aggrPeriodDuration must be an ISO 8601 duration such as PT1H, P1D or P1M, not '"
              + text
              + "'");
    }
  }

  private final Length length;
  private final long start;
  private final long end;
  private final List<Long> calendar = new ArrayList<>();

  /// @param start the beginning of the stretch, microseconds since 1970
  /// @param end its end, exclusive; [Long#MAX_VALUE] when it is open
  public Periods(Length length, long start, long end) {
    this.length = length;
    this.start = start;
    this.end = end;
    calendar.add(start);
  }

  /// The period a moment of the stretch lies in.
  public int index(long micros) {
    if (length.isWhole()) return 0;
    if (length.months() == 0) {
      long index = (micros - start) / length.micros();
      if (index > MOST) throw tooMany();
      return (int) index;
    }
    while (calendar.getLast() <= micros) calendar.add(calendarStart(calendar.size()));
    int found = java.util.Collections.binarySearch(calendar, micros);
    return found >= 0 ? found : -found - 2;
  }

  /// When a period begins.
  public Instant start(int index) {
    return instant(startMicros(index));
  }

  /// When it ends; the last one ends with the stretch.
  ///
  /// @param last the newest moment seen, for a whole stretch that is open
  public Instant end(int index, long last) {
    long next = length.isWhole() ? Long.MAX_VALUE : startMicros(index + 1);
    long until = Math.min(next, end);
    return instant(until == Long.MAX_VALUE ? last : until);
  }

  private long startMicros(int index) {
    if (length.isWhole()) return start;
    if (length.months() == 0) return start + index * length.micros();
    while (calendar.size() <= index) calendar.add(calendarStart(calendar.size()));
    return calendar.get(index);
  }

  private long calendarStart(int index) {
    if (index > MOST) throw tooMany();
    try {
      var at =
          instant(start)
              .atZone(ZoneOffset.UTC)
              .plus(Period.ofMonths(Math.toIntExact(Math.multiplyExact(length.months(), index))))
              .plus(Duration.ofNanos(Math.multiplyExact(length.micros() * 1_000, (long) index)))
              .toInstant();
      return micros(at);
    } catch (ArithmeticException | DateTimeException e) {
      return Long.MAX_VALUE;
    }
  }

  private static Refusal tooMany() {
    return new Refusal.TooLarge(
        "the stretch of time has more than "
            + MOST
            + " periods; choose a longer aggrPeriodDuration");
  }

  public static long micros(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }
}
