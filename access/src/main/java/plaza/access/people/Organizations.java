package plaza.access.people;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plaza.access.audit.Event;
import plaza.access.record.Shelf;
import plaza.access.secret.Secrets;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.ledger.Actor;

/// Organisations and who acts for them.
public final class Organizations {
  private final Shelf<Person> people;
  private final Shelf<Organization> organizations;
  private final Shelf<Membership> memberships;
  private final Shelf.Index<Membership> membershipsOf;
  private final Shelf.Index<Membership> membersOf;
  private final Roles roles;
  private final Secrets secrets;
  private final InstantSource clock;

  Organizations(
      Shelf<Person> people,
      Shelf<Organization> organizations,
      Shelf<Membership> memberships,
      Shelf.Index<Membership> membershipsOf,
      Roles roles,
      Secrets secrets,
      InstantSource clock) {
    this.people = people;
    this.organizations = organizations;
    this.memberships = memberships;
    this.membershipsOf = membershipsOf;
    this.membersOf = memberships.index(Membership::organization);
    this.roles = roles;
    this.secrets = secrets;
    this.clock = clock;
  }

  public Optional<Organization> find(String id) {
    return organizations.find(id);
  }

  public Organization get(String id) {
    return organizations.get(id);
  }

  /// By name.
  public List<Organization> list() {
    return organizations.list().stream()
        .sorted(Comparator.comparing(Organization::name).thenComparing(Organization::id))
        .toList();
  }

  public List<Membership> listMemberships() {
    return List.copyOf(memberships.list());
  }

  /// Organisations a person acts for, verified or not.
  public List<Membership> listOf(String person) {
    return membershipsOf.list(person);
  }

  public List<Membership> listMembers(String organization) {
    return membersOf.list(organization);
  }

  /// Organisations, by URI, that a person acts for and that somebody else confirmed.
  public Set<String> verifiedOf(String person) {
    var found = new TreeSet<String>();
    for (var membership : membershipsOf.list(person))
      if (membership.verified()) found.add(membership.organization());
    return found;
  }

  /// Enters an organisation. Anybody with an account may; it counts for nothing until somebody's
  /// membership in it is verified.
  public Organization add(
      Actor by,
      String name,
      Organization.Kind kind,
      Set<String> identifiers,
      @Nullable BigDecimal publicShare,
      @Nullable String partOf) {
    return add(by, name, kind, identifiers, publicShare, partOf, null);
  }

  /// The same of one whose registered address is known.
  public Organization add(
      Actor by,
      String name,
      Organization.Kind kind,
      Set<String> identifiers,
      @Nullable BigDecimal publicShare,
      @Nullable String partOf,
      @Nullable String address) {
    roles.require(by, Power.ENTER_ORGANIZATIONS, Address.DEFAULT_TENANT);
    if (partOf != null) organizations.get(partOf);
    return organizations.add(
        by,
        () ->
            new Organization(
                Organization.ID + secrets.name(),
                name,
                kind,
                identifiers,
                publicShare,
                partOf,
                address),
        organization ->
            Event.of("organizationAdded", organization.id())
                .with("name", organization.name())
                .with("kind", kind.code()));
  }

  /// Enters that a person acts for an organisation. The person may say so; only someone who may
  /// verify members makes it count.
  public Membership join(Actor by, String person, String organization, boolean verified) {
    people.get(person);
    organizations.get(organization);
    if (verified || !by.id().equals(person))
      roles.require(by, Power.VERIFY_MEMBERS, Address.DEFAULT_TENANT);
    if (verified) requireOther(by, person);
    return memberships.add(
        by,
        () ->
            new Membership(
                Membership.id(person, organization),
                person,
                organization,
                verified,
                clock.instant().truncatedTo(ChronoUnit.MICROS)),
        _ ->
            Event.of("memberJoined", person)
                .with("organization", organization)
                .with("verified", Boolean.toString(verified)));
  }

  public Membership verify(Actor by, String membershipId) {
    roles.require(by, Power.VERIFY_MEMBERS, Address.DEFAULT_TENANT);
    requireOther(by, memberships.get(membershipId).person());
    return memberships.change(
        by,
        membershipId,
        old -> new Membership(old.id(), old.person(), old.organization(), true, old.since()),
        made ->
            Event.of("memberVerified", made.person()).with("organization", made.organization()));
  }

  /// Ends a membership; the person may, or someone who may verify members.
  public void leave(Actor by, String membershipId) {
    var membership = memberships.get(membershipId);
    if (!by.id().equals(membership.person()))
      roles.require(by, Power.VERIFY_MEMBERS, Address.DEFAULT_TENANT);
    memberships.remove(
        by,
        membershipId,
        Event.of("memberLeft", membership.person())
            .with("organization", membership.organization()));
  }

  void eraseAllOf(Actor by, String person) {
    for (var membership : membershipsOf.list(person))
      memberships.erase(
          by,
          membership.id(),
          Event.of("membershipErased", person).with("organization", membership.organization()));
  }

  private static void requireOther(Actor by, String person) {
    if (by.room() == null && by.id().equals(person))
      throw new Refusal.Forbidden(
          person + " cannot verify their own membership; ask somebody else of the office");
  }
}
