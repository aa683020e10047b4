package plaza.testkit;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

/// The seeds random tests run with: the same at each run, so that what passed once passes again.
///
/// `-Dplaza.seed=17` runs one seed alone, as a failed test names it; `-Dplaza.seed=new` runs as
/// many as usual that nobody has run before.
public final class Seeds {
  private Seeds() {}

  public static LongStream of(int count) {
    var wanted = System.getProperty("plaza.seed", "");
    if (wanted.isEmpty()) return LongStream.range(0, count);
    if (!wanted.equals("new")) return LongStream.of(Long.parseLong(wanted));
    long first = ThreadLocalRandom.current().nextLong(1L << 40);
    return LongStream.range(first, first + count);
  }

  /// Whether all the usual seeds run, so that what they come to together can be judged.
  public static boolean areMany() {
    var wanted = System.getProperty("plaza.seed", "");
    return wanted.isEmpty() || wanted.equals("new");
  }
}
