package plaza.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps a number of connections busy with one kind of request for a while.
public final class Load {
  private final int port;
  private final int connections;

  /// Makes the request with a number; numbers are given out once each, in order.
  @FunctionalInterface
  public interface Requests {
    byte[] request(long number);
  }

  /// @param perSecond answered requests
  /// @param p50Millis and so on: from sending to the last byte of the answer
  /// @param failures answers of a status that was not wanted
  public record Result(
      double perSecond, double p50Millis, double p99Millis, long requests, long failures) {}

  public Load(int port, int connections) {
    this.port = port;
    this.connections = connections;
  }

  public Result run(Duration warmUp, Duration measured, AtomicLong numbers, Requests requests)
      throws InterruptedException {
    var from = System.nanoTime() + warmUp.toNanos();
    var until = from + measured.toNanos();
    var times = new long[connections][];
    var failures = new AtomicLong();
    var workers = new ArrayList<Thread>();
    for (int i = 0; i < connections; i++) {
      int mine = i;
      workers.add(
          Thread.ofPlatform()
              .start(() -> times[mine] = work(from, until, numbers, requests, failures)));
    }
    for (var worker : workers) worker.join();
    var all = Arrays.stream(times).flatMapToLong(Arrays::stream).sorted().toArray();
    return new Result(
        all.length / (measured.toNanos() / 1e9),
        percentile(all, 0.5),
        percentile(all, 0.99),
        all.length,
        failures.get());
  }

  private long[] work(
      long from, long until, AtomicLong numbers, Requests requests, AtomicLong failures) {
    var times = new long[1 << 12];
    int count = 0;
    try (var connection = new Connection(port)) {
      for (long start = System.nanoTime(); start < until; ) {
        int status = connection.exchange(requests.request(numbers.getAndIncrement()));
        long end = System.nanoTime();
        if (start >= from && end <= until) {
          if (count == times.length) times = Arrays.copyOf(times, count * 2);
          times[count++] = end - start;
          if (status / 100 != 2) failures.incrementAndGet();
        }
        start = end;
      }
    } catch (IOException e) {
      failures.incrementAndGet();
    }
    return Arrays.copyOf(times, count);
  }

  private static double percentile(long[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, Math.round(share * sorted.length))] / 1e6;
  }
}
