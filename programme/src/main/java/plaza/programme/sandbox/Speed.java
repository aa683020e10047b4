package plaza.programme.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// How fast the past happens again.
///
/// @param times as fast as it did; 0 for as fast as can be
public record Speed(double times) {
  public static final Speed MOST = new Speed(0);
  private static final double SLOWEST = 0.1;
  private static final double FASTEST = 10_000;

  public Speed {
    if (times != 0 && !(times >= SLOWEST && times <= FASTEST))
      throw new Refusal.Invalid(
          "a sandbox's speed is a number from 0.1 to 10000, or \"max\", not " + times);
  }

  /// A number, or `max`.
  static Speed of(Value value) {
    if (value.equals(Value.of("max"))) return MOST;
    double number = value.asNumber();
    if (Double.isNaN(number) || number == 0)
      throw new Refusal.Invalid(
          "a sandbox's speed is a number such as 600, or \"max\" for as fast as can be");
    return new Speed(number);
  }

  public boolean isMost() {
    return times == 0;
  }

  /// How much of the city's time passes in some of ours.
  Duration ofCity(Duration ours) {
    return Duration.of((long) (micros(ours) * times), ChronoUnit.MICROS);
  }

  /// How much of our time it takes.
  Duration ofOurs(Duration citys) {
    return isMost()
        ? Duration.ZERO
        : Duration.of((long) (micros(citys) / times), ChronoUnit.MICROS);
  }

  static long micros(Duration time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plus(time));
  }

  Value toValue() {
    return isMost() ? Value.of("max") : number();
  }

  private Value number() {
    return times == Math.rint(times) ? Value.of((long) times) : Value.of(times);
  }

  @Override
  public String toString() {
    return isMost() ? "as fast as can be" : times + "×";
  }
}
