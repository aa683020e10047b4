package plaza.programme.sandbox;

import java.time.Duration;
import java.time.Instant;

/// Which moment of the past it is now, and how much of it happens.
///
/// @param ours since when it happens again at this speed
/// @param citys which moment it was then
/// @param counted readings a second, at the last count
record Pace(Speed speed, Instant ours, Instant citys, double counted, Instant countedAt) {
  /// Over which the rate is taken.
  private static final double SECONDS = 5;

  static Pace from(Sandbox sandbox, Instant now) {
    return new Pace(sandbox.speed(), now, sandbox.position(), 0, now);
  }

  /// From where it is, at its speed: what was missed meanwhile is not caught up with.
  Pace again(Sandbox sandbox, Instant now) {
    return new Pace(sandbox.speed(), now, sandbox.position(), counted, countedAt);
  }

  boolean isMost() {
    return speed.isMost();
  }

  /// Readings before this moment should have been replayed by now.
  Instant due(Sandbox sandbox, Instant now) {
    if (isMost()) return sandbox.until();
    var due = citys.plus(speed.ofCity(Duration.between(ours, now)));
    return due.isBefore(sandbox.until()) ? due : sandbox.until();
  }

  /// When a moment of the past happens again; as fast as can be, now.
  Instant moment(Instant original, Instant now) {
    return isMost() ? now : ours.plus(speed.ofOurs(Duration.between(citys, original)));
  }

  Duration lag(Sandbox sandbox, Instant now) {
    var behind = Duration.between(sandbox.position(), due(sandbox, now));
    return isMost() || behind.isNegative() ? Duration.ZERO : speed.ofOurs(behind);
  }

  Pace counted(int readings, Instant now) {
    return new Pace(speed, ours, citys, rate(now) + readings / SECONDS, now);
  }

  double rate(Instant now) {
    return counted * Math.exp(-Duration.between(countedAt, now).toMillis() / 1000.0 / SECONDS);
  }

  /// How long to wait after some readings, so as not to replay more than may be a second.
  Duration rest(int readings, int mostPerSecond, Instant began, Instant now) {
    var least = Duration.ofNanos(readings * 1_000_000_000L / mostPerSecond);
    var left = least.minus(Duration.between(began, now));
    return left.isNegative() ? Duration.ZERO : left;
  }
}
