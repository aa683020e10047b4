package plaza.access.people;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import plaza.access.record.Fields;
import plaza.access.record.Kept;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;

/// Someone with an account.
///
/// @param id `urn:plaza:person:…`; never tells the name
/// @param name to sign in with: 2 to 64 letters, digits, `.`, `_`, `-` or `@`; small letters
/// @param displayName how others see them
/// @param passwordHash in PHC form; null while no password is set
/// @param state whether they may sign in
public record Person(
    String id,
    String name,
    String displayName,
    @Nullable String email,
    @Nullable String passwordHash,
    State state,
    Instant since)
    implements Kept {
  static final String TYPE = Names.PRIVATE + "Person";
  public static final String ID = "urn:plaza:person:";

  public enum State {
    ACTIVE,
    SUSPENDED
  }

  public Person {
    name = nameOf(name);
    if (!name.matches("[\\p{L}\\p{N}._@-]{2,64}"))
      throw new Refusal.Invalid(
          "a name to sign in with has 2 to 64 letters, digits, '.', '_', '-' or '@', not '"
              + name
              + "'");
    displayName = displayName.strip();
    if (displayName.isEmpty() || displayName.length() > 120)
      throw new Refusal.Invalid(
          name + ": the display name must have 1 to 120 characters, not " + displayName.length());
    if (email != null && (email.length() > 254 || !email.matches("[^@\\s]+@[^@\\s]+")))
      throw new Refusal.Invalid(
          name + ": the e-mail address must look like name@example.org, not '" + email + "'");
  }

  /// A name as it is kept and compared.
  public static String nameOf(String typed) {
    return typed.strip().toLowerCase(Locale.ROOT);
  }

  public boolean isActive() {
    return state == State.ACTIVE;
  }

  Person withPassword(String hash) {
    return new Person(id, name, displayName, email, hash, state, since);
  }

  Person withState(State newState) {
    return new Person(id, name, displayName, email, passwordHash, newState, since);
  }

  Person withProfile(String newDisplayName, @Nullable String newEmail) {
    return new Person(id, name, newDisplayName, newEmail, passwordHash, state, since);
  }

  @Override
  public Entity entity() {
    return Fields.of(id, TYPE)
        .text("name", name)
        .text("displayName", displayName)
        .text("email", email)
        .text("passwordHash", passwordHash)
        .text("state", state.name())
        .time("since", since)
        .entity();
  }

  static Person of(Entity entity) {
    return new Person(
        entity.id(),
        Fields.text(entity, "name"),
        Fields.text(entity, "displayName"),
        Fields.findText(entity, "email").orElse(null),
        Fields.findText(entity, "passwordHash").orElse(null),
        State.valueOf(Fields.text(entity, "state")),
        Fields.time(entity, "since"));
  }

  /// Without the hash: a person may end up in a log.
  @Override
  public String toString() {
    return "Person[" + id + ", " + name + ", " + state + "]";
  }
}
