package plaza.ngsild.query;

import java.util.Random;

/// Texts with slips in them: something left out, doubled, swapped or put in.
final class Mutations {
  private static final String[] PIECES = {
    "",
    "",
    "\"",
    "\\",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ";",
    "|",
    ",",
    "..",
    "=",
    "==",
    "!",
    "~=",
    ">",
    "<",
    ".",
    " ",
    "-",
    "0",
    "e9",
    "true",
    "a",
    "名",
    "\ud83d",
    "\u0000",
    "%",
    "#",
    "+",
    "/",
    ":",
    "urn:x:y",
    "2026-06-01",
    "T",
    "Z",
    "99999999999999999999",
    "*",
    "?",
    "&",
    "'",
    "@",
    "é",
    "_"
  };

  private Mutations() {}

  /// With one to three slips.
  static String of(String text, Random random) {
    var slipped = new StringBuilder(text);
    for (int slips = random.nextInt(3); slips >= 0; slips--) {
      int at = random.nextInt(slipped.length() + 1);
      int end = Math.min(slipped.length(), at + random.nextInt(3));
      if (random.nextInt(8) == 0) slipped.insert(at, slipped.substring(at, end).repeat(2));
      else slipped.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
    }
    return slipped.toString();
  }
}
