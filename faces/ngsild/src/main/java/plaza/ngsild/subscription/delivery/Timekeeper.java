package plaza.ngsild.subscription.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The clock that waits, too, so that a test can turn it.
public interface Timekeeper extends InstantSource {
  Timekeeper SYSTEM =
      new Timekeeper() {
        @Override
        public Instant instant() {
          return Instant.now();
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
