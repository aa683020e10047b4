package plaza.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import plaza.ledger.Sweeper;

/// Sweeps away what has ended, every second. It stopped showing when it ended.
final class ExpiryTimer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ExpiryTimer.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Sweeper sweeper;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("expiry-timer").factory());

  ExpiryTimer(Sweeper sweeper) {
    this.sweeper = sweeper;
  }

  void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::sweep, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sweep() {
    try {
      int swept = sweeper.sweep();
      if (swept > 0) LOG.log(System.Logger.Level.DEBUG, swept + " entities or parts have ended");
    } catch (RuntimeException e) {
      // Thrown on, it would end the timer; the next turn tries again.
      LOG.log(System.Logger.Level.WARNING, "What has ended could not be swept away", e);
    }
  }

  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(10, TimeUnit.SECONDS))
        LOG.log(System.Logger.Level.WARNING, "The expiry timer does not stop");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
