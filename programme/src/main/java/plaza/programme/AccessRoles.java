package plaza.programme;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import plaza.access.Access;
import plaza.access.people.Membership;
import plaza.access.people.Role;
import plaza.access.people.Scope;
import plaza.ledger.Actor;
import plaza.programme.procedure.Roles;
import plaza.programme.procedure.Standing;

/// The programme's roles as the access room keeps them.
public final class AccessRoles implements Roles {
  private final Access access;

  public AccessRoles(Access access) {
    this.access = access;
  }

  @Override
  public Standing standing(Actor actor, String tenant) {
    var person = actor.id();
    if (access.people().find(person).isEmpty()) return Standing.NONE;
    var roles = new HashSet<Standing.Role>();
    for (var role : access.roles().on(person, Scope.tenant(tenant)))
      roles.add(new Standing.Role(role.code(), Standing.CITY));
    for (var holding : access.roles().listCurrent(person))
      if (holding.scope().tenant().equals(tenant)) roles.add(role(holding.role(), holding.scope()));
    var organisations = access.organizations().verifiedOf(person);
    for (var organisation : organisations)
      if (access.organizations().get(organisation).kind().innovates())
        roles.add(new Standing.Role(Role.INNOVATOR.code(), organisation));
    boolean verified =
        access.roles().on(person, Scope.tenant(tenant)).contains(Role.VERIFIED_RESIDENT);
    return new Standing(roles, Set.copyOf(organisations), verified);
  }

  /// Someone of the office confirmed that somebody acts for it.
  @Override
  public boolean isVerified(String organisationId, String tenant) {
    return access.organizations().find(organisationId).isPresent()
        && access.organizations().listMembers(organisationId).stream()
            .anyMatch(Membership::verified);
  }

  @Override
  public Optional<String> sector(String organisationId, String tenant) {
    return access.organizations().find(organisationId).map(one -> one.kind().code());
  }

  /// As somebody entered it; a city and its departments are public without saying so.
  @Override
  public Optional<BigDecimal> publicShare(String organisationId, String tenant) {
    return access
        .organizations()
        .find(organisationId)
        .flatMap(one ->
            Optional.ofNullable(one.publicShare())
                .or(() ->
                    switch (one.kind()) {
                      case CITY, DEPARTMENT, OTHER_CITY -> Optional.of(BigDecimal.ONE);
                      case COMPANY, SME, STARTUP, UNIVERSITY, RESEARCH, CIVIL, INVESTOR, UTILITY ->
                          Optional.empty();
                    }));
  }

  @Override
  public Set<String> holders(String role, String scope, String tenant) {
    var on = scope.equals(Standing.CITY) ? Scope.tenant(tenant) : Scope.on(tenant, scope);
    return Role.find(role).map(found -> access.roles().holders(found, on)).orElse(Set.of());
  }

  @Override
  public Optional<String> email(String person) {
    return access
        .people()
        .find(person)
        .filter(found -> found.isActive())
        .flatMap(found -> Optional.ofNullable(found.email()));
  }

  private static Standing.Role role(Role role, Scope scope) {
    return new Standing.Role(role.code(), scope.on() == null ? Standing.CITY : scope.on());
  }
}
