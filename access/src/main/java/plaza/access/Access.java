package plaza.access;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import plaza.access.audit.AuditChain;
import plaza.access.key.Grants;
import plaza.access.key.Keys;
import plaza.access.people.Organizations;
import plaza.access.people.People;
import plaza.access.people.Roles;
import plaza.access.quota.Quotas;
import plaza.access.record.Archive;
import plaza.access.secret.Passwords;
import plaza.access.secret.Secrets;
import plaza.access.session.Sessions;
import plaza.access.session.Setup;
import plaza.access.session.SignIn;
import plaza.ledger.Actor;
import plaza.ledger.Ledger;
import plaza.ledger.Policy;
import plaza.ledger.Reader;

/// The desks of this room, wired. The ledger needs the policy before there is a ledger, so the room
/// is made first and opened when the ledger stands:
///
/// ```java
/// var access = new Access(AccessSettings.DEFAULT, InstantSource.system(), new SecureRandom());
/// var ledger = new Ledger(store, access.policy(), feed, limits, clock);
/// access.open(ledger, new Reader(store, ledger, access.policy(), limits));
/// access.setup().begin().ifPresent(token -> …show the set-up link…);
/// ```
public final class Access {
  private final Archive archive;
  private final People people;
  private final Sessions sessions;
  private final SignIn signIn;
  private final Setup setup;
  private final Keys keys;
  private final Grants grants;
  private final Quotas quotas;
  private final Authenticator authenticator;
  private final AccessPolicy policy;

  /// @param random a `SecureRandom` outside of tests
  public Access(AccessSettings settings, InstantSource clock, RandomGenerator random) {
    var secrets = new Secrets(random);
    var passwords = new Passwords(settings.passwordCost(), random);
    this.archive = new Archive(clock);
    this.people = new People(archive, passwords, secrets, clock);
    this.sessions =
        new Sessions(archive, secrets, clock, settings.sessionIdle(), settings.sessionLongest());
    this.signIn = new SignIn(people, passwords, sessions, archive, clock);
    this.setup = new Setup(archive, people, secrets, clock);
    this.keys = new Keys(archive, people, secrets, clock);
    this.grants = new Grants(archive, people.roles(), secrets, clock);
    this.authenticator = new Authenticator(people, keys, sessions);
    this.quotas = new Quotas(settings.namespaces(), settings.sandboxes(), clock);
    this.policy =
        new AccessPolicy(archive, people, keys, grants, quotas, settings.anonymous(), clock);
  }

  /// Loads people, roles, keys and grants. Once, before the first request.
  public void open(Ledger ledger, Reader reader) {
    archive.open(ledger, reader);
    quotas.open(reader);
  }

  /// Takes a person's account out of the records for good: sessions, keys, roles, memberships, name
  /// and address. The person may, and who manages people. Doing it twice changes nothing.
  public void erase(Actor by, String person) {
    people.requireMayErase(by, person);
    sessions.eraseAllOf(by, person);
    keys.eraseAllOf(by, person);
    people.erase(by, person);
  }

  public Policy policy() {
    return policy;
  }

  public Authenticator authenticator() {
    return authenticator;
  }

  public People people() {
    return people;
  }

  public Organizations organizations() {
    return people.organizations();
  }

  public Roles roles() {
    return people.roles();
  }

  public Sessions sessions() {
    return sessions;
  }

  public SignIn signIn() {
    return signIn;
  }

  public Setup setup() {
    return setup;
  }

  public Keys keys() {
    return keys;
  }

  public Grants grants() {
    return grants;
  }

  /// How much pilots may write of what is their own.
  public Quotas quotas() {
    return quotas;
  }

  /// Who signed in, who got which role, key and grant; for auditors and `plaza verify`.
  public AuditChain audit() {
    return archive.chain();
  }
}
