package plaza.programme.indicator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.programme.indicator.IndicatorDefinition.Direction;

/// What the data say about an indicator. A pure function of what was measured.
///
/// @param effect (T₁−T₀)−(C₁−C₀), or T₁−T₀ without control; null when a value is missing
/// @param interval of the effect, 95 %; null without effect
/// @param reasons why it is inconclusive; empty otherwise
public record Verdict(
    Answer answer,
    @Nullable Double effect,
    @Nullable Interval interval,
    boolean controlled,
    List<String> reasons) {
  /// Whether the target was reached.
  public enum Answer {
    MET,
    NOT_MET,
    INCONCLUSIVE
  }

  public record Interval(double low, double high) {
    public Value.Items toValue() {
      return new Value.Items(List.of(Value.of(low), Value.of(high)));
    }
  }

  public Verdict {
    reasons = List.copyOf(reasons);
  }

  /// @param before the baseline period
  /// @param after the measurement period
  public static Verdict of(IndicatorDefinition definition, Meter.Pair before, Meter.Pair after) {
    var reasons = new ArrayList<String>();
    demand(definition, "baseline", before.target(), reasons);
    demand(definition, "measurement", after.target(), reasons);
    if (before.control() != null)
      demand(definition, "control's baseline", before.control(), reasons);
    if (after.control() != null)
      demand(definition, "control's measurement", after.control(), reasons);
    boolean controlled = definition.control() != null;
    var effect = Bootstrap.effect(before, after);
    if (Double.isNaN(effect))
      return new Verdict(Answer.INCONCLUSIVE, null, null, controlled, reasons);
    var interval = Bootstrap.interval(definition.hash(), before, after);
    if (interval == null) {
      reasons.add("too few days are covered for a confidence interval");
      return new Verdict(Answer.INCONCLUSIVE, effect, null, controlled, reasons);
    }
    if (!reasons.isEmpty())
      return new Verdict(Answer.INCONCLUSIVE, effect, interval, controlled, reasons);
    var answer = answer(definition, interval);
    if (answer == Answer.INCONCLUSIVE)
      reasons.add("the interval of the effect holds the target " + definition.target());
    return new Verdict(answer, effect, interval, controlled, reasons);
  }

  private static void demand(
      IndicatorDefinition definition, String what, Measured measured, List<String> reasons) {
    if (measured.coverage() < definition.minimumCoverage())
      reasons.add(
          "coverage of the %s is %.4f, below %s"
              .formatted(what, measured.coverage(), definition.minimumCoverage()));
    if (measured.reporting() < definition.minimumN())
      reasons.add(
          "only %d entities reported in the %s, fewer than %d"
              .formatted(measured.reporting(), what, definition.minimumN()));
    if (measured.value() == null) reasons.add("the " + what + " has no covered time");
  }

  /// The whole interval has to be on one side of the target.
  private static Answer answer(IndicatorDefinition definition, Interval interval) {
    boolean lower = definition.direction() == Direction.LOWER_IS_BETTER;
    double target = definition.target();
    if (lower ? interval.high() <= target : interval.low() >= target) return Answer.MET;
    if (lower ? interval.low() > target : interval.high() < target) return Answer.NOT_MET;
    return Answer.INCONCLUSIVE;
  }
}
