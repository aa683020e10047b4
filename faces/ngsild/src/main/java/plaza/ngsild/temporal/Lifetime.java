package plaza.ngsild.temporal;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;

/// How long somebody wants a thing to exist, as ISO 8601 has it.
public final class Lifetime {
  private static final long DAYS_OF_A_MONTH = 30;

  private Lifetime() {}

  /// What was asked for, or the usual when nothing was; never more than the longest.
  ///
  /// @param what names the parameter in the sentence of a refusal
  public static Duration parse(
      @Nullable String text, String what, Duration usual, Duration longest) {
    if (text == null) return usual;
    Periods.Length length;
    try {
      length = Periods.Length.parse(text);
    } catch (Refusal.Invalid broken) {
      length = new Periods.Length(0, 0);
    }
    if (length.isWhole())
      throw new Refusal.Invalid(
          what + " must be an ISO 8601 duration such as PT5M, not '" + text + "'");
    if (length.months() > longest.toDays() / DAYS_OF_A_MONTH + 1) return longest;
    var wanted =
        Duration.of(length.micros(), ChronoUnit.MICROS).plusDays(length.months() * DAYS_OF_A_MONTH);
    return wanted.compareTo(longest) > 0 ? longest : wanted;
  }
}
