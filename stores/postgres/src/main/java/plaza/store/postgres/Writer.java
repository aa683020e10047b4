package plaza.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import plaza.ledger.store.StoreFailure;
import plaza.store.bytes.Fingerprints;

/// The one session that writes. It holds a lock of the schema for as long as it lives, so that a
/// second server is kept out and a lost session has certainly ended when its successor has the
/// lock.
///
/// Used by one thread at a time.
final class Writer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Writer.class.getName());

  private static final Duration LINGERING = Duration.ofSeconds(3);
  private static final int ANSWER_SECONDS = 2;

  private final Sessions sessions;
  private final long lock;
  private @Nullable Connection session;
  private @Nullable Backend process;
  // How often the schema was opened: while it stays the same, nobody else can have written.
  private long opening;
  // Where the head is if the last append, of which nothing was heard, was stored; 0 when all is
  // known.
  private long perhaps;
  // Whether the database answered the last append, and would not have it.
  private boolean refused;

  private record Backend(int number, String started) {}

  /// @throws StoreFailure when another server has the schema open, or it cannot be used
  Writer(Sessions sessions) {
    this.sessions = sessions;
    var options = sessions.options();
    this.lock = Fingerprints.of(("plaza " + options.schema()).getBytes(UTF_8));
    var fresh = sessions.openPatiently(Sessions.Use.WRITE);
    try {
      awaitLock(fresh);
      Tables.prepare(fresh, options);
      opening = Tables.about(fresh, "opened") + 1;
      Tables.setAbout(fresh, "opened", opening);
      process = process(fresh);
    } catch (SQLException e) {
      Sessions.closeQuietly(fresh);
      throw sessions.failure("opening the store", e);
    } catch (StoreFailure e) {
      Sessions.closeQuietly(fresh);
      throw e;
    }
    session = fresh;
  }

  /// The session of a server that has just been killed ends a moment after it.
  private void awaitLock(Connection fresh) throws SQLException {
    long until = System.nanoTime() + LINGERING.toNanos();
    while (!isLocked(fresh)) {
      if (System.nanoTime() > until) throw taken(fresh);
      Sessions.pause();
    }
  }

  private boolean isLocked(Connection fresh) throws SQLException {
    try (var statement = fresh.prepareStatement("select pg_try_advisory_lock(?)")) {
      statement.setLong(1, lock);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }

  private StoreFailure taken(Connection fresh) throws SQLException {
    var who = "";
    try (var statement =
        fresh.prepareStatement(
            """
            select l.pid, coalesce(host(a.client_addr), 'this machine'), a.backend_start
            from pg_locks l join pg_stat_activity a using (pid)
            where l.locktype = 'advisory' and l.granted
              and ((l.classid::bigint << 32) | l.objid::bigint) = ?\
            """)) {
      statement.setLong(1, lock);
      try (var rows = statement.executeQuery()) {
        if (rows.next())
          who =
              " (from %s, since %s, PostgreSQL process %d)"
                  .formatted(rows.getString(2), rows.getString(3), rows.getInt(1));
      }
    }
    return new StoreFailure(
        sessions.options().place()
            + " is in use by another server"
            + who
            + "; stop that one, or choose another schema");
  }

  private static Backend process(Connection fresh) throws SQLException {
    try (var statement = fresh.createStatement();
        var rows =
            statement.executeQuery(
                "select pid, backend_start::text from pg_stat_activity where pid = pg_backend_pid()")) {
      rows.next();
      return new Backend(rows.getInt(1), rows.getString(2));
    }
  }

  /// Makes an append durable, or throws and has left nothing, or throws and says that this is not
  /// known. When the session is lost in the middle, the head says what became of it.
  ///
  /// @param head before
  /// @param last the head afterwards
  void append(long head, long last, Work<@Nullable Void> work) {
    var now = current(head);
    refused = false;
    try {
      transact(now, work);
    } catch (SQLException e) {
      if (!Sessions.isBroken(e)) throw refused(e);
      LOG.log(
          System.Logger.Level.WARNING, "PostgreSQL was lost while writing; connecting again", e);
      perhaps = last;
      lose();
      appendAgain(head, last, work);
    }
  }

  private void appendAgain(long head, long last, Work<@Nullable Void> work) {
    try {
      var again = current(head);
      boolean was = stored(again) == last;
      perhaps = 0;
      if (was) return;
      perhaps = last;
      transact(again, work);
      perhaps = 0;
    } catch (SQLException e) {
      if (!Sessions.isBroken(e)) {
        perhaps = 0;
        throw refused(e);
      }
      lose();
      throw unknown(e);
    } catch (StoreFailure failure) {
      throw perhaps == 0 ? failure : unknown(failure);
    }
  }

  private StoreFailure refused(SQLException e) {
    refused = true;
    return sessions.failure("writing", e);
  }

  private StoreFailure unknown(Exception cause) {
    return StoreFailure.unknown(
        "PostgreSQL was lost while writing to "
            + sessions.options().place()
            + ", and whether the write was stored is not known yet: "
            + cause.getMessage(),
        cause);
  }

  /// Whether an append of which nothing was heard was stored after all. To be asked before the
  /// next.
  boolean wasStored(long head) {
    if (perhaps == 0) return false;
    boolean was = stored(current(head)) == perhaps;
    perhaps = 0;
    return was;
  }

  /// Has a session again, if the last append failed for the want of one.
  ///
  /// @return false when that was not why
  boolean regain(long head) {
    if (refused) return false;
    try {
      if (session != null && !session.isValid(ANSWER_SECONDS)) lose();
    } catch (SQLException e) {
      throw sessions.failure("asking", e);
    }
    current(head);
    return true;
  }

  /// Changes something that may be done twice.
  void change(String doing, Work<@Nullable Void> work) {
    var now = connected();
    try {
      transact(now, work);
    } catch (SQLException e) {
      if (!Sessions.isBroken(e)) throw sessions.failure(doing, e);
      lose();
      try {
        transact(connected(), work);
      } catch (SQLException second) {
        if (Sessions.isBroken(second)) lose();
        throw sessions.failure(doing, second);
      }
    }
  }

  private static void transact(Connection now, Work<@Nullable Void> work) throws SQLException {
    try {
      work.in(now);
      if (!now.getAutoCommit()) now.commit();
    } finally {
      // Of a lost session nothing is left to be rolled back.
      if (!now.isClosed() && !now.getAutoCommit()) {
        now.rollback();
        now.setAutoCommit(true);
      }
    }
  }

  private long stored(Connection now) {
    try (var statement = now.createStatement();
        var rows =
            statement.executeQuery(
                """
                select greatest(
                  coalesce((select max(position) from feed), 0),
                  (select value from about where name = 'feed start'))\
                """)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      if (Sessions.isBroken(e)) lose();
      throw sessions.failure("reading the end of the feed", e);
    }
  }

  /// A session at a head that was acknowledged.
  private Connection current(long head) {
    boolean same = session != null;
    var now = connected();
    if (same) return now;
    long end = stored(now);
    if (end >= head) return now;
    lose();
    throw new StoreFailure(
        sessions.options().place()
            + " ends at position "
            + end
            + ", but "
            + head
            + " was acknowledged: it was restored, or failed over to an older copy. Start this"
            + " server anew when that is meant");
  }

  private Connection connected() {
    var now = session;
    if (now != null) return now;
    var fresh = sessions.openPatiently(Sessions.Use.WRITE);
    try {
      relock(fresh);
      process = process(fresh);
    } catch (SQLException e) {
      Sessions.closeQuietly(fresh);
      throw sessions.failure("connecting again", e);
    } catch (StoreFailure e) {
      Sessions.closeQuietly(fresh);
      throw e;
    }
    session = fresh;
    LOG.log(System.Logger.Level.INFO, "Connected to PostgreSQL again");
    return fresh;
  }

  /// Ends what may be left of the lost session, and waits until it has.
  private void relock(Connection fresh) throws SQLException {
    long until = System.nanoTime() + sessions.options().patience().restart().toNanos();
    while (!isLocked(fresh)) {
      end(fresh, process);
      if (System.nanoTime() > until) throw taken(fresh);
      Sessions.pause();
    }
    if (Tables.about(fresh, "opened") != opening)
      throw new StoreFailure(
          sessions.options().place()
              + " was opened by another server meanwhile; restart this one when the other has"
              + " stopped");
  }

  private static void end(Connection fresh, @Nullable Backend old) throws SQLException {
    if (old == null) return;
    try (var statement =
        fresh.prepareStatement(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where pid = ? and backend_start::text = ?\
            """)) {
      statement.setInt(1, old.number);
      statement.setString(2, old.started);
      statement.execute();
    }
  }

  private void lose() {
    if (session != null) Sessions.closeQuietly(session);
    session = null;
  }

  @Override
  public void close() {
    var now = session;
    if (now != null)
      try (var statement = now.prepareStatement("select pg_advisory_unlock(?)")) {
        statement.setLong(1, lock); // at once; the session may take a moment to end
        statement.execute();
      } catch (SQLException gone) {
        // So is its lock.
      }
    lose();
  }
}
