package plaza.programme.directory;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/// The words of a text, as they are looked up: without width, case and accents. A run of signs of a
/// script that has no blanks between words gives its pairs of neighbours, and its last sign alone.
final class Words {
  private static final int LONGEST = 32;

  private Words() {}

  /// @param exact must be there as they are
  /// @param beginnings must begin something that is there
  record Asked(Set<String> exact, Set<String> beginnings) {}

  static Set<String> of(String text) {
    var words = new LinkedHashSet<String>();
    runs(
        text,
        (run, dense) -> {
          if (!dense) words.add(cut(run));
          else {
            pairs(run, words);
            words.add(run.substring(run.offsetByCodePoints(run.length(), -1)));
          }
        });
    return words;
  }

  static Asked asked(String text) {
    var exact = new LinkedHashSet<String>();
    var beginnings = new LinkedHashSet<String>();
    runs(
        text,
        (run, dense) -> {
          if (dense && run.codePointCount(0, run.length()) > 1) pairs(run, exact);
          else beginnings.add(cut(run));
        });
    return new Asked(exact, beginnings);
  }

  private static String cut(String word) {
    return word.length() <= LONGEST ? word : word.substring(0, LONGEST);
  }

  private static void pairs(String run, Set<String> words) {
    for (int i = 0; i < run.length(); ) {
      int next = run.offsetByCodePoints(i, 1);
      if (next == run.length()) return;
      words.add(run.substring(i, run.offsetByCodePoints(next, 1)));
      i = next;
    }
  }

  private interface Runs {
    void run(String run, boolean dense);
  }

  private static void runs(String text, Runs runs) {
    var plain = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    var run = new StringBuilder();
    boolean dense = false;
    for (int i = 0; i < plain.length(); ) {
      int sign = plain.codePointAt(i);
      i += Character.charCount(sign);
      if (isAccent(sign)) continue;
      boolean counts = Character.isLetterOrDigit(sign) || isVoicing(sign);
      boolean nowDense = counts && (isVoicing(sign) ? dense : isDense(sign));
      if (!run.isEmpty() && (!counts || nowDense != dense)) {
        runs.run(run.toString(), dense);
        run.setLength(0);
      }
      dense = nowDense;
      if (counts) run.appendCodePoint(sign);
    }
    if (!run.isEmpty()) runs.run(run.toString(), dense);
  }

  private static boolean isAccent(int sign) {
    return Character.getType(sign) == Character.NON_SPACING_MARK && !isVoicing(sign);
  }

  /// The marks that make another sound of a kana are part of it.
  private static boolean isVoicing(int sign) {
    return sign == 0x3099 || sign == 0x309A;
  }

  private static boolean isDense(int sign) {
    return switch (UnicodeScript.of(sign)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR, BOPOMOFO -> true;
      default -> false;
    };
  }
}
