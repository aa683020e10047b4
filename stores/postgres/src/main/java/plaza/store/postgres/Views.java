package plaza.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import plaza.ledger.store.Position;

/// Sessions that are held for as long as a scan goes on, so that it sees the store as it was when
/// it began. Apart from [Readers]: who scans may ask for single entities meanwhile.
///
/// The scans that one thread has open share a view while nothing is written. So nobody waits for a
/// second one, and any number of branches may be read at once.
final class Views implements AutoCloseable {
  private final Sessions sessions;
  private final Turns turns;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  @SuppressWarnings("ThreadLocalUsage") // each store has views of its own
  private final ThreadLocal<@Nullable View> mine = new ThreadLocal<>();

  Views(Sessions sessions) {
    this.sessions = sessions;
    this.turns = new Turns(sessions, "scans of PostgreSQL have gone on");
  }

  /// The store at one moment, until all who asked for it have closed it.
  final class View implements AutoCloseable {
    private final Connection session;
    private final Position head;
    private final ReentrantLock asking = new ReentrantLock();
    private int users = 1;
    private boolean lost;

    private View(Connection session, Position head) {
      this.session = session;
      this.head = head;
    }

    <T> T ask(String doing, Work<T> work) {
      asking.lock();
      try {
        return work.in(session);
      } catch (SQLException e) {
        lost = true;
        throw sessions.failure(doing, e);
      } finally {
        asking.unlock();
      }
    }

    private boolean join(Position now) {
      asking.lock();
      try {
        if (users == 0 || lost || !head.equals(now)) return false;
        users++;
        return true;
      } finally {
        asking.unlock();
      }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // this very view
    public void close() {
      asking.lock();
      try {
        if (--users > 0) return;
        if (mine.get() == this) mine.remove();
        end(session, !lost);
      } finally {
        asking.unlock();
      }
    }
  }

  /// @param head of the feed now
  View open(Position head) {
    var shared = mine.get();
    if (shared != null && shared.join(head)) return shared;
    turns.take();
    try {
      var view = new View(session(), head);
      mine.set(view);
      return view;
    } catch (RuntimeException e) {
      turns.giveBack();
      throw e;
    }
  }

  /// A session in a transaction whose moment is fixed.
  private Connection session() {
    for (var each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
      try {
        return begin(each);
      } catch (SQLException e) {
        Sessions.closeQuietly(each); // it was lost while nobody used it
      }
    }
    try {
      return begin(sessions.openPatiently(Sessions.Use.VIEW));
    } catch (SQLException e) {
      throw sessions.failure("beginning a scan", e);
    }
  }

  private static Connection begin(Connection session) throws SQLException {
    session.setAutoCommit(false);
    try (var statement = session.createStatement()) {
      statement.execute("select 1");
      return session;
    }
  }

  private void end(Connection session, boolean good) {
    try {
      if (good && !turns.isClosed()) {
        session.rollback();
        idle.addFirst(session);
      } else Sessions.closeQuietly(session);
    } catch (SQLException e) {
      Sessions.closeQuietly(session);
    } finally {
      turns.giveBack();
    }
  }

  @Override
  public void close() {
    turns.close();
    for (var each = idle.pollFirst(); each != null; each = idle.pollFirst())
      Sessions.closeQuietly(each);
  }
}
