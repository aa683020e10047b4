package plaza.ngsild.subscription;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.ledger.Actor;
import plaza.ledger.Reader;
import plaza.ngsild.subscription.delivery.Courier;
import plaza.ngsild.subscription.delivery.Message;
import plaza.ngsild.subscription.delivery.Timekeeper;

/// Tells at regular intervals how things stand (clause 5.8.6, `timeInterval`). A round that cannot
/// be delivered is not repeated: the next one says more.
final class Rounds implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Rounds.class.getName());

  /// What one round tells at most; more is a matter for a query.
  private static final int MOST_ENTITIES = 10_000;

  /// So that nobody keeps the server busy with nothing else.
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final Reader reader;
  private final Courier courier;
  private final Sights sights;
  private final SourceNews sourceNews;
  private final Timekeeper time;
  private final Map<String, Thread> threads = new ConcurrentHashMap<>();

  Rounds(Reader reader, Courier courier, Sights sights, SourceNews sourceNews, Timekeeper time) {
    this.reader = reader;
    this.courier = courier;
    this.sights = sights;
    this.sourceNews = sourceNews;
    this.time = time;
  }

  /// Begins, or begins anew, the rounds of a subscription that wants some.
  void arrange(Mailing mailing) {
    var key = mailing.subscription().key();
    cancel(key);
    if (mailing.subscription().definition().interval() == null) return;
    var begun = time.instant();
    threads.put(key, Thread.ofVirtual().name("rounds-" + key).start(() -> run(mailing, begun)));
  }

  void cancel(String key) {
    var thread = threads.remove(key);
    if (thread != null) thread.interrupt();
  }

  private void run(Mailing mailing, Instant begun) {
    var next = begun;
    try {
      while (true) {
        var interval = mailing.subscription().definition().interval();
        if (interval == null) return;
        next = next.plus(interval.compareTo(SHORTEST) < 0 ? SHORTEST : interval);
        // After a long halt of the machine, one round is enough.
        if (next.isBefore(time.instant())) next = time.instant();
        time.sleepUntil(next);
        if (mailing.subscription().isLive(time.instant()) && !mailing.isOver())
          round(mailing.subscription());
      }
    } catch (InterruptedException e) {
      // Cancelled.
    }
  }

  private void round(Subscription subscription) throws InterruptedException {
    try {
      if (subscription.definition().sources() != null) {
        var began = time.instant();
        var message = sourceNews.all(subscription, id(subscription, began, 0), Long.MAX_VALUE);
        if (message != null) send(subscription, message, began);
        return;
      }
      var tellings = tellings(subscription);
      int part = 0;
      for (int from = 0; from < tellings.size(); from += Mailing.ENTITIES) {
        var some = tellings.subList(from, Math.min(from + Mailing.ENTITIES, tellings.size()));
        var began = time.instant();
        var id = id(subscription, began, part++);
        send(subscription, NotificationWriter.write(subscription, id, some, sights, began), began);
      }
    } catch (Refusal refusal) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "Subscription {0} has nothing to tell: {1}",
          subscription.id(),
          refusal.getMessage());
    } catch (RuntimeException e) {
      // Thrown on, it would end all rounds to come.
      LOG.log(System.Logger.Level.WARNING, "A round of " + subscription.id() + " failed", e);
    }
  }

  private static String id(Subscription subscription, Instant began, int part) {
    return "urn:ngsi-ld:Notification:"
        + subscription.key()
        + "-"
        + began.toEpochMilli()
        + "-"
        + part;
  }

  private void send(Subscription subscription, Message message, Instant began)
      throws InterruptedException {
    var reply =
        courier.sendOnce(subscription.definition().manner().destination().endpoint(), message);
    courier.find(subscription.key()).ifPresent(lane -> lane.attempted(reply, began));
  }

  private List<Telling> tellings(Subscription subscription) {
    var layer = subscription.layer();
    var tellings = new ArrayList<Telling>();
    reader.each(
        Actor.of(subscription.owner()),
        Address.tenant(layer.tenant()).branch(layer.branch()),
        subscription.definition().watch().query(),
        entity -> {
          if (entity.types().stream().noneMatch(plaza.graph.Names::isPrivate))
            tellings.add(Telling.of(entity));
          return tellings.size() < MOST_ENTITIES;
        });
    return tellings;
  }

  @Override
  public void close() {
    threads.values().forEach(Thread::interrupt);
    threads.clear();
  }
}
