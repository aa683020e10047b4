package plaza.testkit;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Waits for what happens on other threads.
public final class Eventually {
  // What fails takes as long; what holds is seen at once, and on a busy machine a little later.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Eventually() {}

  /// Returns when the assertion holds; fails with its last failure when that takes too long.
  public static void eventually(ThrowingCallable assertion) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        assertion.call();
        return;
      } catch (Throwable e) {
        if (System.nanoTime() > end) throw e instanceof Error error ? error : new AssertionError(e);
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting", e);
      }
    }
  }
}
