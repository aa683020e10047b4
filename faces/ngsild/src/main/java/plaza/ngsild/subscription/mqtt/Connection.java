package plaza.ngsild.subscription.mqtt;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// A session that many lanes share. Opens while whoever needs it waits, each as long as it may.
final class Connection {
  /// How many messages may be without an answer, so that a broker that answers nothing fills
  /// nothing.
  private static final int MOST_UNANSWERED = 1_000;

  private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(5);

  private final CompletableFuture<Session> session = new CompletableFuture<>();
  private final Semaphore places = new Semaphore(MOST_UNANSWERED);
  private final AtomicInteger users = new AtomicInteger();
  private volatile long lastUse = System.nanoTime();
  private volatile long lastAnswer = System.nanoTime();

  void opened(Session open) {
    if (!session.complete(open)) open.close();
  }

  void failed(Throwable why) {
    session.completeExceptionally(why);
  }

  void publish(Target target, byte[] payload, long deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    users.incrementAndGet();
    try {
      var open = session.get(nanosUntil(deadline), TimeUnit.NANOSECONDS);
      if (!places.tryAcquire(nanosUntil(deadline), TimeUnit.NANOSECONDS))
        throw new TimeoutException();
      var answer = open.publish(target.topic(), target.qos(), payload);
      var released = answer.whenComplete((_, _) -> places.release());
      released.get(nanosUntil(deadline), TimeUnit.NANOSECONDS);
      lastAnswer = System.nanoTime();
    } finally {
      lastUse = System.nanoTime();
      users.decrementAndGet();
    }
  }

  private static long nanosUntil(long deadline) {
    return Math.max(0, deadline - System.nanoTime());
  }

  /// Whether nobody was answered for long. A single lane's haste proves nothing.
  boolean isSilent() {
    return session.isDone() && System.nanoTime() - lastAnswer > LONGEST_SILENCE;
  }

  boolean isIdle(long longest) {
    return users.get() == 0 && System.nanoTime() - lastUse > longest;
  }

  long lastUse() {
    return lastUse;
  }

  void close() {
    session.completeExceptionally(new IllegalStateException("the connection was closed"));
    if (session.isCompletedExceptionally()) return;
    var _ = session.thenAccept(Session::close);
  }
}
