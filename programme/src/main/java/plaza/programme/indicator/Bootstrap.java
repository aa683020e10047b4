package plaza.programme.indicator;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How sure an effect is: days are drawn again, with replacement, 2,000 times.
///
/// Days are the blocks, because readings of one morning depend on each other. Target and control
/// draw the same days, because weather and holidays meet both. The seed comes from the definition,
/// so that the same data give the same interval everywhere and nobody can try seeds.
final class Bootstrap {
  static final int DRAWS = 2_000;

  private Bootstrap() {}

  /// NaN when any of the values is missing.
  static double effect(Meter.Pair before, Meter.Pair after) {
    return effect(before, all(before), after, all(after));
  }

  /// From the 2.5th to the 97.5th percentile (nearest rank); null when a draw is impossible.
  static Verdict.@Nullable Interval interval(
      String definitionHash, Meter.Pair before, Meter.Pair after) {
    var random = new SplitMix64(Long.parseUnsignedLong(definitionHash.substring(0, 16), 16));
    var effects = new double[DRAWS];
    int[] first = all(before);
    int[] second = all(after);
    for (int draw = 0; draw < DRAWS; draw++) {
      for (int i = 0; i < first.length; i++) first[i] = random.below(first.length);
      for (int i = 0; i < second.length; i++) second[i] = random.below(second.length);
      effects[draw] = effect(before, first, after, second);
      if (Double.isNaN(effects[draw])) return null;
    }
    Arrays.sort(effects);
    return new Verdict.Interval(effects[rank(0.025)], effects[rank(0.975)]);
  }

  private static int rank(double share) {
    return (int) Math.ceil(share * DRAWS) - 1;
  }

  private static double effect(Meter.Pair before, int[] first, Meter.Pair after, int[] second) {
    double target = value(after.target(), second) - value(before.target(), first);
    if (before.control() == null || after.control() == null) return target;
    return target - (value(after.control(), second) - value(before.control(), first));
  }

  private static double value(Measured measured, int[] days) {
    double weighed = 0;
    double covered = 0;
    List<Measured.Tally> tallies = measured.days();
    for (int day : days) {
      weighed += tallies.get(day).weighed();
      covered += tallies.get(day).covered();
    }
    return covered == 0 ? Double.NaN : weighed / covered;
  }

  private static int[] all(Meter.Pair pair) {
    var days = new int[pair.target().days().size()];
    Arrays.setAll(days, i -> i);
    return days;
  }

  /// Steele, Lea and Flood's generator; small enough to write down in any language.
  private static final class SplitMix64 {
    private long state;

    SplitMix64(long seed) {
      this.state = seed;
    }

    int below(int bound) {
      state += 0x9E3779B97F4A7C15L;
      long z = state;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      z = z ^ (z >>> 31);
      return (int) ((z >>> 33) % bound);
    }
  }
}
