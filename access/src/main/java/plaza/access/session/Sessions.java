package plaza.access.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import plaza.access.audit.Event;
import plaza.access.record.Archive;
import plaza.access.record.Shelf;
import plaza.access.secret.Secrets;
import plaza.ledger.Actor;

/// Sessions: begun, found by their token, ended.
public final class Sessions {
  private static final Duration LAST_USED_KEPT_TO = Duration.ofMinutes(1);

  private final Shelf<Session> sessions;
  private final Shelf.Index<Session> sessionsOf;
  private final Secrets secrets;
  private final InstantSource clock;
  private final Duration idle;
  private final Duration longest;

  /// @param idle how long a session lives unused
  /// @param longest how long it lives at all
  public Sessions(
      Archive archive, Secrets secrets, InstantSource clock, Duration idle, Duration longest) {
    this.sessions = new Shelf<>(archive, Session.TYPE, "session", false, Session::of);
    this.sessionsOf = sessions.index(Session::person);
    this.secrets = secrets;
    this.clock = clock;
    this.idle = idle;
    this.longest = longest;
  }

  /// A session at its beginning: the only time its token is known to the server's own code.
  public record Begun(Session session, String token) {
    /// Without the token.
    @Override
    public String toString() {
      return "Begun[" + session.id() + "]";
    }
  }

  public Begun begin(String person) {
    sweep();
    var now = now();
    var token = secrets.token();
    var session =
        sessions.add(
            Actor.of(person),
            () -> new Session(id(token), person, now, now.plus(longest), now),
            made -> Event.of("signedIn", person).with("session", made.id()));
    return new Begun(session, token);
  }

  /// The living session of a token; using it keeps it alive.
  public Optional<Session> find(String token) {
    var found = sessions.find(id(token));
    if (found.isEmpty()) return found;
    var session = found.get();
    var now = clock.instant();
    if (isOver(session, now)) return Optional.empty();
    if (session.lastUsed().plus(LAST_USED_KEPT_TO).isBefore(now))
      sessions.touch(session.id(), one -> one.used(now.truncatedTo(ChronoUnit.MICROS)));
    return found;
  }

  /// Living sessions of a person, newest first.
  public List<Session> listOf(String person) {
    var now = clock.instant();
    return sessionsOf.list(person).stream()
        .filter(session -> !isOver(session, now))
        .sorted(Comparator.comparing(Session::since).reversed())
        .toList();
  }

  public void end(Actor by, String sessionId) {
    sessions
        .find(sessionId)
        .ifPresent(session ->
            sessions.remove(
                by, sessionId, Event.of("signedOut", session.person()).with("session", sessionId)));
  }

  /// @param but a session that goes on, or an id of none
  public void endAllOf(Actor by, String person, String but) {
    for (var session : sessionsOf.list(person))
      if (!session.id().equals(but)) end(by, session.id());
  }

  /// Ends every session of a person and forgets that there were any.
  public void eraseAllOf(Actor by, String person) {
    for (var session : sessionsOf.list(person))
      sessions.erase(by, session.id(), Event.of("sessionErased", person));
  }

  /// What lets a page of a session show that a request comes from it (CSRF). Made from the token,
  /// so it is the same after a restart and worth nothing in another session.
  public static String csrf(String token) {
    return Secrets.derived(token, "plaza csrf");
  }

  private boolean isOver(Session session, Instant now) {
    return !now.isBefore(session.until()) || !now.isBefore(session.lastUsed().plus(idle));
  }

  private void sweep() {
    var now = clock.instant();
    for (var session : sessions.list()) if (isOver(session, now)) sessions.forget(session.id());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static String id(String token) {
    return Session.ID + Secrets.hash(token);
  }
}
