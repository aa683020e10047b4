package plaza.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/// The sessions that read, lent for one question at a time: nobody holds one while he waits for
/// another. Also notes that need not be synced are written through them.
final class Readers implements AutoCloseable {
  private final Sessions sessions;
  private final Turns turns;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  Readers(Sessions sessions) {
    this.sessions = sessions;
    this.turns = new Turns(sessions, "questions to PostgreSQL have been under way");
  }

  /// Asks something in one statement. When the session turns out to be lost, it is asked once more
  /// in a new one.
  <T> T ask(String doing, Work<T> work) {
    turns.take();
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
      turns.giveBack();
    }
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
      if (good && !turns.isClosed()) idle.addFirst(session);
      else Sessions.closeQuietly(session);
    }
  }

  private void forgetIdle() {
    for (var each = idle.pollFirst(); each != null; each = idle.pollFirst())
      Sessions.closeQuietly(each);
  }

  @Override
  public void close() {
    turns.close();
    forgetIdle();
  }
}
