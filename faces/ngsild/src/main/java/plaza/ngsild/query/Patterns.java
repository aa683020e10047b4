package plaza.ngsild.query;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import plaza.graph.Refusal;

/// Reads the regular expressions of `q` and `idPattern`.
final class Patterns {
  private static final int LONGEST = 500;
  private static final int MOST_REPETITIONS = 10_000;
  private static final Pattern COUNT = Pattern.compile("\\{(\\d+)(?:,(\\d*))?}");

  /// The flag that lets blanks stand within counts.
  private static final Pattern COMMENTS = Pattern.compile("\\(\\?[A-Za-z]*x");

  /// `[:digit:]`, which stands within brackets.
  private static final Pattern POSIX_CLASS =
      Pattern.compile(
          "\\[:(alnum|alpha|blank|cntrl|digit|graph|lower|print|punct|space|upper|xdigit):]");

  private Patterns() {}

  /// A regular expression that is neither broken nor too long.
  ///
  /// @param what names the parameter in the sentence of a refusal
  static Pattern compile(String pattern, String what) {
    if (pattern.isEmpty() || pattern.length() > LONGEST)
      throw new Refusal.Invalid(
          what + ": a pattern has 1 to " + LONGEST + " characters, not " + pattern.length());
    // What is empty may be repeated without looking at the text, where nothing would end it.
    if (repetitions(pattern) > MOST_REPETITIONS)
      throw new Refusal.Invalid(
          what
              + ": '"
              + pattern
              + "' repeats something more than "
              + MOST_REPETITIONS
              + " times; nested counts multiply");
    if (COMMENTS.matcher(pattern).find())
      throw new Refusal.Invalid(what + ": '" + pattern + "' has the flag x, which is not offered");
    try {
      return Pattern.compile(withoutPosixClasses(pattern));
    } catch (PatternSyntaxException e) {
      throw new Refusal.Invalid(
          what + ": '" + pattern + "' is no regular expression: " + e.getDescription());
    }
  }

  /// Clause 4.9 takes the expressions of POSIX, whose classes are written otherwise here.
  private static String withoutPosixClasses(String pattern) {
    if (!pattern.contains("[:")) return pattern;
    return POSIX_CLASS
        .matcher(pattern)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                "\\p{"
                    + (found.group(1).equals("xdigit")
                        ? "XDigit"
                        : Character.toUpperCase(found.group(1).charAt(0))
                            + found.group(1).substring(1))
                    + "}"));
  }

  /// How often counts such as those of `((a{9}){99}){9}` repeat what is innermost. Counts that do
  /// not nest are multiplied too, which makes the number no smaller.
  private static double repetitions(String pattern) {
    double together = 1;
    for (var count = COUNT.matcher(pattern); count.find(); ) {
      var last = count.group(2);
      var most = last == null || last.isEmpty() ? count.group(1) : last;
      together *= Math.max(1, Double.parseDouble(most));
    }
    return together;
  }
}
