package plaza.ngsild.distribute;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which part of a stretch of time an answer holds, when it does not hold all of it (clause
/// 6.3.10).
///
/// @param start where it begins: the later end, when it goes backwards
/// @param end how far it got
record Range(Instant start, Instant end) {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("\\s*DateTime\\s+(.+?Z)\\s*-\\s*(.+?Z)\\s*/.*", Pattern.CASE_INSENSITIVE);

  /// @param header a Content-Range
  /// @return null when it is none of DateTimes
  static @Nullable Range of(String header) {
    var range = CONTENT_RANGE.matcher(header);
    try {
      return range.matches()
          ? new Range(Instant.parse(range.group(1)), Instant.parse(range.group(2)))
          : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
