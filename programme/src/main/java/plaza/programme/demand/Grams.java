package plaza.programme.demand;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/// Cuts a text into small pieces that texts of one meaning share.
///
/// Scripts without blanks between words (Chinese, Japanese, Thai) give pairs of neighbouring signs;
/// the others give the threes of letters of each word with its ends marked, so that `station` and
/// `stations` have most in common. Width, case and compatibility forms make no difference (NFKC).
final class Grams {
  private Grams() {}

  static Set<String> of(String text) {
    var plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    var grams = new LinkedHashSet<String>();
    int[] signs = plain.codePoints().toArray();
    for (int i = 0; i < signs.length; ) {
      if (!Character.isLetterOrDigit(signs[i])) {
        i++;
        continue;
      }
      int end = i;
      boolean dense = isDense(signs[i]);
      while (end < signs.length
          && Character.isLetterOrDigit(signs[end])
          && isDense(signs[end]) == dense) end++;
      if (dense) pairs(signs, i, end, grams);
      else threes(new String(signs, i, end - i), grams);
      i = end;
    }
    return grams;
  }

  private static void pairs(int[] signs, int start, int end, Set<String> grams) {
    if (end - start == 1) grams.add(new String(signs, start, 1));
    for (int i = start; i + 1 < end; i++) grams.add(new String(signs, i, 2));
  }

  private static void threes(String word, Set<String> grams) {
    if (word.length() < 2) return;
    var marked = "^" + word + "$";
    for (int i = 0; i + 3 <= marked.length(); i++) grams.add(marked.substring(i, i + 3));
  }

  private static boolean isDense(int sign) {
    return switch (Character.UnicodeScript.of(sign)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR, BOPOMOFO -> true;
      default -> false;
    };
  }
}
