package plaza.ngsild.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Refusal;

/// Clause 4.5.19.1.
class PeriodsTest {
  private static final long START = Periods.micros(Instant.parse("2026-01-31T00:00:00Z"));

  @Test
  void hoursAreCountedFromTheBeginning() {
    var hours = new Periods(Periods.Length.parse("PT1H"), START, Long.MAX_VALUE);

    assertThat(hours.index(START)).isZero();
    assertThat(hours.index(START + 3_599_999_999L)).isZero();
    assertThat(hours.index(START + 3_600_000_000L)).isEqualTo(1);
    assertThat(hours.start(1)).isEqualTo("2026-01-31T01:00:00Z");
    assertThat(hours.end(1, 0)).isEqualTo("2026-01-31T02:00:00Z");
  }

  @Test
  void monthsFollowTheCalendar() {
    var months = new Periods(Periods.Length.parse("P1M"), START, Long.MAX_VALUE);

    assertThat(months.start(1)).isEqualTo("2026-02-28T00:00:00Z");
    assertThat(months.start(2)).isEqualTo("2026-03-31T00:00:00Z");
    assertThat(months.index(Periods.micros(Instant.parse("2026-03-30T00:00:00Z")))).isEqualTo(1);
    assertThat(months.index(Periods.micros(Instant.parse("2027-02-01T00:00:00Z")))).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P0D", "PT0S"})
  void zeroStandsForTheWholeStretch(String zero) {
    long end = Periods.micros(Instant.parse("2026-06-01T00:00:00Z"));
    var whole = new Periods(Periods.Length.parse(zero), START, end);

    assertThat(whole.index(end - 1)).isZero();
    assertThat(whole.end(0, 0)).isEqualTo("2026-06-01T00:00:00Z");
  }

  @Test
  void theLastPeriodEndsWithTheStretch() {
    long end = Periods.micros(Instant.parse("2026-01-31T01:30:00Z"));
    var hours = new Periods(Periods.Length.parse("PT1H"), START, end);

    assertThat(hours.end(1, 0)).isEqualTo("2026-01-31T01:30:00Z");
  }

  @Test
  void everyPartOfADurationCounts() {
    assertThat(Periods.Length.parse("P1Y2M3DT4H5M6.5S"))
        .isEqualTo(
            new Periods.Length(14, ((3 * 24L + 4) * 3600 + 5 * 60 + 6) * 1_000_000 + 500_000));
    assertThat(Periods.Length.parse("P2W").micros()).isEqualTo(14L * 86_400_000_000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "P", "PT", "1H", "PT1", "P1H", "PT1D", "P-1D", "PT99999999999999999999H"})
  void whatIsNoDurationIsRefused(String text) {
    assertThatThrownBy(() -> Periods.Length.parse(text)).isInstanceOf(Refusal.Invalid.class);
  }
}
