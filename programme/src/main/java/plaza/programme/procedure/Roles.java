package plaza.programme.procedure;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import plaza.ledger.Actor;

/// Tells who is who in a city. Asked on every command, for the caller and for others (a panel
/// member's organisations); must be quick and thread-safe.
public interface Roles {
  /// Of someone unknown, [Standing#NONE].
  Standing standing(Actor actor, String tenant);

  /// Whether the city knows the organisation: its registration was checked by someone.
  boolean isVerified(String organisationId, String tenant);

  /// What kind of organisation it is, such as `university`; empty when the city does not know it.
  default Optional<String> sector(String organisationId, String tenant) {
    return Optional.empty();
  }

  /// How much of an organisation is publicly owned, 0 to 1; empty when nobody knows.
  Optional<BigDecimal> publicShare(String organisationId, String tenant);

  /// Ids of the people who hold a role on a scope.
  ///
  /// @param scope id of what it is held on, or [Standing#CITY]
  default Set<String> holders(String role, String scope, String tenant) {
    return Set.of();
  }

  /// Where a person reads e-mail; empty when they told no address or have left.
  default Optional<String> email(String person) {
    return Optional.empty();
  }
}
