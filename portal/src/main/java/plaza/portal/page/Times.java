package plaza.portal.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Moments as people of the city read them.
public record Times(ZoneId zone) {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);

  public String moment(Instant at) {
    return MOMENT.format(at.atZone(zone));
  }

  public String day(Instant at) {
    return DAY.format(at.atZone(zone));
  }

  /// A day or moment as records write it.
  public String day(String iso) {
    if (iso.isEmpty()) return "–";
    return iso.length() == 10 ? DAY.format(LocalDate.parse(iso)) : day(Instant.parse(iso));
  }
}
