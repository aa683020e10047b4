package plaza.ngsild.subscription.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The clock that waits, too, so that a test can turn it.
public interface Timekeeper extends InstantSource {
  /// A DateTime has six decimals at most (clause 4.6.3).
  Clock MICROS = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));

  Timekeeper SYSTEM =
      new Timekeeper() {
        @Override
        public Instant instant() {
          return MICROS.instant();
        }

        @Override
        public void sleepUntil(Instant moment) throws InterruptedException {
          var left = Duration.between(Instant.now(), moment);
          if (left.isPositive()) Thread.sleep(left);
        }
      };

  /// Returns when the moment has come; at once when it has passed.
  void sleepUntil(Instant moment) throws InterruptedException;
}
