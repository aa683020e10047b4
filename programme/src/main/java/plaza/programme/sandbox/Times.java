package plaza.programme.sandbox;

import java.util.Arrays;
import java.util.Locale;
import plaza.graph.Refusal;

/// Which `observedAt` a replayed reading has. The time it had is always kept beside it.
public enum Times {
  /// The moment at which it is replayed: as if it were read now.
  PRESENT,
  /// As long after the sandbox was opened as it was after the beginning of the window. Faster than
  /// the city this runs ahead of the clock.
  SHIFTED,
  /// The one it had.
  ORIGINAL;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Times of(String word) {
    return Arrays.stream(values())
        .filter(one -> one.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new Refusal.Invalid(
                "time of a sandbox must be one of present, shifted, original, not '" + word + "'"));
  }
}
