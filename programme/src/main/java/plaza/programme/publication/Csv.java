package plaza.programme.publication;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Lines of a table as RFC 4180 writes them: CRLF at the end, quotes where they are needed.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe in front, so that nobody's
/// text is run on somebody's machine; numbers and dates stay as they are.
public final class Csv {
  private static final Pattern FORMULA =
      Pattern.compile("^\\s*[=+\\-@\\t\\r＝＋－＠].*", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

  private Csv() {}

  public static String line(Collection<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String cell(String text) {
    var safe =
        FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches() ? "'" + text : text;
    boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
