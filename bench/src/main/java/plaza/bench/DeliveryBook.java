package plaza.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/// What was written, what the server acknowledged, and what came of it, in the order it came.
///
/// Each write has a number of its own and belongs to one subscription.
final class DeliveryBook {
  private static final long NEVER = 0;

  private final int most;
  private final AtomicInteger written = new AtomicInteger();
  private final int[] subscriptions;
  private final AtomicLongArray sentAt;
  private final AtomicLongArray acknowledgedAt;
  private final AtomicLongArray receivedAt;
  private final List<List<Integer>> told = new ArrayList<>();

  /// @param most writes
  DeliveryBook(int most, int receivers) {
    this.most = most;
    this.subscriptions = new int[most];
    this.sentAt = new AtomicLongArray(most);
    this.acknowledgedAt = new AtomicLongArray(most);
    this.receivedAt = new AtomicLongArray(most);
    for (int i = 0; i < receivers; i++) told.add(new ArrayList<>());
  }

  /// The number of a write that is about to be sent; negative when there were enough.
  ///
  /// @param subscription -1 when nobody watches
  int send(int subscription) {
    int number = written.getAndIncrement();
    if (number >= most) return -1;
    subscriptions[number] = subscription;
    sentAt.set(number, System.nanoTime());
    return number;
  }

  void acknowledged(int number) {
    acknowledgedAt.set(number, System.nanoTime());
  }

  void received(int number) {
    if (number < 0 || number >= most) return;
    receivedAt.compareAndSet(number, NEVER, System.nanoTime());
    int subscription = subscriptions[number];
    if (subscription < 0) return;
    var list = told.get(subscription);
    synchronized (list) {
      list.add(number);
    }
  }

  int writes() {
    return Math.min(written.get(), most);
  }

  int acknowledged() {
    return count(number -> acknowledgedAt.get(number) != NEVER);
  }

  /// Acknowledged writes that somebody watches and nobody was told of.
  int missing() {
    return count(number ->
        subscriptions[number] >= 0
            && acknowledgedAt.get(number) != NEVER
            && receivedAt.get(number) == NEVER);
  }

  /// Notifications that came again.
  int repeated() {
    int repeated = 0;
    for (var list : told)
      synchronized (list) {
        repeated += list.size() - new HashSet<>(list).size();
      }
    return repeated;
  }

  /// Notifications that came for the first time after a later one of their subscription.
  int outOfOrder() {
    int late = 0;
    for (var list : told)
      synchronized (list) {
        var seen = new HashSet<Integer>();
        int highest = -1;
        for (int number : list) {
          if (seen.add(number) && number < highest) late++;
          highest = Math.max(highest, number);
        }
      }
    return late;
  }

  /// From writing to receipt, sorted, of some that came.
  long[] latencies(Chosen chosen) {
    var latencies = new long[writes()];
    int count = 0;
    for (int number = 0; number < writes(); number++)
      if (subscriptions[number] >= 0
          && receivedAt.get(number) != NEVER
          && chosen.accepts(subscriptions[number], sentAt.get(number)))
        latencies[count++] = receivedAt.get(number) - sentAt.get(number);
    var sorted = Arrays.copyOf(latencies, count);
    Arrays.sort(sorted);
    return sorted;
  }

  @FunctionalInterface
  interface Chosen {
    boolean accepts(int subscription, long sentAt);
  }

  private interface OfNumber {
    boolean holds(int number);
  }

  private int count(OfNumber condition) {
    int count = 0;
    for (int number = 0; number < writes(); number++) if (condition.holds(number)) count++;
    return count;
  }
}
