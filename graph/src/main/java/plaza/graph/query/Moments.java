package plaza.graph.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/// ISO 8601 date-times as NGSI-LD writes them (clause 4.6.3): UTC, `Z`; offsets are understood, a
/// bare date is its first moment in UTC.
public final class Moments {
  private Moments() {}

  /// @throws DateTimeParseException when the text is no date-time and no date
  public static Instant parse(String text) {
    if (text.length() == 10) return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    var iso = text.indexOf(',') < 0 ? text : text.replace(',', '.');
    if (iso.endsWith("Z")) return Instant.parse(iso);
    if (iso.indexOf('+') > 0 || iso.lastIndexOf('-') > 9)
      return OffsetDateTime.parse(iso).toInstant();
    return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
  }
}
