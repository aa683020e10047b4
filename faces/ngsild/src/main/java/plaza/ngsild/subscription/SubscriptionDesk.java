package plaza.ngsild.subscription;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import plaza.graph.Address;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Condition;
import plaza.graph.query.Operand;
import plaza.graph.query.Path;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ledger.Ledger;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ledger.store.Layer;
import plaza.ngsild.context.Context;
import plaza.ngsild.subscription.delivery.Courier;
import plaza.ngsild.subscription.delivery.Standing;

/// Takes, shows, changes and ends subscriptions, to entities (clauses 5.8.1 to 5.8.5) or to the
/// registrations of context sources (clauses 5.11.2 to 5.11.6).
///
/// A subscription belongs to the actor who created it. Its owner sees and changes it; so does who
/// may write everything in the tenant.
public final class SubscriptionDesk {
  private static final String ROOM = "ngsild";
  private static final int TRIES = 5;

  private final Kind kind;
  private final Ledger ledger;
  private final Reader reader;
  private final Policy policy;
  private final ContextShelf contexts;
  private final DefinitionParser parser;
  private final Courier courier;
  private final Sights sights;
  private final InstantSource clock;
  private final RandomGenerator random;

  SubscriptionDesk(
      Kind kind,
      Ledger ledger,
      Reader reader,
      Policy policy,
      ContextShelf contexts,
      DefinitionParser parser,
      Courier courier,
      Sights sights,
      InstantSource clock,
      RandomGenerator random) {
    this.kind = kind;
    this.ledger = ledger;
    this.reader = reader;
    this.policy = policy;
    this.contexts = contexts;
    this.parser = parser;
    this.courier = courier;
    this.sights = sights;
    this.clock = clock;
    this.random = random;
  }

  /// One page of subscriptions.
  ///
  /// @param total -1 unless it was asked for
  public record Listed(List<SubscriptionView> page, long total, boolean more) {
    public Listed {
      page = List.copyOf(page);
    }
  }

  /// Clause 5.8.1.
  ///
  /// @param address what is watched
  /// @param context the document's names are read with it
  /// @param origin where the caller reached this server, such as `https://plaza.example`
  /// @return the subscription's id
  public String create(
      Actor actor, Address address, Value.Struct document, Context context, String origin) {
    return create(actor, address, document, context, origin, List.of());
  }

  /// @param via the brokers the request has passed, elements of its Via headers (clause 6.3.18)
  public String create(
      Actor actor,
      Address address,
      Value.Struct document,
      Context context,
      String origin,
      List<String> via) {
    requireRight(actor, address);
    var id =
        switch (document.members().get("id")) {
          case null -> "urn:ngsi-ld:Subscription:" + new UUID(random.nextLong(), random.nextLong());
          case Value.Text(var text) -> Names.uri(text, "the subscription's \"id\"");
          default -> throw new Refusal.Invalid("the subscription's \"id\" must be a URI");
        };
    requireType(document.members());
    Documents.requireNoNull(document);
    var definition = parser.parse(kind, document, context, origin);
    requireFuture(definition);
    check(definition);
    if (!address.isMain()) ledger.branches().get(Layer.of(address));
    var record =
        new SubscriptionRecord(
            kind,
            id,
            address.branch(),
            HexFormat.of().toHexDigits(random.nextLong()),
            actor.id(),
            Documents.written(document, context),
            context.source(),
            origin,
            via,
            null,
            null,
            0);
    keepContexts(actor, address, record);
    try {
      write(actor, address, new Edit.Create(record.entity()));
    } catch (Refusal.AlreadyExists taken) {
      throw new Refusal.AlreadyExists("subscription " + id + " exists already; choose another id");
    }
    return id;
  }

  /// Clause 5.8.3.
  public SubscriptionView get(Actor actor, Address address, String id) {
    return view(actor, record(actor, address, id));
  }

  /// Clause 5.8.4: those the actor may see.
  public Listed list(Actor actor, Address address, int offset, int limit, boolean count) {
    reader.sight(actor, address);
    var ofBranch = equal(SubscriptionRecord.BRANCH, address.branch());
    var condition =
        seesAll(actor, address)
            ? ofBranch
            : new Condition.And(List.of(ofBranch, equal(SubscriptionRecord.OWNER, actor.id())));
    var page =
        reader.query(
            actor.through(ROOM),
            home(address),
            Query.type(kind.type).where(condition),
            offset,
            limit,
            count);
    return new Listed(
        page.entities().stream().map(entity -> view(actor, SubscriptionRecord.of(entity))).toList(),
        page.total(),
        page.more());
  }

  /// Clause 5.8.2: what the fragment names is replaced, what it sets to NGSI-LD's null goes.
  ///
  /// @param context the fragment's names are read with it
  public void update(
      Actor actor, Address address, String id, Value.Struct fragment, Context context) {
    for (int attempt = 1; ; attempt++) {
      var record = record(actor, address, id);
      requireSame(record, fragment);
      var changed = Documents.merged(record, contexts.of(record.context()), fragment, context);
      var used = contexts.of(changed.context());
      var document = Documents.revived(record.document(), changed.document(), fragment, clock);
      var definition = parser.parse(kind, document, used, record.origin());
      if (fragment.members().containsKey("expiresAt")) requireFuture(definition);
      check(definition);
      keepContexts(actor, address, changed.with(document, changed.context()));
      try {
        write(
            actor,
            address,
            new Edit.Expect(record.entityId(), record.version()),
            new Edit.Replace(changed.with(document, changed.context()).entity()));
        return;
      } catch (Refusal.Conflict meanwhile) {
        if (attempt == TRIES) throw meanwhile;
      }
    }
  }

  /// Clause 5.8.5: nothing is sent after it.
  public void delete(Actor actor, Address address, String id) {
    var record = record(actor, address, id);
    write(actor, address, new Edit.Delete(record.entityId()));
    courier.close(record.key());
  }

  /// Takes away what watched a branch that was discarded.
  void forget(Layer branch) {
    var records = new ArrayList<SubscriptionRecord>();
    var address = Address.tenant(branch.tenant()).branch(branch.branch());
    reader.each(
        Actor.SYSTEM,
        home(address),
        Query.type(kind.type).where(equal(SubscriptionRecord.BRANCH, branch.branch())),
        entity -> records.add(SubscriptionRecord.of(entity)));
    for (var record : records)
      if (sights.isGone(branch, Objects.requireNonNull(record.createdAt())))
        write(Actor.SYSTEM, address, new Edit.Delete(record.entityId()));
  }

  private void keepContexts(Actor actor, Address address, SubscriptionRecord record) {
    contexts.keep(actor, home(address), record.context());
    var named = record.document().members().get("jsonldContext");
    if (named != null) contexts.keep(actor, home(address), named);
  }

  private void write(Actor actor, Address address, Edit... edits) {
    ledger.write(actor.through(ROOM), Write.atomic(home(address), edits));
  }

  /// Records live in the tenant's main branch, whatever they watch.
  private static Address home(Address address) {
    return Address.tenant(address.tenant());
  }

  /// Who may see nothing may not subscribe; who is unknown only where strangers may write.
  private void requireRight(Actor actor, Address address) {
    if (address.at() != null)
      throw new Refusal.Invalid("the past does not change: subscribe without a moment");
    if (kind == Kind.SOURCES && !address.isMain())
      throw new Refusal.Invalid("context sources belong to the live city: leave out the branch");
    reader.sight(actor, address);
    if (actor.isAnonymous()
        && policy.rights(actor, address).write().views().isEmpty()
        && !policy.rights(actor, address).write().everything())
      throw new Refusal.Unauthenticated("a subscription needs a signed-in person or a key");
  }

  /// Clause 5.2.12: exactly one, and this.
  private static void requireType(Map<String, Value> members) {
    var type = members.get("type") == null ? members.get("@type") : members.get("type");
    if (!(type instanceof Value.Text(var name)
        && (name.equals("Subscription") || name.equals(Names.NGSI_LD + "Subscription"))))
      throw new Refusal.Invalid("the \"type\" of a subscription must be \"Subscription\"");
  }

  /// Clause 5.2.12: id and type cannot be changed.
  private static void requireSame(SubscriptionRecord record, Value.Struct fragment) {
    var members = fragment.members();
    if (members.containsKey("type")) requireType(members);
    if (members.containsKey("id") && !Value.of(record.id()).equals(members.get("id")))
      throw new Refusal.Invalid("the id of " + record.id() + " cannot be changed");
  }

  /// Clauses 5.8.1.4, 5.8.2.4.
  private void requireFuture(Definition definition) {
    if (definition.isExpired(clock.instant()))
      throw new Refusal.Invalid("expiresAt must lie in the future, not " + definition.expiresAt());
  }

  private void check(Definition definition) {
    var destination = definition.manner().destination();
    courier.check(destination.endpoint(), destination.accept().mediaType(), destination.headers());
  }

  private SubscriptionRecord record(Actor actor, Address address, String id) {
    reader.sight(actor, address);
    var entityId = kind.entityId(address.branch(), Names.uri(id, "a subscription id"));
    var record =
        reader
            .find(actor.through(ROOM), home(address), entityId)
            .map(SubscriptionRecord::of)
            .orElseThrow(() -> new Refusal.NotFound("there is no subscription " + id));
    if (!record.owner().equals(actor.id()) && !seesAll(actor, address))
      throw new Refusal.NotFound("there is no subscription " + id);
    return record;
  }

  private boolean seesAll(Actor actor, Address address) {
    return policy.rights(actor, address).write().isUnlimited();
  }

  private SubscriptionView view(Actor actor, SubscriptionRecord record) {
    return new SubscriptionView(
        record,
        contexts.of(record.context()),
        courier.find(record.key()).map(lane -> lane.standing()).orElse(Standing.NEW),
        !record.owner().equals(actor.id()),
        clock.instant());
  }

  private static Condition equal(String name, String text) {
    return new Condition.Test(
        Path.of(name), Condition.Operator.EQUAL, new Operand.Exactly(Value.of(text)));
  }
}
