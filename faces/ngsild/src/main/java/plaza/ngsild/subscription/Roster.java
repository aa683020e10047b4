package plaza.ngsild.subscription;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import plaza.graph.Entity;
import plaza.graph.change.Change;
import plaza.ledger.store.Layer;
import plaza.ngsild.subscription.delivery.Courier;
import plaza.ngsild.subscription.delivery.Sender;
import plaza.ngsild.subscription.delivery.Timekeeper;

/// The subscriptions at work, as their records are at the consumer's place in the feed. For the
/// consumer's thread, and before it runs.
final class Roster {
  private static final System.Logger LOG = System.getLogger(Roster.class.getName());

  private final DefinitionParser parser;
  private final ContextShelf contexts;
  private final Sights sights;
  private final Timekeeper time;
  private final Courier courier;
  private final Rounds rounds;
  private final SourceNews sourceNews;
  private final Watchlist watchlist = new Watchlist();

  /// Those to registrations, by tenant.
  private final Map<String, List<Subscription>> toSources = new HashMap<>();

  private final Map<String, Mailing> byRecord = new ConcurrentHashMap<>();
  private final Map<String, Mailing> byKey = new ConcurrentHashMap<>();

  Roster(
      DefinitionParser parser,
      ContextShelf contexts,
      Sights sights,
      Timekeeper time,
      Courier courier,
      SourceNews sourceNews,
      Rounds rounds) {
    this.parser = parser;
    this.contexts = contexts;
    this.sights = sights;
    this.time = time;
    this.courier = courier;
    this.sourceNews = sourceNews;
    this.rounds = rounds;
  }

  /// All that are at work, by the key of their lane. For any thread.
  Map<String, Mailing> mailings() {
    return Collections.unmodifiableMap(byKey);
  }

  Watchlist watchlist() {
    return watchlist;
  }

  /// The subscriptions to registrations of a tenant.
  List<Subscription> toSources(Layer layer) {
    if (toSources.isEmpty() || !layer.isMain()) return List.of();
    return toSources.getOrDefault(layer.tenant(), List.of());
  }

  /// The subscription whose record an entity is, as far as it is known here.
  @Nullable Subscription find(Layer layer, Entity record) {
    var known = byRecord.get(key(layer.tenant(), record));
    return known == null ? null : known.subscription();
  }

  private void watch(Subscription subscription) {
    if (subscription.definition().sources() == null) watchlist.add(subscription);
    else
      toSources
          .computeIfAbsent(subscription.layer().tenant(), _ -> new ArrayList<>())
          .add(subscription);
  }

  private void unwatch(Subscription subscription) {
    if (subscription.definition().sources() == null) {
      watchlist.remove(subscription);
      return;
    }
    var tenant = subscription.layer().tenant();
    var others = toSources.getOrDefault(tenant, List.of());
    if (others.size() == 1 && others.contains(subscription)) toSources.remove(tenant);
    else others.remove(subscription);
  }

  /// What the lanes of all subscriptions ask.
  Map<String, Sender> senders() {
    var senders = new HashMap<String, Sender>();
    for (var mailing : byRecord.values()) senders.put(mailing.subscription().key(), mailing);
    return senders;
  }

  /// Begins the rounds of periodic subscriptions.
  void start() {
    byRecord.values().forEach(rounds::arrange);
  }

  /// One that was there before the consumer began.
  void load(String tenant, Entity entity) {
    var subscription = understood(tenant, entity);
    if (subscription == null || sights.isGone(subscription.layer(), subscription.createdAt()))
      return;
    var mailing = new Mailing(subscription, sights, sourceNews, time);
    byRecord.put(key(tenant, entity), mailing);
    byKey.put(subscription.key(), mailing);
    watch(subscription);
  }

  /// Follows a change of a subscription's record.
  ///
  /// @return the key of a lane to close when the notes are kept; null when there is none
  @Nullable String follow(Layer layer, Change change) {
    var entity = change.entity();
    var recordKey = key(layer.tenant(), entity);
    var known = byRecord.get(recordKey);
    // Loaded at the start, from a later place in the feed than this.
    if (known != null && known.subscription().version() >= entity.version()) return null;
    if (change.kind() == Change.Kind.DELETED) {
      if (known == null) return SubscriptionRecord.of(entity).key();
      return remove(recordKey, known);
    }
    var subscription = understood(layer.tenant(), entity);
    if (subscription == null) return known == null ? null : remove(recordKey, known);
    String over = null;
    if (known != null && !known.subscription().key().equals(subscription.key())) {
      over = remove(recordKey, known);
      known = null;
    }
    if (known == null) {
      var mailing = new Mailing(subscription, sights, sourceNews, time);
      byRecord.put(recordKey, mailing);
      byKey.put(subscription.key(), mailing);
      courier.open(subscription.key(), mailing);
      watch(subscription);
      rounds.arrange(mailing);
      return over;
    }
    unwatch(known.subscription());
    known.update(subscription);
    watch(subscription);
    rounds.arrange(known);
    courier.find(subscription.key()).ifPresent(lane -> lane.wake());
    return over;
  }

  /// Ends what watches a branch.
  ///
  /// @return the keys of the lanes to close
  List<String> discard(Layer layer) {
    var gone = new ArrayList<String>();
    for (var record : Map.copyOf(byRecord).entrySet())
      if (record.getValue().subscription().layer().equals(layer))
        gone.add(remove(record.getKey(), record.getValue()));
    return gone;
  }

  private String remove(String recordKey, Mailing known) {
    byRecord.remove(recordKey);
    byKey.remove(known.subscription().key());
    unwatch(known.subscription());
    rounds.cancel(known.subscription().key());
    return known.subscription().key();
  }

  /// Null, with a word in the log, when its context cannot be had any more.
  private @Nullable Subscription understood(String tenant, Entity entity) {
    var record = SubscriptionRecord.of(entity);
    try {
      var definition =
          parser.parse(
              record.kind(), record.document(), contexts.of(record.context()), record.origin());
      return new Subscription(
          record.id(),
          record.key(),
          new Layer(tenant, record.branch()),
          record.owner(),
          java.util.Objects.requireNonNull(record.createdAt()),
          record.version(),
          definition);
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "Subscription " + record.id() + " rests: its document cannot be understood any more",
          e);
      return null;
    }
  }

  private static String key(String tenant, Entity entity) {
    return tenant + " " + entity.id();
  }
}
