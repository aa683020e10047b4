package plaza.ngsild.subscription;

import java.time.Duration;
import java.time.Instant;
import plaza.ngsild.subscription.delivery.Timekeeper;
import plaza.testkit.TestCity;

/// Begins at noon, runs as time does, and jumps when told.
final class TestTime implements Timekeeper {
  private final long start = System.nanoTime();
  private Duration skipped = Duration.ZERO;

  @Override
  public synchronized Instant instant() {
    return TestCity.NOON.plusNanos(System.nanoTime() - start).plus(skipped);
  }

  synchronized void skip(Duration duration) {
    skipped = skipped.plus(duration);
    notifyAll();
  }

  @Override
  public synchronized void sleepUntil(Instant moment) throws InterruptedException {
    while (instant().isBefore(moment))
      wait(Math.max(1, Math.min(1000, Duration.between(instant(), moment).toMillis())));
  }
}
