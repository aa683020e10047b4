package plaza.programme.demand;

import java.util.regex.Pattern;
import plaza.programme.procedure.Procedure;
import plaza.programme.procedure.Term;

/// How many people must say that an answer does not hold before the need is open again:
/// `contests>=max(3,10%ofSupporters)` is a fixed number or a share of the supporters, rounded up,
/// whichever is more.
final class Contests {
  private static final Pattern THRESHOLD = Pattern.compile("max\\((\\d+),(\\d+)%ofSupporters\\)");

  private Contests() {}

  static long wanted(Term term, long supporters) {
    var threshold = THRESHOLD.matcher(term.right());
    if (!threshold.matches())
      throw new IllegalStateException("'" + term.text() + "' has no threshold we know");
    long share = Long.parseLong(threshold.group(2)) * supporters;
    return Math.max(Long.parseLong(threshold.group(1)), (share + 99) / 100);
  }

  /// As the procedure has it from a state; 0 where nothing can be contested.
  static long wanted(Procedure procedure, String state, long supporters) {
    return procedure.from(state).stream()
        .filter(step -> step.action().equals("contest"))
        .flatMap(step -> step.guards().stream())
        .flatMap(guard -> guard.alternatives().stream())
        .filter(term -> term.name().equals("contests"))
        .mapToLong(term -> wanted(term, supporters))
        .findFirst()
        .orElse(0);
  }
}
