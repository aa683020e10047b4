package plaza.programme.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import plaza.graph.Refusal;
import plaza.graph.Value;

class PaceTest {
  private static final Instant FROM = Instant.parse("2025-04-07T00:00:00Z");
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @Test
  void anHourOfTheCityTakesSixSecondsAtSixHundred() {
    var sandbox = sandbox(new Speed(600));
    var pace = Pace.from(sandbox, NOON);

    assertThat(pace.due(sandbox, NOON.plusSeconds(6))).isEqualTo(FROM.plusSeconds(3_600));
    assertThat(pace.moment(FROM.plusSeconds(3_600), NOON)).isEqualTo(NOON.plusSeconds(6));
    assertThat(pace.lag(sandbox, NOON.plusSeconds(6))).isEqualTo(Duration.ofSeconds(6));
    assertThat(pace.due(sandbox, NOON.plusSeconds(600))).isEqualTo(sandbox.until());
  }

  @Test
  void asFastAsCanBeAllIsDueAtOnceAndNothingLate() {
    var sandbox = sandbox(Speed.MOST);
    var pace = Pace.from(sandbox, NOON);

    assertThat(pace.due(sandbox, NOON)).isEqualTo(sandbox.until());
    assertThat(pace.lag(sandbox, NOON.plusSeconds(100))).isZero();
  }

  @Test
  void whatWasMissedIsNotCaughtUpWith() {
    var sandbox = sandbox(new Speed(60));
    var later = NOON.plusSeconds(10_000);

    var again = Pace.from(sandbox, NOON).again(sandbox, later);

    assertThat(again.due(sandbox, later)).isEqualTo(FROM);
    assertThat(again.due(sandbox, later.plusSeconds(1))).isEqualTo(FROM.plusSeconds(60));
  }

  @Test
  void aPauseKeepsToTheMostASecond() {
    var pace = Pace.from(sandbox(Speed.MOST), NOON);

    assertThat(pace.rest(500, 1_000, NOON, NOON.plusMillis(200))).isEqualTo(Duration.ofMillis(300));
    assertThat(pace.rest(500, 1_000, NOON, NOON.plusSeconds(2))).isZero();
  }

  @Test
  void aSpeedIsANumberOrMax() {
    assertThat(Speed.of(Value.of("max")).isMost()).isTrue();
    assertThat(Speed.of(Value.of(600)).toValue()).isEqualTo(Value.of(600));
    for (var wrong : List.of(Value.of(0), Value.of(-1), Value.of(100_000), Value.of("fast")))
      assertThatThrownBy(() -> Speed.of(wrong)).isInstanceOf(Refusal.Invalid.class);
  }

  private static Sandbox sandbox(Speed speed) {
    return new Sandbox(
        "default",
        "urn:ngsi-ld:Pilot:vans",
        "1",
        "sandbox.vans.1",
        List.of(),
        FROM,
        FROM.plus(Duration.ofDays(1)),
        Times.PRESENT,
        speed,
        Sandbox.State.RUNNING,
        FROM,
        0,
        0,
        0,
        null,
        NOON,
        "urn:plaza:person:1",
        NOON.plus(Duration.ofDays(1)));
  }
}
