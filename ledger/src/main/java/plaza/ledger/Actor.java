package plaza.ledger;

import org.jspecify.annotations.Nullable;

/// Who answers for a read or a write.
///
/// @param id URI of a person, key, link or room
/// @param room the room that vouches for it, having checked its own rules; such an actor may touch
///   what rooms own. Null for everybody who comes through a face.
public record Actor(String id, @Nullable String room) {
  public static final Actor ANONYMOUS = new Actor("urn:plaza:anonymous", null);
  public static final Actor SYSTEM = new Actor("urn:plaza:system", "server");

  public static Actor of(String id) {
    return new Actor(id, null);
  }

  /// The same person, for whom a room acts after its own checks.
  public Actor through(String vouchingRoom) {
    return new Actor(id, vouchingRoom);
  }

  public boolean isAnonymous() {
    return id.equals(ANONYMOUS.id);
  }
}
