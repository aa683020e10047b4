package plaza.access;

import java.util.Set;
import plaza.access.key.Key;
import plaza.access.key.Keys;
import plaza.access.people.People;
import plaza.access.people.Person;
import plaza.access.people.Role;
import plaza.access.session.Sessions;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.ledger.Actor;

/// Tells who sent a request. A look into memory: nothing is read from disk and no password hashed.
public final class Authenticator {
  private final People people;
  private final Keys keys;
  private final Sessions sessions;

  Authenticator(People people, Keys keys, Sessions sessions) {
    this.people = people;
    this.keys = keys;
    this.sessions = sessions;
  }

  public Caller anonymous() {
    return Caller.ANONYMOUS;
  }

  /// @param text as it came in `X-API-Key` or `Authorization: Bearer`
  /// @throws Refusal.Unauthenticated when the key is unknown, revoked or expired, or its owner
  ///   suspended
  public Caller fromKey(String text) {
    var key = keys.recognise(text);
    if (!keys.hasStandingOwner(key))
      throw new Refusal.Unauthenticated(
          key.id() + " does not work: its owner's account is suspended");
    return switch (key.kind()) {
      case PERSONAL ->
          key.narrowing() == null
              ? person(people.get(key.owner()), null, null, key.id())
              : thing(key.id(), key);
      case PILOT -> thing(key.id(), key);
      case LINK -> thing(java.util.Objects.requireNonNull(key.subject()), key);
    };
  }

  /// @param token as it came in the session cookie
  /// @throws Refusal.Unauthenticated when there is no such session any more
  public Caller fromSession(String token) {
    var session =
        sessions
            .find(token)
            .orElseThrow(() -> new Refusal.Unauthenticated("this session is over; sign in again"));
    var person =
        people
            .find(session.person())
            .filter(Person::isActive)
            .orElseThrow(() -> new Refusal.Unauthenticated("this account is suspended"));
    return person(person, Sessions.csrf(token), session.id(), null);
  }

  private Caller person(
      Person person,
      @org.jspecify.annotations.Nullable String csrf,
      @org.jspecify.annotations.Nullable String session,
      @org.jspecify.annotations.Nullable String key) {
    return new Caller(
        Actor.of(person.id()),
        person.displayName(),
        person.id(),
        people.roles().anywhere(person.id(), Address.DEFAULT_TENANT),
        csrf,
        session,
        key);
  }

  /// No person: it holds no role and acts in no procedure.
  private static Caller thing(String id, Key key) {
    return new Caller(
        Actor.of(id), key.label(), null, Set.of(Role.ANONYMOUS), null, null, key.id());
  }
}
