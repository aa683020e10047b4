package plaza.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.access.people.Role;
import plaza.ledger.Actor;

/// Who sent a request.
///
/// @param actor whom the ledger and the reader ask the policy about. A person is the same actor
///   whether they signed in or sent a personal key of theirs; a narrowed key is an actor of its
///   own.
/// @param displayName how pages address them
/// @param person URI; null when no person acts, or only through a narrowed key
/// @param roles held anywhere in the default tenant: enough to show a menu or to open a route. Ask
///   [plaza.access.people.Roles] before deciding about one thing.
/// @param csrf what a page must send back with each change; null unless there is a session
/// @param session id; null unless there is one
/// @param key id; null unless one was sent
public record Caller(
    Actor actor,
    String displayName,
    @Nullable String person,
    Set<Role> roles,
    @Nullable String csrf,
    @Nullable String session,
    @Nullable String key) {
  public static final Caller ANONYMOUS =
      new Caller(Actor.ANONYMOUS, "", null, Set.of(Role.ANONYMOUS), null, null, null);

  public Caller {
    roles = Set.copyOf(roles);
  }

  public boolean isAnonymous() {
    return actor.isAnonymous();
  }

  /// Whether a signed-in person or a full personal key sent it.
  public boolean isPerson() {
    return person != null;
  }

  public boolean holds(Role role) {
    return roles.contains(role);
  }

  /// Without the CSRF token.
  @Override
  public String toString() {
    return "Caller[" + actor.id() + (key == null ? "" : ", " + key) + "]";
  }
}
