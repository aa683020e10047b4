package plaza.server.settings;

import java.util.Comparator;
import java.util.List;
import plaza.graph.Refusal;

/// Finds the name that somebody probably meant.
final class Nearest {
  private Nearest() {}

  static Refusal unknown(String what, String name, List<String> known) {
    var nearest = known.stream().min(Comparator.comparingInt(other -> distance(name, other)));
    return new Refusal.Invalid(
        "there is no "
            + what
            + " '"
            + name
            + "'"
            + nearest
                .filter(other -> distance(name, other) <= Math.max(2, name.length() / 3))
                .map(other -> "; did you mean '" + other + "'?")
                .orElse("; `plaza config` lists all settings"));
  }

  /// Levenshtein's: how many letters must be changed, added or left out.
  private static int distance(String one, String other) {
    var row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) row[j] = j;
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int above = row[j];
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(above, row[j - 1]) + 1, diagonal + change);
        diagonal = above;
      }
    }
    return row[other.length()];
  }
}
