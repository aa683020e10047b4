package plaza.access.session;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import plaza.access.audit.Event;
import plaza.access.people.People;
import plaza.access.people.Person;
import plaza.access.people.Role;
import plaza.access.people.Scope;
import plaza.access.record.Archive;
import plaza.access.record.Shelf;
import plaza.access.secret.Secrets;
import plaza.graph.Refusal;
import plaza.ledger.Actor;

/// The first administrator. There is no default password: who started the server gets a token that
/// works once.
public final class Setup {
  private static final Duration VALID = Duration.ofHours(24);
  private static final Actor SELF = Actor.of(SetupToken.ID).through("access");

  private final Shelf<SetupToken> tokens;
  private final People people;
  private final Secrets secrets;
  private final InstantSource clock;
  private final ReentrantLock finishing = new ReentrantLock();

  public Setup(Archive archive, People people, Secrets secrets, InstantSource clock) {
    this.tokens = new Shelf<>(archive, SetupToken.TYPE, "set-up token", false, SetupToken::of);
    this.people = people;
    this.secrets = secrets;
    this.clock = clock;
  }

  public boolean isNeeded() {
    return people.roles().holders(Role.ADMIN, Scope.CITY).isEmpty();
  }

  /// A new token, to be shown to who started the server; earlier ones end. Empty when there is an
  /// administrator already.
  public Optional<String> begin() {
    if (!isNeeded()) return Optional.empty();
    tokens.remove(SELF, SetupToken.ID, Event.of("setupReplaced", SetupToken.ID));
    var token = secrets.token();
    var until = clock.instant().plus(VALID).truncatedTo(ChronoUnit.MICROS);
    tokens.add(
        SELF,
        () -> new SetupToken(Secrets.hash(token), until),
        _ -> Event.of("setupBegun", SetupToken.ID));
    return Optional.of(token);
  }

  /// Makes the first administrator.
  ///
  /// @throws Refusal.Forbidden when the token is wrong, used or too old
  public Person finish(
      String token, String name, String displayName, @Nullable String email, String password) {
    finishing.lock();
    try {
      var kept = tokens.find(SetupToken.ID);
      if (kept.isEmpty()
          || !Secrets.matches(token, kept.get().hash())
          || !clock.instant().isBefore(kept.get().until())
          || !isNeeded())
        throw new Refusal.Forbidden(
            "this set-up link is wrong, was used already or is older than "
                + VALID.toHours()
                + " hours; restart Plaza for a new one");
      var person = people.add(SELF, name, displayName, email, password);
      people.roles().give(SELF, person.id(), Role.ADMIN, Scope.CITY, null);
      tokens.remove(SELF, SetupToken.ID, Event.of("setupFinished", person.id()));
      return person;
    } finally {
      finishing.unlock();
    }
  }
}
