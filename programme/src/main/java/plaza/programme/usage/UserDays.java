package plaza.programme.usage;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import plaza.programme.figures.Retention;

/// All that is remembered of one pseudonym: not which days, only what the figures need.
///
/// @param first day it was seen
/// @param last day it was seen
/// @param stayed whether it was seen in days 90 to 96 after the first
record UserDays(LocalDate first, LocalDate last, boolean stayed) {
  static UserDays on(LocalDate day) {
    return new UserDays(day, day, false);
  }

  UserDays and(LocalDate day) {
    long after = ChronoUnit.DAYS.between(first, day);
    boolean stays = after >= Retention.FIRST_DAY && after <= Retention.LAST_DAY;
    return new UserDays(first, day.isAfter(last) ? day : last, stayed || stays);
  }

  /// Whether the days in which staying counts are over.
  boolean isComplete(LocalDate today) {
    return first.plusDays(Retention.LAST_DAY).isBefore(today);
  }

  byte[] bytes() {
    return (first + " " + last + " " + (stayed ? 1 : 0)).getBytes(StandardCharsets.US_ASCII);
  }

  static UserDays of(byte[] bytes) {
    var parts = new String(bytes, StandardCharsets.US_ASCII).split(" ", 3);
    return new UserDays(LocalDate.parse(parts[0]), LocalDate.parse(parts[1]), parts[2].equals("1"));
  }
}
