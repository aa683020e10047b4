package plaza.ngsild.subscription;

import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import plaza.graph.Address;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Store;
import plaza.ngsild.context.Contexts;
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
  private Feed.@org.jspecify.annotations.Nullable Following following;

  /// @param receivers the protocols notifications may go by; closed with this
  /// @param random names lanes and subscriptions without an id; a `SecureRandom` outside of tests
  public Subscriptions(
      Store store,
      Ledger ledger,
      Reader reader,
      Feed feed,
      Policy policy,
      Contexts contexts,
      List<Receiver> receivers,
      CourierLimits limits,
      Timekeeper time,
      RandomGenerator random) {
    this.store = store;
    this.reader = reader;
    this.feed = feed;
    var sights = new Sights(policy, ledger.branches(), reader);
    var shelf = new ContextShelf(contexts, ledger.notebook("ngsild.subscription-contexts"));
    var parser = new DefinitionParser(shelf);
    // The notes belong to the consumer: that is what keeps them together with its position.
    this.courier = new Courier(store, "feed." + CONSUMER, feed, receivers, time, limits);
    this.rounds = new Rounds(reader, courier, sights, time);
    this.roster = new Roster(parser, shelf, sights, time, courier, rounds);
    this.desk =
        new SubscriptionDesk(ledger, reader, policy, shelf, parser, courier, sights, time, random);
    this.watcher =
        new Watcher(
            roster,
            sights,
            courier,
            time,
            branch -> Thread.ofVirtual().name("branch-end").start(() -> desk.forget(branch)));
  }

  public SubscriptionDesk desk() {
    return desk;
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
  }

  private void load(Layer layer) {
    var branches = new HashSet<Layer>();
    reader.each(
        Actor.SYSTEM,
        Address.tenant(layer.tenant()),
        Query.type(SubscriptionRecord.TYPE),
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
    if (following != null) following.close();
    rounds.close();
    courier.close();
  }
}
