package plaza.programme.place;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes calendars as RFC 5545 wants them: CRLF, lines folded at 75 octets without breaking a
/// character, texts escaped, times in UTC so that no time zone has to be described.
final class ICalendar {
  private static final int LINE_OCTETS = 75;
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ICalendar() {}

  /// One VEVENT.
  ///
  /// @param uid the same for all revisions (§3.8.4.7)
  /// @param sequence of the revision (§3.8.7.4)
  /// @param status TENTATIVE, CONFIRMED or CANCELLED (§3.8.1.11)
  /// @param stamp when this revision came to be (§3.8.7.2)
  /// @param latitude of its place, with longitude; null when unknown
  record Entry(
      String uid,
      long sequence,
      String status,
      Instant start,
      Instant end,
      Instant stamp,
      String summary,
      @Nullable String description,
      @Nullable String location,
      @Nullable Double latitude,
      @Nullable Double longitude,
      @Nullable String url) {}

  static String text(String name, List<Entry> entries) {
    var out = new StringBuilder();
    line(out, "BEGIN:VCALENDAR");
    line(out, "VERSION:2.0");
    line(out, "PRODID:-//Plaza//Bookings//EN");
    line(out, "CALSCALE:GREGORIAN");
    line(out, "METHOD:PUBLISH");
    // RFC 7986 §5.1 and §5.7, and the names that older clients know.
    line(out, "NAME:" + escaped(name));
    line(out, "X-WR-CALNAME:" + escaped(name));
    line(out, "REFRESH-INTERVAL;VALUE=DURATION:PT15M");
    for (var entry : entries) event(out, entry);
    line(out, "END:VCALENDAR");
    return out.toString();
  }

  private static void event(StringBuilder out, Entry entry) {
    line(out, "BEGIN:VEVENT");
    line(out, "UID:" + escaped(entry.uid));
    line(out, "DTSTAMP:" + UTC.format(entry.stamp));
    line(out, "DTSTART:" + UTC.format(entry.start));
    line(out, "DTEND:" + UTC.format(entry.end));
    line(out, "SEQUENCE:" + entry.sequence);
    line(out, "STATUS:" + entry.status);
    line(out, "SUMMARY:" + escaped(entry.summary));
    if (entry.description != null) line(out, "DESCRIPTION:" + escaped(entry.description));
    if (entry.location != null) line(out, "LOCATION:" + escaped(entry.location));
    if (entry.latitude != null && entry.longitude != null)
      line(out, String.format(Locale.ROOT, "GEO:%.6f;%.6f", entry.latitude, entry.longitude));
    if (entry.url != null) line(out, "URL:" + entry.url);
    line(out, "END:VEVENT");
  }

  /// §3.3.11; control characters have no place in a text.
  static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replaceAll("\r\n|\r|\n", "\\\\n")
        .replaceAll("[\\x00-\\x08\\x0B-\\x1F\\x7F]", "");
  }

  /// §3.1: no line is longer than 75 octets; what is longer goes on after a blank.
  private static void line(StringBuilder out, String line) {
    int octets = 0;
    for (int i = 0; i < line.length(); ) {
      int point = line.codePointAt(i);
      var character = Character.toString(point);
      int size = character.getBytes(StandardCharsets.UTF_8).length;
      if (octets + size > LINE_OCTETS) {
        out.append("\r\n ");
        octets = 1;
      }
      out.append(character);
      octets += size;
      i += character.length();
    }
    out.append("\r\n");
  }
}
