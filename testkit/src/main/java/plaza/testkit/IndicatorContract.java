package plaza.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What holds for every way of making a number of readings, whatever number it makes. Extend it
/// with one class per aggregation.
///
/// Windows are the two hours from 07:00 to 09:00 UTC of the weekdays of the first week of June
/// 2026; a reading holds until the entity's next one, but at most 60 minutes.
public abstract class IndicatorContract {
  protected static final Instant MONDAY_SEVEN = Instant.parse("2026-06-01T07:00:00Z");

  /// A number that an entity reported.
  public record Reading(String entity, Instant at, double number) {}

  /// What the aggregation makes of readings over the week.
  ///
  /// @param value null when no time is covered
  /// @param coverage covered time over possible time
  public record Result(@Nullable Double value, double coverage) {}

  /// @param entities that belong to the population, silent ones too
  /// @param readings in the order in which they were written
  protected abstract Result measure(List<String> entities, List<Reading> readings);

  @Test
  void withoutReadingsThereIsNoValueAndNoCoverage() {
    assertThat(measure(List.of("urn:e:1"), List.of())).isEqualTo(new Result(null, 0));
  }

  @Test
  void silentEntitiesLowerCoverageAndLeaveTheValueAlone() {
    var readings = everyTenMinutes("urn:e:1");
    var alone = measure(List.of("urn:e:1"), readings);
    var withSilent = measure(List.of("urn:e:1", "urn:e:2"), readings);

    assertThat(alone.coverage()).isCloseTo(1, within(1e-12));
    assertThat(withSilent.coverage()).isCloseTo(0.5, within(1e-12));
    assertThat(withSilent.value()).isEqualTo(alone.value());
  }

  @Test
  void whatIsOutsideTheWindowsOrThePopulationDoesNotCount() {
    var readings = everyTenMinutes("urn:e:1");
    var expected = measure(List.of("urn:e:1"), readings);
    var more = new ArrayList<>(readings);
    more.add(new Reading("urn:e:1", MONDAY_SEVEN.plus(Duration.ofHours(5)), 77));
    more.add(new Reading("urn:e:1", MONDAY_SEVEN.plus(Duration.ofDays(5)), 77));
    more.add(new Reading("urn:e:stranger", MONDAY_SEVEN, 77));

    assertThat(measure(List.of("urn:e:1"), more)).isEqualTo(expected);
  }

  @Test
  void ofReadingsOfOneMomentTheLastWrittenCounts() {
    var readings = everyTenMinutes("urn:e:1");
    var twice = new ArrayList<Reading>();
    for (var reading : readings) {
      twice.add(new Reading(reading.entity(), reading.at(), reading.number() + 50));
      twice.add(reading);
    }
    assertThat(measure(List.of("urn:e:1"), twice)).isEqualTo(measure(List.of("urn:e:1"), readings));
  }

  @Test
  void aReadingHoldsForAnHourAtMost() {
    var one = List.of(new Reading("urn:e:1", MONDAY_SEVEN, 3));

    assertThat(measure(List.of("urn:e:1"), one).coverage())
        .isCloseTo(1.0 / 10, within(1e-12)); // one hour of five windows of two
  }

  @Test
  void aReadingFromBeforeTheWindowHoldsIntoIt() {
    var early = List.of(new Reading("urn:e:1", MONDAY_SEVEN.minus(Duration.ofMinutes(45)), 3));

    assertThat(measure(List.of("urn:e:1"), early).coverage()).isCloseTo(0.25 / 10, within(1e-12));
  }

  @Test
  void whatHoldsOnPastTheWindowIsCutOff() {
    var late = List.of(new Reading("urn:e:1", MONDAY_SEVEN.plus(Duration.ofMinutes(90)), 3));

    assertThat(measure(List.of("urn:e:1"), late).coverage()).isCloseTo(0.5 / 10, within(1e-12));
  }

  @Test
  void theOrderOfEntitiesMakesNoDifference() {
    var one = everyTenMinutes("urn:e:1");
    var other = everyTenMinutes("urn:e:2");
    var first = new ArrayList<>(one);
    first.addAll(other);
    var second = new ArrayList<>(other);
    second.addAll(one);

    assertThat(measure(List.of("urn:e:1", "urn:e:2"), first))
        .isEqualTo(measure(List.of("urn:e:2", "urn:e:1"), second));
  }

  /// All windows covered; 0, 1, 2, 3, 0, … bikes.
  protected static List<Reading> everyTenMinutes(String entity) {
    var readings = new ArrayList<Reading>();
    for (int day = 0; day < 5; day++)
      for (int ten = 0; ten < 12; ten++)
        readings.add(
            new Reading(
                entity,
                MONDAY_SEVEN.plus(Duration.ofDays(day)).plus(Duration.ofMinutes(ten * 10L)),
                ten % 4));
    return readings;
  }
}
