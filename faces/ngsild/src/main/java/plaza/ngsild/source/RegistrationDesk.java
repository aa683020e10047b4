package plaza.ngsild.source;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import plaza.graph.Address;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Sight;
import plaza.ledger.Actor;
import plaza.ledger.Ledger;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ngsild.context.Context;
import plaza.outbound.OutboundGuard;

/// Takes, shows, changes and ends registrations (clauses 5.9.2 to 5.9.4, 5.10).
///
/// A registration lets this server speak to another in the name of all its users and shows them
/// what it answers, so only who may write everything in the tenant registers. The live city has
/// sources; a what-if has none.
public final class RegistrationDesk {
  private static final String ROOM = "ngsild";

  private final Ledger ledger;
  private final Reader reader;
  private final Policy policy;
  private final Registry registry;
  private final Proxies proxies;
  private final OutboundGuard guard;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// One change at a time, so that the registry has them in the order in which they became durable.
  private final ReentrantLock changing = new ReentrantLock();

  RegistrationDesk(
      Ledger ledger,
      Reader reader,
      Policy policy,
      Registry registry,
      OutboundGuard guard,
      InstantSource clock,
      RandomGenerator random) {
    this.ledger = ledger;
    this.reader = reader;
    this.policy = policy;
    this.registry = registry;
    this.proxies = new Proxies(registry, reader);
    this.guard = guard;
    this.clock = clock;
    this.random = random;
  }

  /// One page of registrations.
  ///
  /// @param total how many match
  public record Listed(List<RegistrationView> page, long total, boolean more) {
    public Listed {
      page = List.copyOf(page);
    }
  }

  /// Clause 5.9.2.
  ///
  /// @param context the document's names are read with it
  /// @return the registration's id
  public String create(Actor actor, Address address, Value.Struct document, Context context) {
    requireRight(actor, address);
    RegistrationParser.requireType(document, true);
    RegistrationParser.requireLists(document);
    var id =
        switch (document.members().get("id")) {
          case null ->
              "urn:ngsi-ld:ContextSourceRegistration:"
                  + new UUID(random.nextLong(), random.nextLong());
          case Value.Text(var text) -> Names.uri(text, "the registration's \"id\"");
          default -> throw new Refusal.Invalid("the registration's \"id\" must be a URI");
        };
    var record = RegistrationRecord.of(id, Documents.written(document, context), context.source());
    var registration = record.understood();
    checkSource(registration);
    changing.lock();
    try {
      proxies.check(actor.through(ROOM), address, registration);
      write(actor, address, new Edit.Create(record.entity()));
      registry.put(address.tenant(), registration);
    } catch (Refusal.AlreadyExists taken) {
      throw new Refusal.AlreadyExists("registration " + id + " exists already; choose another id");
    } finally {
      changing.unlock();
    }
    return id;
  }

  /// Clause 5.9.3: what the fragment names is replaced, what it sets to NGSI-LD's null goes.
  public void update(
      Actor actor, Address address, String id, Value.Struct fragment, Context context) {
    requireRight(actor, address);
    RegistrationParser.requireType(fragment, false);
    RegistrationParser.requireLists(fragment);
    var patch = Documents.written(fragment, context);
    changing.lock();
    try {
      var record = record(actor, address, id);
      var changed = record.with(Documents.merged(record.document(), patch));
      var registration = changed.understood();
      checkSource(registration);
      proxies.check(actor.through(ROOM), address, registration);
      write(actor, address, new Edit.Replace(changed.entity()));
      registry.put(address.tenant(), registration);
    } finally {
      changing.unlock();
    }
  }

  /// Clause 5.9.4.
  public void delete(Actor actor, Address address, String id) {
    requireRight(actor, address);
    changing.lock();
    try {
      record(actor, address, id);
      remove(actor, address, id);
    } finally {
      changing.unlock();
    }
  }

  /// Clause 5.9.2.4: what has expired is deleted.
  void deleteExpired(Address address, String id) {
    changing.lock();
    try {
      reader
          .find(Actor.SYSTEM, address, RegistrationRecord.entityId(id))
          .map(entity -> RegistrationRecord.of(entity).understood())
          .filter(one -> one.isExpired(clock.instant()))
          .ifPresent(_ -> remove(Actor.SYSTEM, address, id));
    } finally {
      changing.unlock();
    }
  }

  private void remove(Actor actor, Address address, String id) {
    write(actor, address, new Edit.Delete(RegistrationRecord.entityId(id)));
    registry.remove(address.tenant(), id);
  }

  /// Clause 5.10.1.
  public RegistrationView get(Actor actor, Address address, String id) {
    var sight = reader.sight(actor, address);
    var record = record(actor, address, id);
    var parts =
        Matcher.parts(record.understood(), Ask.ANYTHING).stream()
            .filter(part -> shows(sight, part))
            .toList();
    if (parts.isEmpty()) throw new Refusal.NotFound("there is no registration " + id);
    return view(actor, address, record, parts);
  }

  /// Clause 5.10.2: those that may have what is asked for, with what they may have of it.
  public Listed list(Actor actor, Address address, Ask ask, int offset, int limit) {
    var sight = reader.sight(actor, address);
    var matches = new ArrayList<Match>();
    for (var match : registry.matching(address.tenant(), ask)) {
      var parts = match.parts().stream().filter(part -> shows(sight, part)).toList();
      if (!parts.isEmpty()) matches.add(new Match(match.registration(), parts));
    }
    var page =
        matches.stream()
            .skip(offset)
            .limit(limit)
            .flatMap(match -> found(actor, address, match).stream())
            .toList();
    return new Listed(page, matches.size(), matches.size() > (long) offset + limit);
  }

  private Optional<RegistrationView> found(Actor actor, Address address, Match match) {
    return reader
        .find(
            actor.through(ROOM),
            home(address),
            RegistrationRecord.entityId(match.registration().id()))
        .map(entity -> view(actor, address, RegistrationRecord.of(entity), match.parts()));
  }

  /// Nobody learns that there is what they may not see: of a registration shows what is about types
  /// and attributes that show.
  static boolean shows(Sight sight, Part part) {
    if (sight.isUnlimited()) return true;
    var information = part.information();
    boolean types =
        information.entities().isEmpty()
            || information.entities().stream()
                .allMatch(one -> one.types().stream().anyMatch(sight::acceptsType));
    return types && information.attributes().stream().allMatch(sight::acceptsAttribute);
  }

  private RegistrationView view(
      Actor actor, Address address, RegistrationRecord record, List<Part> parts) {
    return new RegistrationView(
        record, parts, registry.use(address.tenant(), record.id()), !mayRegister(actor, address));
  }

  /// One that has expired is gone, whether it was deleted yet or not.
  private RegistrationRecord record(Actor actor, Address address, String id) {
    Names.uri(id, "a registration id");
    return reader
        .find(actor.through(ROOM), home(address), RegistrationRecord.entityId(id))
        .map(RegistrationRecord::of)
        .filter(record -> !record.understood().isExpired(clock.instant()))
        .orElseThrow(() -> new Refusal.NotFound("there is no registration " + id));
  }

  private void checkSource(Registration registration) {
    if (registration.isExpired(clock.instant()))
      throw new Refusal.Invalid(
          "expiresAt must lie in the future, not " + registration.expiresAt());
    guard.check(registration.source().endpoint());
  }

  private void write(Actor actor, Address address, Edit edit) {
    ledger.write(actor.through(ROOM), Write.atomic(home(address), edit));
  }

  private static Address home(Address address) {
    return Address.tenant(address.tenant());
  }

  private boolean mayRegister(Actor actor, Address address) {
    return policy.rights(actor, address).write().isUnlimited();
  }

  private void requireRight(Actor actor, Address address) {
    if (!address.isMain() || address.at() != null)
      throw new Refusal.Invalid(
          "context sources belong to the live city: leave out branch and moment");
    reader.sight(actor, address);
    if (mayRegister(actor, address)) return;
    var sentence =
        "registering context sources needs the right to change everything in tenant "
            + address.tenant();
    throw actor.isAnonymous()
        ? new Refusal.Unauthenticated(sentence + "; sign in or send a key")
        : new Refusal.Forbidden(sentence);
  }
}
