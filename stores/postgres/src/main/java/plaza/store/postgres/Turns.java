package plaza.store.postgres;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import plaza.ledger.store.StoreFailure;

/// Lets no more use sessions at the same time than there may be. Who comes when all are lent waits
/// for a turn, and is told so when it does not come.
final class Turns {
  private final Sessions sessions;
  private final String allLent;
  private final Semaphore free;
  private volatile boolean closed;

  /// @param allLent what has gone on for too long when nobody gets a turn any more
  Turns(Sessions sessions, String allLent) {
    this.sessions = sessions;
    this.allLent = allLent;
    this.free = new Semaphore(sessions.options().connections(), true);
  }

  void take() {
    var options = sessions.options();
    if (closed) throw new StoreFailure("the store in " + options.place() + " is closed");
    try {
      if (free.tryAcquire(options.patience().turn().toMillis(), TimeUnit.MILLISECONDS)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreFailure("interrupted while waiting for a session of PostgreSQL");
    }
    throw new StoreFailure(
        allLent
            + " for "
            + options.patience().turn().toSeconds()
            + " s, all "
            + options.connections()
            + " there may be; allow more connections");
  }

  void giveBack() {
    free.release();
  }

  boolean isClosed() {
    return closed;
  }

  /// Nobody gets a turn any more.
  void close() {
    closed = true;
  }
}
