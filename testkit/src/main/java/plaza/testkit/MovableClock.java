package plaza.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until a test moves it.
public final class MovableClock implements InstantSource {
  private volatile Instant now;

  public MovableClock(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // tests move it from one thread
  public void advance(Duration duration) {
    now = now.plus(duration);
  }
}
