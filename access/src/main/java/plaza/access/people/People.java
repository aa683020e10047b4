package plaza.access.people;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plaza.access.audit.Event;
import plaza.access.record.Archive;
import plaza.access.record.Shelf;
import plaza.access.secret.PasswordRules;
import plaza.access.secret.Passwords;
import plaza.access.secret.Secrets;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.ledger.Actor;

/// Accounts: makes, finds, suspends them.
public final class People {
  private final Shelf<Person> people;
  private final Shelf.Index<Person> byName;
  private final Organizations organizations;
  private final Roles roles;
  private final Passwords passwords;
  private final Secrets secrets;
  private final InstantSource clock;

  public People(Archive archive, Passwords passwords, Secrets secrets, InstantSource clock) {
    this.people = new Shelf<>(archive, Person.TYPE, "person", true, Person::of);
    this.byName = people.index(Person::name);
    var companies = new Shelf<>(archive, Organization.TYPE, "organisation", true, Organization::of);
    var memberships = new Shelf<>(archive, Membership.TYPE, "membership", true, Membership::of);
    var membershipsOf = memberships.index(Membership::person);
    this.roles = new Roles(archive, people, companies, membershipsOf, secrets, clock);
    this.organizations =
        new Organizations(people, companies, memberships, membershipsOf, roles, secrets, clock);
    this.passwords = passwords;
    this.secrets = secrets;
    this.clock = clock;
  }

  public Roles roles() {
    return roles;
  }

  public Organizations organizations() {
    return organizations;
  }

  public Optional<Person> find(String id) {
    return people.find(id);
  }

  public Person get(String id) {
    return people.get(id);
  }

  /// @param name as typed; small and large letters are the same
  public Optional<Person> findByName(String name) {
    return byName.list(Person.nameOf(name)).stream().findFirst();
  }

  /// By name.
  public List<Person> list() {
    return people.list().stream().sorted(Comparator.comparing(Person::name)).toList();
  }

  /// Makes an account for someone.
  public Person add(
      Actor by, String name, String displayName, @Nullable String email, String password) {
    roles.require(by, Power.MANAGE_PEOPLE, Address.DEFAULT_TENANT);
    return register(by, name, displayName, email, password);
  }

  /// Makes an account for oneself: a resident's, nothing more. The caller decides whether strangers
  /// may, and slows them down.
  public Person register(
      Actor by, String name, String displayName, @Nullable String email, String password) {
    PasswordRules.check(password, Person.nameOf(name));
    var id = Person.ID + secrets.name();
    var since = clock.instant().truncatedTo(ChronoUnit.MICROS);
    // Judged before the hash is worked out, which is dear.
    var person = new Person(id, name, displayName, email, null, Person.State.ACTIVE, since);
    var hash = passwords.hash(password);
    return people.add(
        by,
        () -> {
          if (findByName(name).isPresent())
            throw new Refusal.AlreadyExists(
                "the name '" + person.name() + "' is taken; choose another");
          return person.withPassword(hash);
        },
        made -> Event.of("personAdded", made.id()));
  }

  public Person changeProfile(Actor by, String id, String displayName, @Nullable String email) {
    if (!by.id().equals(id)) roles.require(by, Power.MANAGE_PEOPLE, Address.DEFAULT_TENANT);
    return people.change(
        by,
        id,
        person -> person.withProfile(displayName, email),
        person -> Event.of("profileChanged", person.id()));
  }

  /// Sets a password; who may is decided by the caller, and so is what becomes of sessions.
  public Person setPassword(Actor by, String id, String password) {
    PasswordRules.check(password, get(id).name());
    return rehash(by, id, password, Event.of("passwordChanged", id));
  }

  /// Hashes the same password anew, at today's cost.
  public Person rehash(Actor by, String id, String password) {
    return rehash(by, id, password, Event.of("passwordRehashed", id));
  }

  private Person rehash(Actor by, String id, String password, Event event) {
    var hash = passwords.hash(password);
    return people.change(by, id, person -> person.withPassword(hash), _ -> event);
  }

  /// Nothing of a suspended person works: sign-in, sessions, keys.
  public Person suspend(Actor by, String id, String reason) {
    return state(by, id, Person.State.SUSPENDED, "personSuspended", reason);
  }

  public Person reinstate(Actor by, String id, String reason) {
    return state(by, id, Person.State.ACTIVE, "personReinstated", reason);
  }

  /// @throws Refusal.Conflict when nobody would be left to run the installation
  public void requireMayErase(Actor by, String id) {
    if (!by.id().equals(id)) roles.require(by, Power.MANAGE_PEOPLE, Address.DEFAULT_TENANT);
    if (roles.holders(Role.ADMIN, Scope.CITY).equals(java.util.Set.of(id)))
      throw new Refusal.Conflict(
          "the only administrator cannot be erased; give the role admin to somebody else first");
  }

  /// Takes a person's account out of the records for good, with roles and memberships. Their id,
  /// which names nobody, stays where it says who did what. Doing it twice changes nothing.
  public void erase(Actor by, String id) {
    requireMayErase(by, id);
    roles.eraseAllOf(by, id);
    organizations.eraseAllOf(by, id);
    people.erase(by, id, Event.of("personErased", id));
  }

  private Person state(Actor by, String id, Person.State state, String action, String reason) {
    roles.require(by, Power.MANAGE_PEOPLE, Address.DEFAULT_TENANT);
    if (by.id().equals(id))
      throw new Refusal.Conflict("nobody can suspend or reinstate themselves: " + id);
    return people.change(
        by,
        id,
        person -> person.withState(state),
        person -> Event.of(action, person.id()).with("reason", reason));
  }
}
