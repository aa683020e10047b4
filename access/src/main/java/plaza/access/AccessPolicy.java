package plaza.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import plaza.access.key.Grants;
import plaza.access.key.Ground;
import plaza.access.key.Key;
import plaza.access.key.Keys;
import plaza.access.people.People;
import plaza.access.people.Person;
import plaza.access.people.Power;
import plaza.access.quota.Quotas;
import plaza.access.record.Archive;
import plaza.graph.Address;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.query.Sight;
import plaza.graph.query.Sight.View;
import plaza.ledger.Actor;
import plaza.ledger.Policy;

/// What each actor may see and change, in each tenant.
///
/// Rights are worked out when first asked for and kept until a person, role, key or grant changes
/// or one of those that count begins or ends.
public final class AccessPolicy implements Policy {
  private static final int REMEMBERED = 10_000;
  private static final String LINK = "urn:plaza:link:";

  /// The programme's public records; what it hides is private or an entity of a private type.
  private static final View PROGRAMME = new View(Set.of(Names.PLAZA), Set.of(), null, null, null);

  private static final String NOT_OPEN =
      "city data is not open to everyone here; sign in or send an API key";
  private static final String PILOTS_SANDBOX =
      "a sandbox is for the keys of its pilot, and for the city's officers to look at";
  private static final Rights NOBODY_IN_SANDBOXES =
      new Rights(Sight.nothing(PILOTS_SANDBOX), Sight.nothing(PILOTS_SANDBOX));
  private static final Rights ANYONE_READS_PROGRAMME =
      new Rights(Sight.of(PROGRAMME, NOT_OPEN), Sight.nothing(NOT_OPEN));
  private static final Rights ANYONE_READS =
      new Rights(Sight.PUBLIC, Sight.nothing("anonymous callers may only read"));
  private static final Rights ALL = new Rights(Sight.CITY, Sight.CITY);

  private final Archive archive;
  private final People people;
  private final Keys keys;
  private final Grants grants;
  private final Quotas quotas;
  private final AnonymousAccess anonymous;
  private final InstantSource clock;
  private final ConcurrentHashMap<Asked, Answer> answers = new ConcurrentHashMap<>();

  /// @param until when it must be worked out anew at the latest
  private record Answer(Rights rights, long version, Instant until) {}

  AccessPolicy(
      Archive archive,
      People people,
      Keys keys,
      Grants grants,
      Quotas quotas,
      AnonymousAccess anonymous,
      InstantSource clock) {
    this.archive = archive;
    this.people = people;
    this.keys = keys;
    this.grants = grants;
    this.quotas = quotas;
    this.anonymous = anonymous;
    this.clock = clock;
  }

  @Override
  public Rights rights(Actor actor, Address address) {
    // A room has checked its own rules.
    if (actor.room() != null) return Rights.EVERYTHING;
    var tenant = address.tenant();
    if (tenant.equals(Address.SYSTEM_TENANT))
      throw new Refusal.Forbidden(
          "tenant " + tenant + " belongs to Plaza itself; no face opens it");
    if (actor.isAnonymous())
      return Ground.isSandbox(address) && anonymous != AnonymousAccess.OPEN
          ? NOBODY_IN_SANDBOXES
          : nobodys(tenant);
    var asked = Asked.of(actor.id(), address);
    var now = clock.instant();
    // Read before the records are, so that a change meanwhile makes the answer stale, not wrong.
    long version = archive.rightsVersion();
    var known = answers.get(asked);
    if (known != null && known.version == version && now.isBefore(known.until)) return known.rights;
    var answer = answer(asked, version, now);
    if (answers.size() >= REMEMBERED) answers.clear();
    answers.put(asked, answer);
    return answer.rights;
  }

  private Answer answer(Asked asked, long version, Instant now) {
    if (asked.actor().startsWith(Person.ID)) return persons(asked, version, now);
    if (asked.actor().startsWith(Key.ID)) return keys(asked, version, now);
    if (asked.actor().startsWith(LINK)) return new Answer(links(asked), version, Instant.MAX);
    if (!grants.listOf(asked.actor()).isEmpty()) return holders(asked, version, now);
    throw new Refusal.Forbidden(asked.actor() + " is nobody known here");
  }

  private Rights nobodys(String tenant) {
    return switch (anonymous) {
      case OPEN -> ALL;
      case READ_PUBLIC ->
          tenant.equals(Address.DEFAULT_TENANT) ? ANYONE_READS : ANYONE_READS_PROGRAMME;
      case NONE -> ANYONE_READS_PROGRAMME;
    };
  }

  private Answer persons(Asked asked, long version, Instant now) {
    var person = asked.actor();
    if (people.find(person).filter(Person::isActive).isEmpty())
      throw new Refusal.Forbidden(person + " has no account here, or it is suspended");
    if (anonymous == AnonymousAccess.OPEN) return new Answer(ALL, version, Instant.MAX);
    var roles = people.roles();
    var holders = new LinkedHashSet<>(Set.of(person));
    holders.addAll(people.organizations().verifiedOf(person));
    var granted = new Granted(grants, quotas, holders, asked, now);
    var until = granted.until;
    for (var holding : roles.listCurrent(person))
      if (holding.until() != null && holding.until().isBefore(until)) until = holding.until();

    boolean readsCity =
        roles.anywhere(person, asked.tenant()).stream().anyMatch(role -> role.has(Power.READ_CITY));
    if (asked.isSandbox())
      return new Answer(
          new Rights(
              readsCity ? Sight.CITY : Sight.nothing(PILOTS_SANDBOX),
              Sight.nothing(PILOTS_SANDBOX)),
          version,
          until);
    var nobody = nobodys(asked.tenant()).read();
    Sight read;
    if (readsCity) {
      read = Sight.CITY;
    } else if (nobody.isUnlimited() && granted.reading.isEmpty()) {
      read = nobody;
    } else {
      var views = new ArrayList<>(nobody.views());
      views.addAll(granted.reading);
      read =
          new Sight(
              false,
              views,
              granted.reading.isEmpty()
                  ? "your account sees the programme's public records; for city data ask the data"
                      + " steward for a grant"
                  : granted.words());
    }
    var write =
        roles.may(person, Power.WRITE_CITY, asked.tenant())
            ? Sight.CITY
            : new Sight(
                false,
                granted.writing,
                granted.writing.isEmpty()
                    ? "city data is written by links and data stewards"
                    : granted.writingWords());
    return new Answer(
        new Rights(read, write, write.isUnlimited() ? null : granted.allowance()), version, until);
  }

  private Answer keys(Asked asked, long version, Instant now) {
    var key =
        keys.find(asked.actor())
            .filter(found -> !found.isRevoked() && !found.isOver(now))
            .filter(keys::hasStandingOwner)
            .orElseThrow(() ->
                new Refusal.Forbidden(
                    asked.actor() + " has expired or was revoked; ask for a new key"));
    return switch (key.kind()) {
      case PERSONAL -> {
        var owners = persons(new Asked(key.owner(), asked.tenant(), asked.branch()), version, now);
        yield new Answer(narrowed(owners.rights, key), version, earlier(owners.until, key.until()));
      }
      case PILOT -> pilots(key, asked, version, now);
      case LINK -> new Answer(links(asked), version, key.until());
    };
  }

  private Answer pilots(Key key, Asked asked, long version, Instant now) {
    var holders = new LinkedHashSet<>(Set.of(key.id(), key.owner()));
    if (key.subject() != null) holders.add(key.subject());
    if (asked.isSandbox()
        && (key.subject() == null || !Ground.of(key.subject()).holds(asked.branch())))
      throw new Refusal.Forbidden(asked.branch() + " is no sandbox of yours: " + PILOTS_SANDBOX);
    var granted = new Granted(grants, quotas, holders, asked, now);
    if (granted.working.isEmpty()) throw new Refusal.Forbidden(granted.whyNot(key.id()));
    return new Answer(
        new Rights(
            new Sight(false, granted.reading, granted.words()),
            new Sight(
                false,
                granted.writing,
                granted.writing.isEmpty() ? granted.whyReadOnly() : granted.writingWords()),
            granted.allowance()),
        version,
        earlier(granted.until, key.until()));
  }

  /// What a holder of grants, such as a pilot, may see by them: for rooms that act for it. No face
  /// lets anybody come as one.
  private Answer holders(Asked asked, long version, Instant now) {
    var granted = new Granted(grants, quotas, Set.of(asked.actor()), asked, now);
    if (granted.working.isEmpty()) throw new Refusal.Forbidden(granted.whyNot(asked.actor()));
    return new Answer(
        new Rights(
            new Sight(false, granted.reading, granted.words()),
            Sight.nothing("a holder writes by its keys")),
        version,
        granted.until);
  }

  private static Rights links(Asked asked) {
    return asked.isSandbox() ? NOBODY_IN_SANDBOXES : Rights.OPEN;
  }

  private static Rights narrowed(Rights owners, Key key) {
    var narrowing = key.narrowing();
    if (narrowing == null) return owners;
    var reason = key.id() + " was made for less than its owner may";
    var read =
        owners.read().views().stream()
            .map(view -> narrowed(view, narrowing.types(), narrowing.attributes()))
            .flatMap(List::stream)
            .toList();
    var write =
        narrowing.readOnly()
            ? List.<View>of()
            : owners.write().views().stream()
                .map(view -> narrowed(view, narrowing.types(), Set.of()))
                .flatMap(List::stream)
                .toList();
    return new Rights(
        new Sight(false, read, reason), new Sight(false, write, reason), owners.allowance());
  }

  /// What a view leaves of types and attributes; none when nothing.
  private static List<View> narrowed(View view, Set<String> types, Set<String> attributes) {
    var leftTypes =
        types.isEmpty()
            ? view.types()
            : types.stream().filter(view::acceptsType).collect(Collectors.toSet());
    var leftAttributes =
        attributes.isEmpty()
            ? view.attributes()
            : attributes.stream().filter(view::accepts).collect(Collectors.toSet());
    // An empty set would mean all.
    if ((!types.isEmpty() && leftTypes.isEmpty())
        || (!attributes.isEmpty() && leftAttributes.isEmpty())) return List.of();
    return List.of(
        new View(leftTypes, leftAttributes, view.area(), view.from(), view.until(), view.owner()));
  }

  static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
