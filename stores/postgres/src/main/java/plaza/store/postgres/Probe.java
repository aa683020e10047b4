package plaza.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Asks the database whether it is there, in a session of its own that waits for nothing. Any
/// number may ask at once: an answer holds for a moment.
final class Probe implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Probe.class.getName());
  private static final int ANSWER_SECONDS = 2;
  private static final Duration FRESH = Duration.ofMillis(500);

  private final Sessions sessions;
  private final ReentrantLock asking = new ReentrantLock();
  private @Nullable Connection session;
  private @Nullable String trouble;
  private long askedAt = System.nanoTime() - FRESH.toNanos();

  Probe(Sessions sessions) {
    this.sessions = sessions;
  }

  /// Why the database does not answer, without saying where it is: anybody may see it. Null when it
  /// does.
  @Nullable String trouble() {
    asking.lock();
    try {
      if (System.nanoTime() - askedAt < FRESH.toNanos()) return trouble;
      var before = trouble;
      trouble = ask();
      askedAt = System.nanoTime();
      if (before != null && trouble == null)
        LOG.log(System.Logger.Level.INFO, "PostgreSQL answers again");
      return trouble;
    } finally {
      asking.unlock();
    }
  }

  private @Nullable String ask() {
    try {
      var known = session;
      if (known != null && known.isValid(ANSWER_SECONDS)) return null;
      lose();
      // It may have been started anew since it was last asked.
      session = sessions.openBriefly(ANSWER_SECONDS);
      return null;
    } catch (SQLException e) {
      if (trouble == null)
        LOG.log(System.Logger.Level.WARNING, sessions.failure("asking", e).getMessage());
      return Sessions.reason(e);
    }
  }

  private void lose() {
    if (session != null) Sessions.closeQuietly(session);
    session = null;
  }

  @Override
  public void close() {
    asking.lock();
    try {
      lose();
    } finally {
      asking.unlock();
    }
  }
}
