package plaza.ngsild.subscription.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Delivers for one sender, in order, one message at a time, on a virtual thread that lives while
/// there is something to do.
///
/// The next dues are in the window; the rest waits in the outbox. A lane whose receiver fails keeps
/// nothing in memory.
public final class Lane {
  private static final System.Logger LOG = System.getLogger(Lane.class.getName());

  private final String key;
  private final Sender sender;
  private final Courier courier;
  private final CourierLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Due> window = new ArrayDeque<>();
  // Whether the outbox holds more than the window does.
  private boolean more;
  private @Nullable Due lastQueued;
  private @Nullable Due lastDone;
  private @Nullable Thread thread;
  private boolean sleeping;
  private long calls;
  private boolean forgotten;
  private volatile boolean closed;
  private volatile Standing standing;
  // Of the lane's thread alone.
  private int failures;
  private int refusals;
  private long callsSeen;

  Lane(String key, Sender sender, Courier courier, boolean waiting) {
    this.key = key;
    this.sender = sender;
    this.courier = courier;
    this.limits = courier.limits();
    this.more = waiting;
    this.standing = courier.outbox().standing(key);
  }

  public String key() {
    return key;
  }

  public Standing standing() {
    return standing;
  }

  /// Whether something waits or is under way.
  public boolean isBusy() {
    lock.lock();
    try {
      return thread != null || more || !window.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// Takes what the outbox holds already.
  void add(Due due) {
    lock.lock();
    try {
      // Read from the outbox already.
      if (closed || (lastQueued != null && !due.isAfter(lastQueued))) return;
      if (!more && window.size() < limits.inMemoryPerLane() && courier.hold(1)) {
        window.add(due);
        lastQueued = due;
      } else more = true;
      startIfIdle();
    } finally {
      lock.unlock();
    }
  }

  /// Something about the sender has changed; looks anew at once.
  public void wake() {
    lock.lock();
    try {
      calls++;
      if (sleeping && thread != null) thread.interrupt();
      startIfIdle();
    } finally {
      lock.unlock();
    }
  }

  private void startIfIdle() {
    if (thread != null || closed || (window.isEmpty() && !more)) return;
    thread = Thread.ofVirtual().name("lane-" + key).start(this::run);
  }

  private void run() {
    while (!closed) {
      try {
        if (!turn()) return;
      } catch (InterruptedException e) {
        // Woken, or closed.
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "Lane " + key + " failed; it tries again", e);
        failures++;
        rest();
      }
    }
    lock.lock();
    try {
      thread = null;
    } finally {
      lock.unlock();
    }
  }

  private void rest() {
    try {
      sleepUntil(courier.time().instant().plus(pause()));
    } catch (InterruptedException e) {
      // Woken, or closed.
    }
  }

  /// @return false when there is nothing more to do for now; the thread must end
  private boolean turn() throws InterruptedException {
    List<Due> dues;
    lock.lock();
    try {
      if (calls != callsSeen) failures = 0;
      callsSeen = calls;
      if (window.isEmpty() && more) load();
      if (window.isEmpty() || closed) {
        thread = null;
        return false;
      }
      dues = next();
    } finally {
      lock.unlock();
    }
    if (sender.isOver()) {
      finish(dues, standing);
      return true;
    }
    var earliest = sender.earliest(standing);
    if (earliest == null) return !rests();
    var cooled = cooled();
    if (cooled.isAfter(earliest)) earliest = cooled;
    if (courier.time().instant().isBefore(earliest)) sleepUntil(earliest);
    else deliver(dues);
    return true;
  }

  /// The outbox is read with the lock held, so that nothing added meanwhile is missed.
  private void load() {
    int limit = failures > 0 ? limits.lag() : limits.inMemoryPerLane() / 2;
    var loaded = courier.outbox().list(key, lastQueued, limit);
    courier.holdAnyway(loaded.size());
    window.addAll(loaded);
    if (!loaded.isEmpty()) lastQueued = loaded.getLast();
    more = loaded.size() == limit;
  }

  private List<Due> next() {
    int wanted =
        sender.gathers() || (window.size() > limits.lag() && failures == 0)
            ? limits.perMessage()
            : 1;
    var dues = new ArrayList<Due>(Math.min(wanted, window.size()));
    for (var due : window) {
      if (dues.size() == wanted) break;
      dues.add(due);
    }
    return dues;
  }

  private boolean rests() {
    lock.lock();
    try {
      if (calls != callsSeen && !closed) return false;
      thread = null;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void deliver(List<Due> waiting) throws InterruptedException {
    var dues = courier.complete(waiting);
    // What the feed has forgotten, or what is too old, cannot be told any more.
    var oldest = courier.time().instant().minus(limits.retention());
    var first = dues.getFirst();
    if (first.entry() == null || first.entry().at().isBefore(oldest)) {
      giveUp(waiting.subList(0, 1), "it waited longer than " + limits.retention());
      return;
    }
    var usable = dues.stream().takeWhile(due -> due.entry() != null).toList();
    var parcel = sender.pack(usable);
    var told = waiting.subList(0, parcel.used());
    var message = parcel.message();
    if (message == null) {
      finish(told, standing);
      return;
    }
    var began = courier.time().instant();
    var reply = send(message);
    var ended = courier.time().instant();
    switch (reply) {
      case Reply.Accepted _ -> {
        failures = 0;
        refusals = 0;
        finish(told, standing.success(began, ended));
      }
      case Reply.Refused(var why, boolean forGood) -> {
        standing = standing.failure(began, ended);
        refusals = forGood ? refusals + 1 : 0;
        if (refusals >= limits.refusalsForGood()) {
          refusals = 0;
          giveUp(told, why);
        } else fail(why);
      }
      case Reply.Unreached(var why) -> {
        standing = standing.failure(began, ended);
        fail(why);
      }
    }
  }

  private Reply send(Message message) throws InterruptedException {
    // Troubled receivers share few places, so that many that hang leave room for those that work.
    Semaphore places = failures == 0 ? courier.places() : courier.troubledPlaces();
    places.acquire();
    try {
      return courier.receiver(sender.endpoint().uri()).send(sender.endpoint(), message);
    } finally {
      places.release();
    }
  }

  /// Counts an attempt that was made outside of the lane's order.
  public void attempted(Reply reply, Instant began) {
    var ended = courier.time().instant();
    lock.lock();
    try {
      standing =
          reply instanceof Reply.Accepted
              ? standing.success(began, ended)
              : standing.failure(began, ended);
      if (!forgotten) courier.outbox().done(key, List.of(), standing);
    } finally {
      lock.unlock();
    }
  }

  private void finish(List<Due> dues, Standing now) {
    lock.lock();
    try {
      standing = now;
      lastDone = dues.getLast();
      int removed = 0;
      while (removed < dues.size() && !window.isEmpty()) {
        window.removeFirst();
        removed++;
      }
      courier.release(removed);
      if (!forgotten) courier.outbox().done(key, dues, now);
    } finally {
      lock.unlock();
    }
  }

  private void giveUp(List<Due> dues, String why) {
    LOG.log(
        System.Logger.Level.WARNING,
        "Lane {0} gives up {1} notifications to {2}: {3}",
        key,
        dues.size(),
        sender.endpoint().receiver(),
        why);
    finish(dues, standing);
  }

  private void fail(String why) throws InterruptedException {
    if (failures++ == 0)
      LOG.log(
          System.Logger.Level.DEBUG,
          "Lane {0} cannot deliver to {1} and will try again: {2}",
          key,
          sender.endpoint().receiver(),
          why);
    lock.lock();
    try {
      courier.release(window.size());
      window.clear();
      more = true;
      lastQueued = lastDone;
      if (!forgotten) courier.outbox().done(key, List.of(), standing);
    } finally {
      lock.unlock();
    }
    sleepUntil(courier.time().instant().plus(pause()));
  }

  /// When the cooldown after a failure ends (clause 5.2.15). It holds over a wake and a restart.
  private Instant cooled() {
    var cooldown = sender.endpoint().cooldown();
    var failure = standing.lastFailure();
    return standing.succeeded() || cooldown == null || failure == null
        ? Instant.MIN
        : failure.plus(cooldown);
  }

  private Duration pause() {
    var pause = limits.firstPause().multipliedBy(1L << Math.min(Math.max(failures - 1, 0), 16));
    return pause.compareTo(limits.longestPause()) > 0 ? limits.longestPause() : pause;
  }

  private void sleepUntil(Instant moment) throws InterruptedException {
    lock.lock();
    try {
      // Who called since the turn began found it awake, and does not call again.
      if (closed || calls != callsSeen) return;
      sleeping = true;
    } finally {
      lock.unlock();
    }
    try {
      courier.time().sleepUntil(moment);
    } finally {
      lock.lock();
      try {
        sleeping = false;
        // Whoever interrupts holds the lock, so none comes after this.
        Thread.interrupted();
      } finally {
        lock.unlock();
      }
    }
  }

  /// Ends what is under way; the lane will not be needed again.
  void forget() {
    lock.lock();
    try {
      closed = true;
      forgotten = true;
      courier.release(window.size());
      window.clear();
      if (thread != null) thread.interrupt();
    } finally {
      lock.unlock();
    }
  }

  /// Lets a message under way come to its end, and begins none; the rest is for the next start.
  void close() {
    lock.lock();
    try {
      closed = true;
      if (sleeping && thread != null) thread.interrupt();
    } finally {
      lock.unlock();
    }
  }

  boolean isAtRest() {
    lock.lock();
    try {
      return thread == null;
    } finally {
      lock.unlock();
    }
  }

  void interrupt() {
    lock.lock();
    try {
      if (thread != null) thread.interrupt();
    } finally {
      lock.unlock();
    }
  }
}
