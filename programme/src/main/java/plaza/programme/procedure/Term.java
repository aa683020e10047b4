package plaza.programme.procedure;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One condition or effect as the procedures' data writes it, taken apart.
///
/// ```
/// reasonCode                     a name
/// gateRecord(EXTEND)             a name with arguments
/// publicReason>=80chars          a quantity, an operator and a threshold
/// scaleRoute in {procure,fund}   a choice
/// before closesAt                a moment that must not have come
/// reason if fieldOwner           a condition under a condition
/// OCDS milestone financialClose  words: a name and its arguments
/// ```
///
/// @param text as it was written
/// @param name the function that decides
/// @param operator one of `>= <= == != = < > => in`, or null
/// @param right the other side of the operator, as written
/// @param onlyIf what must hold for the term to count at all, as written
public record Term(
    String text,
    String name,
    List<String> arguments,
    @Nullable String operator,
    @Nullable String right,
    @Nullable String onlyIf) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*");
  private static final Pattern CALL = Pattern.compile("(" + NAME + ")\\((.*)\\)");
  private static final Pattern COMPARISON =
      Pattern.compile("(" + NAME + ")\\s*(=>|>=|<=|==|!=|=|<|>)\\s*(\\S.*)");
  private static final Pattern CHOICE = Pattern.compile("(" + NAME + ") in (\\S.*)");

  public Term {
    arguments = List.copyOf(arguments);
  }

  /// The alternatives of a `|` expression; each is a term.
  ///
  /// @throws IllegalArgumentException when the text is no expression
  static List<Term> alternatives(String expression) {
    return split(expression, '|').stream().map(Term::parse).toList();
  }

  static Term parse(String text) {
    var body = text.strip();
    String onlyIf = null;
    int at = body.indexOf(" if ");
    if (at > 0) {
      onlyIf = body.substring(at + 4).strip();
      body = body.substring(0, at).strip();
    }
    if (body.startsWith("before "))
      return new Term(text, "before", List.of(), null, body.substring(7).strip(), onlyIf);
    var choice = CHOICE.matcher(body);
    if (choice.matches())
      return new Term(text, choice.group(1), List.of(), "in", choice.group(2), onlyIf);
    var call = CALL.matcher(body);
    if (call.matches() && balanced(call))
      return new Term(text, call.group(1), split(call.group(2), ','), null, null, onlyIf);
    var comparison = COMPARISON.matcher(body);
    if (comparison.matches())
      return new Term(
          text, comparison.group(1), List.of(), comparison.group(2), comparison.group(3), onlyIf);
    var words = List.of(body.split(" +"));
    for (var word : words)
      if (!NAME.matcher(word).matches())
        throw new IllegalArgumentException(
            "'" + text + "' is no condition or effect: '" + word + "' is no name");
    return new Term(text, words.getFirst(), words.subList(1, words.size()), null, null, onlyIf);
  }

  private static boolean balanced(Matcher call) {
    int depth = 0;
    for (char c : call.group(2).toCharArray()) {
      if (c == '(') depth++;
      if (c == ')' && --depth < 0) return false;
    }
    return depth == 0;
  }

  /// Parts between separators that stand outside all brackets.
  static List<String> split(String text, char separator) {
    var parts = new ArrayList<String>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("([{".indexOf(c) >= 0) depth++;
      else if (")]}".indexOf(c) >= 0) depth--;
      else if (c == separator && depth == 0) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
      if (depth < 0) throw new IllegalArgumentException("'" + text + "' closes what never opened");
    }
    if (depth != 0) throw new IllegalArgumentException("'" + text + "' never closes a bracket");
    parts.add(text.substring(start).strip());
    if (parts.stream().anyMatch(String::isEmpty))
      throw new IllegalArgumentException("'" + text + "' has an empty part");
    return List.copyOf(parts);
  }

  /// The number the right side begins with: 80 of `80chars`.
  public long threshold() {
    var digits = Pattern.compile("^\\d+").matcher(right());
    if (!digits.find())
      throw new IllegalArgumentException("'" + text + "' compares with no number");
    return Long.parseLong(digits.group());
  }

  /// Whether a count stands in the term's relation to its threshold.
  public boolean holds(long count) {
    long threshold = threshold();
    return switch (operator()) {
      case ">=" -> count >= threshold;
      case "<=" -> count <= threshold;
      case "<" -> count < threshold;
      case ">" -> count > threshold;
      case "=", "==" -> count == threshold;
      case "!=" -> count != threshold;
      case null, default -> throw new IllegalArgumentException("'" + text + "' is no comparison");
    };
  }

  /// The members of a choice such as `{procure,fund}`.
  public List<String> choices() {
    return split(right().substring(1, right().length() - 1), ',');
  }

  @Override
  public String right() {
    return right == null ? "" : right;
  }
}
