package plaza.programme.procedure;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// What someone is in a city.
///
/// @param roles each on a scope
/// @param organisations ids of those they are a member of
/// @param verified whether the city knows who they are
public record Standing(Set<Role> roles, Set<String> organisations, boolean verified) {
  public static final Standing NONE = new Standing(Set.of(), Set.of(), false);

  /// @param name as PROGRAMME's roles are written: `departmentOfficer`
  /// @param scope [#CITY], or the id of an organisation, call or pilot
  public record Role(String name, String scope) {}

  /// The scope of a role that holds everywhere in the tenant.
  public static final String CITY = "city";

  public Standing {
    roles = Set.copyOf(roles);
    organisations = Set.copyOf(organisations);
  }

  public boolean holds(String role) {
    return roles.stream().anyMatch(held -> held.name().equals(role));
  }

  /// Whether the role holds for the whole city or for one of the scopes.
  public boolean holds(String role, Collection<String> scopes) {
    return roles.stream()
        .anyMatch(held ->
            held.name().equals(role)
                && (held.scope().equals(CITY) || scopes.contains(held.scope())));
  }

  public boolean belongsToAny(Collection<String> others) {
    var common = new HashSet<>(organisations);
    common.retainAll(Set.copyOf(others));
    return !common.isEmpty();
  }
}
