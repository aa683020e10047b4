package plaza.access.session;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import plaza.access.audit.Event;
import plaza.access.people.People;
import plaza.access.people.Person;
import plaza.access.people.Power;
import plaza.access.record.Archive;
import plaza.access.secret.Passwords;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.ledger.Actor;

/// Signing in with name and password, and changing the password.
///
/// A wrong name and a wrong password look alike: same sentence, same time.
public final class SignIn {
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  private final People people;
  private final Passwords passwords;
  private final Sessions sessions;
  private final Archive archive;
  private final Throttle byName;
  private final Throttle byAddress;
  private final Throttle newAccounts;

  public SignIn(
      People people, Passwords passwords, Sessions sessions, Archive archive, InstantSource clock) {
    this.people = people;
    this.passwords = passwords;
    this.sessions = sessions;
    this.archive = archive;
    this.byName =
        new Throttle("sign-ins with this name", 5, Duration.ofMinutes(5), FORGOTTEN_AFTER, clock);
    this.byAddress =
        new Throttle(
            "sign-ins from this address", 20, Duration.ofMinutes(15), FORGOTTEN_AFTER, clock);
    this.newAccounts =
        new Throttle(
            "or new accounts from this address", 10, Duration.ofHours(1), FORGOTTEN_AFTER, clock);
  }

  /// @param address of the caller, as the connection says
  /// @throws Refusal.Unauthenticated when name or password is wrong; [Refusal.TooMany] after too
  ///   many failures
  public Sessions.Begun signIn(String name, String password, String address) {
    var typed = Person.nameOf(name);
    var source = source(address);
    byAddress.attempt(source);
    byName.attempt(typed);
    var person = people.findByName(typed);
    boolean right = passwords.matches(password, person.map(Person::passwordHash).orElse(null));
    if (!right || !person.get().isActive())
      throw new Refusal.Unauthenticated(
          "the name or the password is wrong, or the account is suspended");
    byAddress.forgive(source);
    byName.forget(typed);
    var id = person.get().id();
    var hash = person.get().passwordHash();
    if (hash != null && passwords.isOutdated(hash)) people.rehash(Actor.of(id), id, password);
    return sessions.begin(id);
  }

  /// Makes an account for oneself and signs in with it.
  public Sessions.Begun register(
      String name, String displayName, @Nullable String email, String password, String address) {
    newAccounts.attempt(source(address));
    var person = people.register(Actor.ANONYMOUS, name, displayName, email, password);
    return sessions.begin(person.id());
  }

  public void signOut(Actor by, String sessionId) {
    sessions.end(by, sessionId);
  }

  /// Changes one's own password and ends all other sessions.
  ///
  /// @param sessionId the session that goes on
  public void changePassword(
      String personId, String oldPassword, String newPassword, String sessionId) {
    var person = people.get(personId);
    byName.attempt(person.name());
    if (!passwords.matches(oldPassword, person.passwordHash()))
      throw new Refusal.Forbidden("the old password is wrong");
    byName.forget(person.name());
    var self = Actor.of(personId);
    people.setPassword(self, personId, newPassword);
    sessions.endAllOf(self, personId, sessionId);
  }

  /// Sets somebody's password for them and ends all their sessions.
  public void resetPassword(Actor by, String personId, String newPassword) {
    people.roles().require(by, Power.MANAGE_PEOPLE, Address.DEFAULT_TENANT);
    people.setPassword(by, personId, newPassword);
    sessions.endAllOf(by, personId, "");
    archive.note(by, Event.of("sessionsEnded", personId));
  }

  /// Who counts as one caller: an IPv4 address, or the /64 network that an IPv6 host roams in.
  static String source(String address) {
    try {
      var parsed = InetAddress.ofLiteral(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), 8))
          : parsed.getHostAddress();
    } catch (IllegalArgumentException noLiteral) {
      return address;
    }
  }
}
