package plaza.ngsild.parse;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;

/// DateTime as clause 4.6.3 wants it: `YYYY-MM-DDThh:mm:ss[.ffffff]Z`, UTC only.
public final class DateTimes {
  private DateTimes() {}

  /// @param what names the thing in the sentence of a refusal
  public static Instant parse(Value value, String what) {
    if (value instanceof Value.Text(var text)) return parse(text, what);
    throw refusal(Json.text(value), what);
  }

  /// As [#parse(Value, String)].
  public static Instant parse(String text, String what) {
    int length = text.length();
    boolean shaped =
        length >= 20
            && length <= 30
            && text.charAt(length - 1) == 'Z'
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && text.charAt(10) == 'T'
            && text.charAt(13) == ':'
            && text.charAt(16) == ':';
    if (!shaped) throw refusal(text, what);
    try {
      return LocalDateTime.of(
              digits(text, 0, 4),
              digits(text, 5, 7),
              digits(text, 8, 10),
              digits(text, 11, 13),
              digits(text, 14, 16),
              digits(text, 17, 19),
              nanos(text))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw refusal(text, what);
    }
  }

  private static int digits(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) throw new DateTimeException("no digit");
      number = number * 10 + digit;
    }
    return number;
  }

  private static int nanos(String text) {
    int end = text.length() - 1;
    if (end == 19) return 0;
    char separator = text.charAt(19);
    // Up to six digits are the rule; nine, as some clocks give, lose nothing anybody measures.
    if ((separator != '.' && separator != ',') || end == 20 || end > 29)
      throw new DateTimeException("no fraction");
    int nanos = digits(text, 20, end);
    for (int i = end - 20; i < 9; i++) nanos *= 10;
    return nanos;
  }

  private static Refusal.Invalid refusal(String text, String what) {
    return new Refusal.Invalid(
        what
            + " must be a UTC date-time such as 2026-06-01T12:00:00Z, not '"
            + (text.length() > 80 ? text.substring(0, 77) + "…" : text)
            + "'");
  }
}
