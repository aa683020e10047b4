package plaza.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import plaza.ledger.store.Position;
import plaza.ledger.store.StoreFailure;

/// Sessions that are held for as long as a scan goes on, so that it sees the store as it was when
/// it began. Apart from [Readers]: who scans may ask for single entities meanwhile.
///
/// The scans that one thread has open share a view while nothing is written. So nobody waits for a
/// second one, and any number of branches may be read at once.
final class Views implements AutoCloseable {
  private static final long WAIT_SECONDS = 30;

  private final Sessions sessions;
  private final Semaphore free;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  @SuppressWarnings("ThreadLocalUsage") // each store has views of its own
  private final ThreadLocal<@Nullable View> mine = new ThreadLocal<>();

  private volatile boolean closed;

  Views(Sessions sessions) {
    this.sessions = sessions;
    this.free = new Semaphore(sessions.options().connections(), true);
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
    acquire();
    try {
      var view = new View(session(), head);
      mine.set(view);
      return view;
    } catch (RuntimeException e) {
      free.release();
      throw e;
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
        sessions.options().connections()
            + " scans of PostgreSQL have gone on for "
            + WAIT_SECONDS
            + " s; allow more connections");
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
      if (good && !closed) {
        session.rollback();
        idle.addFirst(session);
      } else Sessions.closeQuietly(session);
    } catch (SQLException e) {
      Sessions.closeQuietly(session);
    } finally {
      free.release();
    }
  }

  @Override
  public void close() {
    closed = true;
    for (var each = idle.pollFirst(); each != null; each = idle.pollFirst())
      Sessions.closeQuietly(each);
  }
}
