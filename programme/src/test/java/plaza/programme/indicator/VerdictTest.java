package plaza.programme.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import plaza.programme.indicator.Verdict.Answer;

/// The definition under test wants an effect of -0.1 or lower and a coverage of 0.5.
class VerdictTest {
  private final IndicatorDefinition definition = AggregationTest.definition("SHARE_OF_TIME");

  @Test
  void theEffectIsTheDifferenceOfDifferences() {
    var verdict =
        Verdict.of(
            definition,
            pair(days(0.5, 0.5, 0.5), days(0.3, 0.3, 0.3)),
            pair(days(0.2, 0.2, 0.2), days(0.4, 0.4, 0.4)));

    assertThat(verdict.effect()).isCloseTo((0.2 - 0.5) - (0.4 - 0.3), within(1e-12));
    assertThat(verdict.answer()).isEqualTo(Answer.MET);
    assertThat(verdict.interval().low()).isCloseTo(-0.4, within(1e-12));
    assertThat(verdict.interval().high()).isCloseTo(-0.4, within(1e-12));
  }

  @Test
  void theWholeIntervalMustBeOnOneSideOfTheTarget() {
    var before = pair(days(0.5, 0.5, 0.5, 0.5), null);

    assertThat(answer(before, pair(days(0.1, 0.1, 0.2, 0.2), null))).isEqualTo(Answer.MET);
    assertThat(answer(before, pair(days(0.5, 0.5, 0.45, 0.45), null))).isEqualTo(Answer.NOT_MET);
    assertThat(answer(before, pair(days(0.1, 0.7, 0.1, 0.7), null))).isEqualTo(Answer.INCONCLUSIVE);
  }

  @Test
  void tooLittleCoverageAnywhereGivesNoVerdictAndSaysWhere() {
    var before = pair(days(0.5, 0.5), days(0.5, 0.5));
    var after = pair(days(0.1, 0.1), scarce(0.5, 0.5));

    var verdict = Verdict.of(definition, before, after);

    assertThat(verdict.answer()).isEqualTo(Answer.INCONCLUSIVE);
    assertThat(verdict.reasons())
        .containsExactly("coverage of the control's measurement is 0.4000, below 0.5");
    assertThat(verdict.effect()).isCloseTo(-0.4, within(1e-12));
  }

  @Test
  void withoutAnyReadingThereIsNeitherEffectNorInterval() {
    var verdict =
        Verdict.of(
            definition, pair(days(0.5), null), pair(measured(0, new double[] {Double.NaN}), null));

    assertThat(verdict.answer()).isEqualTo(Answer.INCONCLUSIVE);
    assertThat(verdict.effect()).isNull();
    assertThat(verdict.interval()).isNull();
  }

  @Test
  void theSameDataGiveTheSameIntervalEverywhere() {
    var before = pair(days(0.5, 0.6, 0.4, 0.55), null);
    var after = pair(days(0.3, 0.1, 0.2, 0.25), null);

    var first = Verdict.of(definition, before, after).interval();
    assertThat(Verdict.of(definition, before, after).interval()).isEqualTo(first);
    assertThat(first.low()).isLessThan(-0.3);
    assertThat(first.high()).isGreaterThan(-0.3);
  }

  private Answer answer(Meter.Pair before, Meter.Pair after) {
    return Verdict.of(definition, before, after).answer();
  }

  private static Meter.Pair pair(Measured target, @Nullable Measured control) {
    return new Meter.Pair(target, control);
  }

  private static Measured days(double... values) {
    return measured(1, values);
  }

  private static Measured scarce(double... values) {
    return measured(0.4, values);
  }

  private static Measured measured(double coverage, double[] values) {
    var tallies =
        Arrays.stream(values)
            .mapToObj(v ->
                Double.isNaN(v)
                    ? Measured.Tally.NOTHING
                    : new Measured.Tally(v * 1000 * coverage, 1000 * coverage))
            .toList();
    return new Measured(
        AggregationTest.definition("SHARE_OF_TIME").baseline(),
        List.copyOf(tallies),
        1000L * values.length,
        1,
        coverage > 0 ? 1 : 0,
        "");
  }
}
