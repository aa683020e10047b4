package plaza.ngsild.subscription.delivery;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.ledger.Feed;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Note;
import plaza.ledger.store.Position;
import plaza.ledger.store.Store;

/// All lanes. What is due in one is a note its owner keeps in the store; only then is the lane told
/// ([#add]).
///
/// One message is under way for each lane at any time. A receiver that hangs holds its own lanes up
/// and no others; how many messages are under way is bounded, and receivers in trouble have a bound
/// of their own.
public final class Courier implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Courier.class.getName());
  private static final int KEY_LENGTH = 16;
  private static final Duration FLUSH = Duration.ofMillis(20);
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final Outbox outbox;
  private final Feed feed;
  private final List<Receiver> receivers;
  private final Timekeeper time;
  private final CourierLimits limits;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final Semaphore places;
  private final Semaphore troubledPlaces;
  private final AtomicInteger held = new AtomicInteger();
  private final Thread flusher;
  private volatile boolean closing;

  /// @param owner of the notes
  public Courier(
      Store store,
      String owner,
      Feed feed,
      List<Receiver> receivers,
      Timekeeper time,
      CourierLimits limits) {
    this.outbox = new Outbox(store, owner);
    this.feed = feed;
    this.receivers = List.copyOf(receivers);
    this.time = time;
    this.limits = limits;
    this.places = new Semaphore(limits.atOnce(), true);
    this.troubledPlaces = new Semaphore(limits.atOnceTroubled(), true);
    this.flusher = Thread.ofVirtual().name("outbox").unstarted(this::flushUntilClosed);
  }

  /// After which place the feed's entries are still to be told; null when none are. Not farther
  /// back than the limits allow: a receiver that is dead must not fill the disk.
  private @Nullable Position neededAfter() {
    var oldest = outbox.oldest(KEY_LENGTH);
    if (oldest == null) return null;
    long farthest = feed.head().number() - limits.retainedEntries();
    return new Position(Math.max(0, Math.max(oldest.number() - 1, farthest)));
  }

  /// Forgets what waits for lanes that are no more, and begins to deliver.
  ///
  /// @param senders by the key of their lane
  public void start(Map<String, Sender> senders) {
    var waiting = outbox.lanes(KEY_LENGTH);
    for (var key : waiting) if (!senders.containsKey(key)) outbox.clear(key);
    senders.forEach(
        (key, sender) -> lanes.put(key, new Lane(key, sender, this, waiting.contains(key))));
    flusher.start();
    feed.hold(this::neededAfter);
    lanes.values().forEach(Lane::wake);
  }

  /// A lane for a new sender.
  ///
  /// @param key 16 letters or digits, never used before
  public Lane open(String key, Sender sender) {
    if (key.length() != KEY_LENGTH)
      throw new IllegalArgumentException("a lane's key has " + KEY_LENGTH + " letters: " + key);
    return lanes.computeIfAbsent(key, _ -> new Lane(key, sender, this, false));
  }

  /// Ends a lane and forgets what waits in it.
  public void close(String key) {
    var lane = lanes.remove(key);
    if (lane != null) lane.forget();
    Thread.ofVirtual().name("outbox-clear").start(() -> outbox.clear(key));
  }

  public Optional<Lane> find(String key) {
    return Optional.ofNullable(lanes.get(key));
  }

  /// The note that makes something due; keep it, then [#add] the same due.
  public static Note note(String lane, Due due) {
    return Outbox.note(lane, due);
  }

  /// Begins to deliver what is kept now.
  public void add(String key, Due due) {
    var lane = lanes.get(key);
    if (lane != null && !closing) lane.add(due);
  }

  /// Hands over one message that nobody keeps, with one attempt.
  public Reply sendOnce(Endpoint endpoint, Message message) throws InterruptedException {
    places.acquire();
    try {
      return receiver(endpoint.uri()).send(endpoint, message);
    } finally {
      places.release();
    }
  }

  /// How many lanes have something to do.
  public long busy() {
    return lanes.values().stream().filter(Lane::isBusy).count();
  }

  /// As [Receiver#check].
  ///
  /// @throws Refusal.Invalid when no receiver speaks the endpoint's protocol
  public void check(Endpoint endpoint, String contentType, List<Header> headers) {
    for (var receiver : receivers)
      if (receiver.serves(endpoint.uri())) {
        receiver.check(endpoint, contentType, headers);
        return;
      }
    throw new Refusal.Invalid(
        "notifications go to http, https, mqtt and mqtts endpoints; "
            + endpoint.uri().getScheme()
            + " is not offered");
  }

  Receiver receiver(URI endpoint) {
    for (var receiver : receivers) if (receiver.serves(endpoint)) return receiver;
    throw new IllegalStateException("no receiver serves " + endpoint);
  }

  Outbox outbox() {
    return outbox;
  }

  Timekeeper time() {
    return time;
  }

  CourierLimits limits() {
    return limits;
  }

  Semaphore places() {
    return places;
  }

  Semaphore troubledPlaces() {
    return troubledPlaces;
  }

  /// Whether there is room in memory for another due; takes it.
  boolean hold(int dues) {
    if (held.get() + dues > limits.inMemory()) return false;
    held.addAndGet(dues);
    return true;
  }

  void holdAnyway(int dues) {
    held.addAndGet(dues);
  }

  void release(int dues) {
    held.addAndGet(-dues);
  }

  /// The dues with their entries; without, where the feed has forgotten them.
  List<Due> complete(List<Due> dues) {
    if (dues.stream().allMatch(due -> due.entry() != null)) return dues;
    var complete = new ArrayList<Due>(dues.size());
    List<FeedEntry> read = List.of();
    for (var due : dues) {
      if (due.entry() != null) {
        complete.add(due);
        continue;
      }
      var number = due.position().number();
      if (read.isEmpty() || !read.getFirst().position().equals(due.position()))
        read = feed.read(new Position(number - 1), 1);
      boolean found = !read.isEmpty() && read.getFirst().position().equals(due.position());
      complete.add(found ? due.with(read.getFirst()) : due);
    }
    return complete;
  }

  private void flushUntilClosed() {
    while (!closing) {
      try {
        Thread.sleep(FLUSH);
        outbox.flush();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "The outbox cannot forget what is delivered", e);
      }
    }
  }

  /// Lets messages under way come to their end for a moment; the rest is sent after the next start.
  @Override
  public void close() {
    closing = true;
    lanes.values().forEach(Lane::close);
    var end = Instant.now().plus(FAREWELL);
    try {
      while (Instant.now().isBefore(end) && !lanes.values().stream().allMatch(Lane::isAtRest))
        Thread.sleep(10);
      flusher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lanes.values().forEach(Lane::interrupt);
    outbox.flush();
    receivers.forEach(Receiver::close);
  }
}
