package plaza.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import plaza.ledger.store.StoreFailure;

/// The sessions that read, lent for one question at a time: nobody holds one while he waits for
/// another. Also notes that need not be synced are written through them.
final class Readers implements AutoCloseable {
  private static final long WAIT_SECONDS = 30;

  private final Sessions sessions;
  private final Semaphore free;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  Readers(Sessions sessions) {
    this.sessions = sessions;
    this.free = new Semaphore(sessions.options().connections(), true);
  }

  /// Asks something in one statement. When the session turns out to be lost, it is asked once more
  /// in a new one.
  <T> T ask(String doing, Work<T> work) {
    acquire();
    try {
      var waiting = idle.pollFirst();
      if (waiting != null)
        try {
          return lend(waiting, work);
        } catch (SQLException e) {
          if (!Sessions.isBroken(e)) throw sessions.failure(doing, e);
          forgetIdle();
        }
      try {
        return lend(sessions.openPatiently(Sessions.Use.ASK), work);
      } catch (SQLException e) {
        throw sessions.failure(doing, e);
      }
    } finally {
      free.release();
    }
  }

  private void acquire() {
    if (closed) throw new StoreFailure("the store in " + sessions.options().place() + " is closed");
    try {
      if (free.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreFailure("interrupted while waiting for a session of PostgreSQL");
    }
    throw new StoreFailure(
        "all "
            + sessions.options().connections()
            + " sessions of PostgreSQL were busy for "
            + WAIT_SECONDS
            + " s; allow more connections");
  }

  private <T> T lend(Connection session, Work<T> work) throws SQLException {
    boolean good = false;
    try {
      var answer = work.in(session);
      good = true;
      return answer;
    } catch (SQLException e) {
      good = !Sessions.isBroken(e) && session.getAutoCommit();
      throw e;
    } finally {
      if (good && !closed) idle.addFirst(session);
      else Sessions.closeQuietly(session);
    }
  }

  private void forgetIdle() {
    for (var each = idle.pollFirst(); each != null; each = idle.pollFirst())
      Sessions.closeQuietly(each);
  }

  @Override
  public void close() {
    closed = true;
    forgetIdle();
  }
}
