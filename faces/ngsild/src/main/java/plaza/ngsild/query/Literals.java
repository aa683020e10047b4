package plaza.ngsild.query;

import java.time.DateTimeException;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Moments;
import plaza.graph.query.Operand;
import plaza.ngsild.context.Context;

/// Unquoted values of queries: numbers, booleans, dates, URIs and terms.
final class Literals {
  private Literals() {}

  static Operand operand(String word, Context context) {
    if (word.equals("true") || word.equals("false"))
      return new Operand.Exactly(Value.of(word.equals("true")));
    char first = word.charAt(0);
    if (first == '-' || (first >= '0' && first <= '9')) {
      if (isDate(word))
        try {
          return new Operand.Moment(Moments.parse(word), word);
        } catch (DateTimeException e) {
          throw new Refusal.Invalid("q: '" + word + "' looks like a date-time and is none");
        }
      if (word.matches("-?(0|[1-9]\\d*)"))
        try {
          return new Operand.Exactly(Value.of(Long.parseLong(word)));
        } catch (NumberFormatException e) {
          return new Operand.Exactly(Value.of(Double.parseDouble(word)));
        }
      if (word.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?"))
        return new Operand.Exactly(Value.of(Double.parseDouble(word)));
      if (word.matches("\\d{2}:\\d{2}:\\d{2}([.,]\\d{1,6})?Z"))
        return new Operand.Exactly(Value.of(word));
      throw new Refusal.Invalid("q: '" + word + "' is no number, date or time; quote a text");
    }
    // A term or a URI begins with a letter.
    if (word.indexOf('"') >= 0
        || word.indexOf(' ') >= 0
        || !Character.isLetter(word.codePointAt(0)))
      throw new Refusal.Invalid("q: '" + word + "' is no value; quote a text");
    return new Operand.Term(word, context.expand(word));
  }

  private static boolean isDate(String word) {
    return word.length() >= 10
        && word.charAt(4) == '-'
        && word.charAt(7) == '-'
        && word.substring(0, 4).chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /// Appends what a JSON escape stands for and returns where to go on.
  static int unescape(String text, int at, char escape, StringBuilder to) {
    switch (escape) {
      case 'n' -> to.append('\n');
      case 't' -> to.append('\t');
      case 'r' -> to.append('\r');
      case 'b' -> to.append('\b');
      case 'f' -> to.append('\f');
      case 'u' -> {
        try {
          to.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
          return at + 4;
        } catch (RuntimeException e) {
          throw new Refusal.Invalid("q has a broken escape in '" + text + "'");
        }
      }
      default -> to.append(escape);
    }
    return at;
  }
}
