package plaza.server;

import java.time.Duration;
import plaza.ledger.Sweeper;

/// Sweeps away what has ended, every second. It stopped showing when it ended.
final class ExpiryTimer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ExpiryTimer.class.getName());

  private final Sweeper sweeper;
  private final Beat beat = new Beat("expiry-timer", Duration.ofSeconds(1), this::sweep);

  ExpiryTimer(Sweeper sweeper) {
    this.sweeper = sweeper;
  }

  void start() {
    beat.start();
  }

  private void sweep() {
    int swept = sweeper.sweep();
    if (swept > 0) LOG.log(System.Logger.Level.DEBUG, swept + " entities or parts have ended");
  }

  @Override
  public void close() {
    beat.close();
  }
}
