package plaza.access.key;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plaza.access.audit.Event;
import plaza.access.people.Organization;
import plaza.access.people.People;
import plaza.access.people.Person;
import plaza.access.people.Power;
import plaza.access.record.Archive;
import plaza.access.record.Shelf;
import plaza.access.secret.Secrets;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.ledger.Actor;

/// API keys: issued, recognised, revoked.
///
/// A key is `plz_<name>_<secret>` with a secret of 256 random bits, so its hash is a plain SHA-256
/// and recognising it a look into memory.
public final class Keys {
  private static final String PREFIX = "plz_";
  private static final String LINK = "urn:plaza:link:";
  private static final Duration LAST_USED_KEPT_TO = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(731);

  private final Shelf<Key> keys;
  private final Shelf.Index<Key> byOwner;
  private final Shelf.Index<Key> bySubject;
  private final People people;
  private final Secrets secrets;
  private final InstantSource clock;

  public Keys(Archive archive, People people, Secrets secrets, InstantSource clock) {
    this.keys = new Shelf<>(archive, Key.TYPE, "key", true, Key::of);
    this.byOwner = keys.index(Key::owner);
    this.bySubject = keys.index(key -> key.subject() == null ? "" : key.subject());
    this.people = people;
    this.secrets = secrets;
    this.clock = clock;
  }

  /// A key at its making.
  ///
  /// @param text the whole key: show it once, keep it nowhere
  public record Issued(Key key, String text) {
    /// Without the text.
    @Override
    public String toString() {
      return "Issued[" + key.id() + "]";
    }
  }

  /// @param person URI; a person issues their own keys
  /// @param narrowing null when it may all the person may
  public Issued issuePersonal(
      Actor by, String person, String label, @Nullable Narrowing narrowing, Instant until) {
    people.get(person);
    if (!by.id().equals(person) && by.room() == null)
      throw new Refusal.Forbidden(
          by.id() + " may not issue a personal key of " + person + "; only they themselves may");
    return issue(by, Key.Kind.PERSONAL, label, person, null, narrowing, until);
  }

  /// A key that reaches what the grants to the subject, to its owner or to itself say.
  ///
  /// @param owner URI of a person or organisation
  /// @param subject URI of the pilot, exploration or service it is for
  public Issued issuePilot(Actor by, String owner, String subject, String label, Instant until) {
    people.roles().require(by, Power.GRANT_DATA, Address.DEFAULT_TENANT);
    requireOwner(owner);
    return issue(by, Key.Kind.PILOT, label, owner, subject, null, until);
  }

  /// A key that writes the city's data in the name of a link.
  ///
  /// @param link `urn:plaza:link:…`
  public Issued issueLink(Actor by, String owner, String link, String label, Instant until) {
    people.roles().require(by, Power.MANAGE_LINKS, Address.DEFAULT_TENANT);
    requireOwner(owner);
    if (!link.startsWith(LINK) || link.length() == LINK.length())
      throw new Refusal.Invalid("a link's URI begins with " + LINK + ", unlike '" + link + "'");
    return issue(by, Key.Kind.LINK, label, owner, link, null, until);
  }

  private void requireOwner(String owner) {
    if (owner.startsWith(Organization.ID)) people.organizations().get(owner);
    else people.get(owner);
  }

  private Issued issue(
      Actor by,
      Key.Kind kind,
      String label,
      String owner,
      @Nullable String subject,
      @Nullable Narrowing narrowing,
      Instant until) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (until.isAfter(now.plus(LONGEST)))
      throw new Refusal.Invalid(
          "a key may last at most " + LONGEST.toDays() + " days, until " + now.plus(LONGEST));
    var name = secrets.name();
    var secret = secrets.token();
    var key =
        keys.add(
            by,
            () ->
                new Key(
                    Key.ID + name,
                    kind,
                    label,
                    owner,
                    subject,
                    narrowing,
                    Secrets.hash(secret),
                    now,
                    until.truncatedTo(ChronoUnit.MICROS),
                    null,
                    null),
            made ->
                Event.of("keyIssued", made.id())
                    .with("kind", kind.name())
                    .with("owner", owner)
                    .with("until", made.until().toString()));
    return new Issued(key, PREFIX + name + "_" + secret);
  }

  public Optional<Key> find(String id) {
    return keys.find(id);
  }

  public Key get(String id) {
    return keys.get(id);
  }

  /// Newest first.
  public List<Key> list() {
    return newestFirst(keys.list().stream());
  }

  public List<Key> listOf(String owner) {
    return newestFirst(byOwner.list(owner).stream());
  }

  /// Keys for a pilot or of a link.
  public List<Key> listFor(String subject) {
    return newestFirst(bySubject.list(subject).stream());
  }

  private static List<Key> newestFirst(Stream<Key> found) {
    return found.sorted(Comparator.comparing(Key::since).reversed()).toList();
  }

  /// The working key of a text that somebody sent.
  ///
  /// @throws Refusal.Unauthenticated when it is no key of ours, or one that has ended
  public Key recognise(String text) {
    int end = text.indexOf('_', PREFIX.length());
    var key =
        text.startsWith(PREFIX) && end > 0
            ? keys.find(Key.ID + text.substring(PREFIX.length(), end)).orElse(null)
            : null;
    if (key == null || !Secrets.matches(text.substring(end + 1), key.hash()))
      throw new Refusal.Unauthenticated(
          "this API key is not known here; keys look like plz_name_secret");
    var now = clock.instant();
    if (key.revokedBecause() != null)
      throw new Refusal.Unauthenticated(
          key.id() + " was revoked: " + key.revokedBecause() + "; ask for a new key");
    if (key.isOver(now))
      throw new Refusal.Unauthenticated(
          key.id() + " expired at " + key.until() + "; ask for a new key");
    if (key.lastUsed() == null || key.lastUsed().plus(LAST_USED_KEPT_TO).isBefore(now))
      keys.touch(key.id(), one -> one.used(now.truncatedTo(ChronoUnit.MICROS)));
    return key;
  }

  /// Ends a key, at once and for ever: its owner may, and who may issue such keys.
  public Key revoke(Actor by, String id, String reason) {
    requireMayRevoke(by, keys.get(id));
    if (reason.isBlank())
      throw new Refusal.Invalid("a key is revoked for a reason; say which: " + id);
    return keys.change(
        by,
        id,
        key -> key.isRevoked() ? key : key.revoked(reason.strip()),
        key -> Event.of("keyRevoked", key.id()).with("reason", reason.strip()));
  }

  /// Ends every key that a person owns and forgets what they called it. Who may is decided by the
  /// caller.
  public int eraseAllOf(Actor by, String person) {
    var all = byOwner.list(person);
    for (var key : all)
      keys.erase(by, key.id(), Event.of("keyErased", key.id()).with("owner", person));
    return all.size();
  }

  private void requireMayRevoke(Actor by, Key key) {
    if (by.id().equals(key.owner())
        || people.organizations().verifiedOf(by.id()).contains(key.owner())
        || people.roles().may(by.id(), Power.MANAGE_PEOPLE, Address.DEFAULT_TENANT)) return;
    switch (key.kind()) {
      case PERSONAL -> people.roles().require(by, Power.MANAGE_PEOPLE, Address.DEFAULT_TENANT);
      case PILOT -> people.roles().require(by, Power.GRANT_DATA, Address.DEFAULT_TENANT);
      case LINK -> people.roles().require(by, Power.MANAGE_LINKS, Address.DEFAULT_TENANT);
    }
  }

  /// Whether the key's owner still stands for it: a suspended person does not.
  public boolean hasStandingOwner(Key key) {
    return key.owner().startsWith(Organization.ID)
        || people.find(key.owner()).filter(Person::isActive).isPresent();
  }
}
