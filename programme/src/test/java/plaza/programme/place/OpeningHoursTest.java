package plaza.programme.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;

/// Hours as the place's own clocks show them. 2026-03-29 is the Sunday on which Glasgow's clocks go
/// forward.
class OpeningHoursTest {
  private static OpeningHours.Shift shift(String days, String from, String until) {
    return OpeningHours.shift(
        (Value.Struct)
            Json.parse(
                "{\"days\": [\"%s\"], \"from\": \"%s\", \"until\": \"%s\"}"
                    .formatted(days.replace(" ", "\", \""), from, until)));
  }

  private final OpeningHours hours =
      new OpeningHours(
          List.of(
              shift("SATURDAY SUNDAY", "09:00", "17:00"),
              shift("MONDAY", "22:00", "24:00"),
              shift("TUESDAY", "00:00", "02:00")),
          ZoneId.of("Europe/London"),
          List.of(
              new Interval(
                  Instant.parse("2026-04-04T12:00:00Z"), Instant.parse("2026-04-04T13:00:00Z"))));

  @ParameterizedTest
  @CsvSource({
    "2026-03-28T09:00:00Z, 2026-03-28T17:00:00Z, true",
    "2026-03-29T08:00:00Z, 2026-03-29T16:00:00Z, true", // summer time now
    "2026-03-29T09:00:00Z, 2026-03-29T17:00:00Z, false",
    "2026-03-28T16:00:00Z, 2026-03-28T17:00:01Z, false",
    "2026-03-28T10:00:00Z, 2026-03-29T10:00:00Z, false", // closed at night
    "2026-03-30T21:00:00Z, 2026-03-31T01:00:00Z, true", // over midnight
    "2026-04-04T11:00:00Z, 2026-04-04T12:00:00Z, true",
    "2026-04-04T11:00:00Z, 2026-04-04T12:00:01Z, false" // the closure begins
  })
  void isOpenAllTheTimeOrItIsNot(Instant from, Instant until, boolean open) {
    assertThat(hours.covers(new Interval(from, until))).isEqualTo(open);
  }

  @Test
  void whatIsTakenAwayAndBroughtBackNeedsBothMomentsOpen() {
    var weekend =
        new Interval(Instant.parse("2026-03-28T10:00:00Z"), Instant.parse("2026-03-29T10:00:00Z"));
    var night =
        new Interval(Instant.parse("2026-03-28T10:00:00Z"), Instant.parse("2026-03-29T20:00:00Z"));

    assertThat(hours.coversEnds(weekend)).isTrue();
    assertThat(hours.coversEnds(night)).isFalse();
  }

  @Test
  void hoursThatCloseBeforeTheyOpenAreRefused() {
    assertThatThrownBy(() -> shift("MONDAY", "22:00", "02:00"))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining("write hours past midnight as two");
  }

  @Test
  void openHoursWithinAPeriodAreCutToItAndLeaveClosuresOut() {
    var day =
        new Interval(Instant.parse("2026-04-04T10:00:00Z"), Instant.parse("2026-04-05T09:00:00Z"));

    assertThat(hours.within(day))
        .containsExactly(
            new Interval(
                Instant.parse("2026-04-04T10:00:00Z"), Instant.parse("2026-04-04T12:00:00Z")),
            new Interval(
                Instant.parse("2026-04-04T13:00:00Z"), Instant.parse("2026-04-04T16:00:00Z")),
            new Interval(
                Instant.parse("2026-04-05T08:00:00Z"), Instant.parse("2026-04-05T09:00:00Z")));
  }
}
