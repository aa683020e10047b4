package plaza.access.people;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plaza.access.audit.Event;
import plaza.access.record.Archive;
import plaza.access.record.Shelf;
import plaza.access.secret.Secrets;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.ledger.Actor;

/// Who holds which role where. What the programme's procedures ask before every action.
///
/// Every active person is a `resident`; a verified member of an organisation that innovates is an
/// `innovator` on that organisation. All other roles are given and taken here.
public final class Roles {
  private final Shelf<Person> people;
  private final Shelf<Organization> organizations;
  private final Shelf.Index<Membership> membershipsOf;
  private final Shelf<Holding> holdings;
  private final Shelf.Index<Holding> holdingsOf;
  private final Secrets secrets;
  private final InstantSource clock;

  Roles(
      Archive archive,
      Shelf<Person> people,
      Shelf<Organization> organizations,
      Shelf.Index<Membership> membershipsOf,
      Secrets secrets,
      InstantSource clock) {
    this.people = people;
    this.organizations = organizations;
    this.membershipsOf = membershipsOf;
    this.holdings = new Shelf<>(archive, Holding.TYPE, "role holding", true, Holding::of);
    this.holdingsOf = holdings.index(Holding::person);
    this.secrets = secrets;
    this.clock = clock;
  }

  /// Every role the person holds on a scope: on exactly this, or on the whole tenant.
  ///
  /// @param person URI; nobody known here holds `anonymous` only
  public Set<Role> on(String person, Scope scope) {
    var roles = EnumSet.of(Role.ANONYMOUS);
    if (!isActive(person)) return roles;
    roles.add(Role.RESIDENT);
    for (var holding : listCurrent(person))
      if (holding.scope().covers(scope)) roles.add(holding.role());
    if (scope.on() != null && innovatesFor(person).contains(scope.on())) roles.add(Role.INNOVATOR);
    return roles;
  }

  /// Every role the person holds anywhere in a tenant: enough to show a menu, not to decide.
  public Set<Role> anywhere(String person, String tenant) {
    var roles = on(person, Scope.tenant(tenant));
    if (!isActive(person)) return roles;
    for (var holding : listCurrent(person))
      if (holding.scope().tenant().equals(tenant)) roles.add(holding.role());
    if (!innovatesFor(person).isEmpty()) roles.add(Role.INNOVATOR);
    return roles;
  }

  public boolean holds(String person, Role role, Scope scope) {
    return on(person, scope).contains(role);
  }

  /// Whether a role that the person holds on the whole tenant has the power.
  public boolean may(String person, Power power, String tenant) {
    return on(person, Scope.tenant(tenant)).stream().anyMatch(role -> role.has(power));
  }

  /// @throws Refusal.Forbidden unless a room vouches for the actor or a role has the power
  public void require(Actor actor, Power power, String tenant) {
    if (actor.room() != null || may(actor.id(), power, tenant)) return;
    var sentence =
        "this needs one of the roles "
            + String.join(
                ", ",
                java.util.Arrays.stream(Role.values())
                    .filter(role -> role.has(power))
                    .map(Role::code)
                    .toList())
            + " on tenant "
            + tenant;
    throw actor.isAnonymous()
        ? new Refusal.Unauthenticated(sentence + "; sign in")
        : new Refusal.Forbidden(actor.id() + " holds none of them: " + sentence);
  }

  /// People who hold a role on a scope, by URI; not those who hold it by being resident or member.
  public Set<String> holders(Role role, Scope scope) {
    var now = clock.instant();
    var found = new TreeSet<String>();
    for (var holding : holdings.list())
      if (holding.role() == role
          && holding.scope().covers(scope)
          && !holding.isOver(now)
          && isActive(holding.person())) found.add(holding.person());
    return found;
  }

  /// What was given to a person and is not over.
  public List<Holding> listCurrent(String person) {
    var now = clock.instant();
    var all = holdingsOf.list(person);
    return all.stream().noneMatch(holding -> holding.isOver(now))
        ? all
        : all.stream().filter(holding -> !holding.isOver(now)).toList();
  }

  /// Everything given to anybody, past and present, but not what was taken back.
  public List<Holding> list() {
    return List.copyOf(holdings.list());
  }

  /// Gives a role; the same again is refused.
  ///
  /// @param until exclusive; null without end
  public Holding give(Actor by, String person, Role role, Scope scope, @Nullable Instant until) {
    require(by, Power.MANAGE_PEOPLE, Address.DEFAULT_TENANT);
    var owner = people.get(person);
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return holdings.add(
        by,
        () -> {
          for (var other : listCurrent(person))
            if (other.role() == role && other.scope().equals(scope))
              throw new Refusal.AlreadyExists(
                  owner.name() + " has the role " + role.code() + " on " + scope + " already");
          return new Holding("urn:plaza:role:" + secrets.name(), person, role, scope, now, until);
        },
        holding ->
            Event.of("roleGiven", person)
                .with("role", role.code())
                .with("scope", scope.toString())
                .with("until", until == null ? "" : until.toString())
                .with("holding", holding.id()));
  }

  /// Takes a role back, at once.
  public void take(Actor by, String holdingId) {
    var holding = holdings.get(holdingId);
    require(by, Power.MANAGE_PEOPLE, Address.DEFAULT_TENANT);
    holdings.remove(
        by,
        holdingId,
        Event.of("roleTaken", holding.person())
            .with("role", holding.role().code())
            .with("scope", holding.scope().toString())
            .with("holding", holding.id()));
  }

  void eraseAllOf(Actor by, String person) {
    for (var holding : holdingsOf.list(person))
      holdings.erase(
          by, holding.id(), Event.of("roleErased", person).with("role", holding.role().code()));
  }

  private boolean isActive(String person) {
    return people.find(person).filter(Person::isActive).isPresent();
  }

  /// Organisations the person is an innovator on.
  Set<String> innovatesFor(String person) {
    var found = new TreeSet<String>();
    for (var membership : membershipsOf.list(person))
      if (membership.verified()
          && organizations
              .find(membership.organization())
              .filter(organization -> organization.kind().innovates())
              .isPresent()) found.add(membership.organization());
    return found;
  }
}
