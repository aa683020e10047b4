package plaza.graph.query;

import java.util.regex.Pattern;
import plaza.graph.Refusal;

/// Looks for a pattern in a text, with an end: Java's regular expressions go back and forth, and
/// whoever writes `(.*)(.*)(.*)(.*)(.*)(.*)y` would keep a thread for good.
public final class Search {
  /// How often a character may be looked at, which takes some tens of milliseconds at worst. A
  /// pattern that does not go back looks at each about once.
  private static final int MOST_STEPS = 5_000_000;

  private Search() {}

  /// Whether the pattern matches somewhere in the text.
  ///
  /// @throws Refusal.TooLarge when it takes too long to tell
  public static boolean finds(Pattern pattern, String text) {
    try {
      return pattern.matcher(new Counted(text)).find();
    } catch (Exhausted | StackOverflowError tooMuch) {
      // Alternatives that are repeated, such as (a|b)*, are followed by recursion.
      throw new Refusal.TooLarge(
          "the pattern '"
              + pattern.pattern()
              + "' takes too many steps on a text of "
              + text.length()
              + " characters; write it with fewer repetitions, or anchor it with ^");
    }
  }

  /// As [#finds], for those who decide on behalf of others and have nobody to tell: what takes too
  /// long to tell does not match.
  public static boolean findsSoon(Pattern pattern, String text) {
    try {
      return finds(pattern, text);
    } catch (Refusal.TooLarge tooMuch) {
      return false;
    }
  }

  private static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Exhausted() {
      super(null, null, false, false);
    }
  }

  private static final class Counted implements CharSequence {
    private final String text;
    private int left = MOST_STEPS;

    private Counted(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (--left < 0) throw new Exhausted();
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
