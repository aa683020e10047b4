package plaza.ngsild.subscription;

import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.query.Query;
import plaza.graph.query.Selector;
import plaza.graph.query.TypeSelection;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Store;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.distribute.Distributor;
import plaza.ngsild.source.Announcements;
import plaza.ngsild.subscription.delivery.Courier;
import plaza.ngsild.subscription.delivery.CourierLimits;
import plaza.ngsild.subscription.delivery.Receiver;
import plaza.ngsild.subscription.delivery.Timekeeper;

/// Subscriptions, wired. [#start] once the ledger stands and before it is written to; [#close]
/// before the feed and the store are closed.
public final class Subscriptions implements AutoCloseable {
  private static final String CONSUMER = "ngsild.subscriptions";

  private final Store store;
  private final Reader reader;
  private final Feed feed;
  private final Courier courier;
  private final Rounds rounds;
  private final Roster roster;
  private final Watcher watcher;
  private final SubscriptionDesk desk;
  private final SubscriptionDesk sourceDesk;
  private final Ledger ledger;
  private final Contexts contexts;
  private final ContextShelf shelf;
  private final Sights sights;
  private final Timekeeper time;
  private @Nullable Copies copies;
  private Feed.@org.jspecify.annotations.Nullable Following following;

  /// @param announcements of what changes among the registrations of context sources
  /// @param receivers the protocols notifications may go by; closed with this
  /// @param random names lanes and subscriptions without an id; a `SecureRandom` outside of tests
  public Subscriptions(
      Store store,
      Ledger ledger,
      Reader reader,
      Feed feed,
      Policy policy,
      Contexts contexts,
      Announcements announcements,
      List<Receiver> receivers,
      CourierLimits limits,
      Timekeeper time,
      RandomGenerator random) {
    this.store = store;
    this.reader = reader;
    this.feed = feed;
    this.ledger = ledger;
    this.contexts = contexts;
    this.time = time;
    this.sights = new Sights(policy, ledger.branches(), reader);
    this.shelf = new ContextShelf(contexts, ledger.notebook("ngsild.subscription-contexts"));
    var parser = new DefinitionParser(shelf);
    // The notes belong to the consumer: that is what keeps them together with its position.
    this.courier = new Courier(store, "feed." + CONSUMER, feed, receivers, time, limits);
    var sourceNews = new SourceNews(announcements, sights, time);
    this.rounds = new Rounds(reader, courier, sights, sourceNews, time);
    this.roster = new Roster(parser, shelf, sights, time, courier, sourceNews, rounds);
    this.desk =
        new SubscriptionDesk(
            Kind.ENTITIES, ledger, reader, policy, shelf, parser, courier, sights, time, random);
    this.sourceDesk =
        new SubscriptionDesk(
            Kind.SOURCES, ledger, reader, policy, shelf, parser, courier, sights, time, random);
    this.watcher =
        new Watcher(
            roster,
            sights,
            courier,
            time,
            branch -> Thread.ofVirtual().name("branch-end").start(() -> desk.forget(branch)));
  }

  /// Lets subscriptions go on to context sources. Once.
  ///
  /// @param root the URL at which sources reach this server; empty while they cannot
  /// @param random makes secrets
  /// @return who takes the notifications of sources
  public Incoming spread(Distributor distributor, Supplier<String> root, RandomGenerator random) {
    var notebook = ledger.notebook("ngsild.subscription-copies");
    var secret = new Secret(notebook, random);
    var mappings = new Mappings(notebook);
    var remote = new RemoteSubscriptions(distributor, mappings, secret);
    var copier = new Copier(distributor, reader, shelf, sights, remote, mappings, root, time);
    sights.spread(distributor);
    var made = new Copies(distributor, roster, copier, mappings);
    copies = made;
    if (following != null) made.start();
    return new Incoming(made, secret, sights, courier, contexts, time);
  }

  /// Lets notifications name the snapshot they are about (clause 6.3.22).
  ///
  /// @param snapshots the id of the snapshot that a branch is; null for any other branch
  public void naming(Function<Layer, @Nullable String> snapshots) {
    sights.naming(snapshots);
  }

  public SubscriptionDesk desk() {
    return desk;
  }

  /// Of subscriptions to the registrations of context sources.
  public SubscriptionDesk sourceDesk() {
    return sourceDesk;
  }

  /// How many subscriptions have something to deliver.
  public long busy() {
    return courier.busy();
  }

  /// Loads all subscriptions, takes up what was left to deliver, and follows the feed.
  public void start() {
    var head = feed.head();
    for (var layer : store.layers()) if (layer.isMain()) load(layer);
    courier.start(roster.senders());
    roster.start();
    following = feed.follow(CONSUMER, head, watcher);
    if (copies != null) copies.start();
  }

  private void load(Layer layer) {
    var branches = new HashSet<Layer>();
    var types = TypeSelection.anyOf(List.of(Kind.ENTITIES.type, Kind.SOURCES.type));
    reader.each(
        Actor.SYSTEM,
        Address.tenant(layer.tenant()),
        Query.of(new Selector(List.of(), null, types)),
        entity -> {
          roster.load(layer.tenant(), entity);
          var branch = new Layer(layer.tenant(), SubscriptionRecord.of(entity).branch());
          if (!branch.isMain()) branches.add(branch);
          return true;
        });
    // What was left behind when the server ended before a branch was cleared away.
    branches.forEach(desk::forget);
  }

  @Override
  public void close() {
    if (copies != null) copies.close();
    if (following != null) following.close();
    rounds.close();
    courier.close();
  }
}
