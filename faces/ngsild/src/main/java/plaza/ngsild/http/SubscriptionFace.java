package plaza.ngsild.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ledger.Ledger;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.distribute.Distributor;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.snapshot.Snapshots;
import plaza.ngsild.subscription.Incoming;
import plaza.ngsild.subscription.SubscriptionDesk;
import plaza.ngsild.subscription.Subscriptions;
import plaza.web.Right;
import plaza.web.Routes;

/// Subscriptions to entities: `/subscriptions`, `/subscriptions/{id}` (clauses 6.10, 6.11); and to
/// registrations of context sources: `/csourceSubscriptions`, `/csourceSubscriptions/{id}` (clauses
/// 6.12, 6.13).
public final class SubscriptionFace {
  private static final Set<String> OPTIONS = Set.of("sysAttrs");
  private static final long LARGEST_DOCUMENT = 1 << 20;

  private final String path;
  private final Desk desk;
  private final SubscriptionDesk subscriptions;
  private @Nullable Distributor distributor;
  private @Nullable Incoming incoming;

  private SubscriptionFace(
      String path,
      Ledger ledger,
      Reader reader,
      Policy policy,
      Contexts contexts,
      SubscriptionDesk subscriptions) {
    this.path = NgsiLdFace.BASE + path;
    this.desk = new Desk(ledger, reader, contexts, policy);
    this.subscriptions = subscriptions;
  }

  public static SubscriptionFace toEntities(
      Ledger ledger, Reader reader, Policy policy, Contexts contexts, Subscriptions subscriptions) {
    return new SubscriptionFace(
        "/subscriptions", ledger, reader, policy, contexts, subscriptions.desk());
  }

  public static SubscriptionFace toSources(
      Ledger ledger, Reader reader, Policy policy, Contexts contexts, Subscriptions subscriptions) {
    return new SubscriptionFace(
        "/csourceSubscriptions", ledger, reader, policy, contexts, subscriptions.sourceDesk());
  }

  /// Lets snapshots be watched (clause 6.3.22).
  public SubscriptionFace of(Snapshots snapshots) {
    desk.snapshots = snapshots;
    return this;
  }

  /// Subscriptions go on to context sources, and their notifications come back. Once, before any
  /// request.
  public void spreading(Distributor newDistributor, Incoming newIncoming) {
    distributor = newDistributor;
    incoming = newIncoming;
  }

  public Routes routes() {
    return new Routes(NgsiLdFace.ERRORS, LARGEST_DOCUMENT)
        .post(path, Right.anyone(), desk.handler(this::create))
        .post(path + "/{id}/notifications", Right.anyone(), desk.handler(this::notified))
        .get(path, Right.anyone(), desk.handler(this::list))
        .get(path + "/{id}", Right.anyone(), desk.handler(this::retrieve))
        .patch(path + "/{id}", Right.anyone(), desk.handler(this::update))
        .delete(path + "/{id}", Right.anyone(), desk.handler(this::delete));
  }

  /// Clauses 5.8.1, 5.11.2.
  private void create(Call call) {
    call.allow(Set.of());
    var members = new LinkedHashMap<>(EntityParser.object(call.document()));
    // As version 1.7 said what the document says now (clause 5.5.13).
    if (call.get("local") != null && call.flag("local"))
      members.putIfAbsent("localOnly", Value.of(true));
    var document = new Value.Struct(members);
    var address = call.writeAddress();
    var id =
        subscriptions.create(
            call.actor(),
            address,
            document,
            call.context(),
            call.exchange().origin(),
            via(call, address));
    call.exchange().setHeader("Location", EntityRoutes.location(path, id)).send(201);
  }

  /// The brokers the request has passed; refuses one that has been here (clause 6.3.18).
  private List<String> via(Call call, Address address) {
    var known = distributor;
    return known == null ? List.of() : Federation.passage(call, address, known).via();
  }

  /// Clause 5.8.6: a source tells of a copy. Who knows the address was given it.
  private void notified(Call call) {
    call.allow(Set.of());
    var known = incoming;
    if (known == null) throw new Refusal.NotFound("this server takes no notifications");
    var notification = new Value.Struct(EntityParser.object(call.document()));
    try {
      known.take(call.exchange().parameter("id"), notification, call.context());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal.Unavailable("the server is stopping; try again later");
    }
    call.exchange().send(200);
  }

  /// Clauses 5.8.4, 5.11.5.
  private void list(Call call) {
    call.allow(Set.of("limit", "offset", "count", "options"));
    boolean system = Options.options(call, OPTIONS).contains("sysAttrs");
    var media = call.accepted();
    var paging = Paging.of(call, desk.reader.limits().entitiesPerPage());
    var listed =
        subscriptions.list(
            call.actor(),
            desk.existing(call.writeAddress()),
            paging.offset(),
            paging.limit(),
            paging.counting());
    paging.headers(call, media, listed.total(), listed.more());
    call.answer(
        media, listed.page().stream().map(one -> one.show(call.context(), system)).toList());
  }

  /// Clauses 5.8.3, 5.11.4.
  private void retrieve(Call call) {
    call.allow(Set.of("options"));
    boolean system = Options.options(call, OPTIONS).contains("sysAttrs");
    var media = call.accepted();
    var found =
        subscriptions.get(call.actor(), desk.existing(call.writeAddress()), call.recordId());
    call.answer(200, media, found.show(call.context(), system));
  }

  /// Clauses 5.8.2, 5.11.3.
  private void update(Call call) {
    call.allow(Set.of());
    var fragment = new Value.Struct(EntityParser.object(call.document()));
    subscriptions.update(
        call.actor(),
        desk.existing(call.writeAddress()),
        call.recordId(),
        fragment,
        call.context());
    call.exchange().send(204);
  }

  /// Clauses 5.8.5, 5.11.6.
  private void delete(Call call) {
    call.allow(Set.of());
    subscriptions.delete(call.actor(), desk.existing(call.writeAddress()), call.recordId());
    call.exchange().send(204);
  }
}
