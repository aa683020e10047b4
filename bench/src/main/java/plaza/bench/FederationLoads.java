package plaza.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import plaza.bench.load.Connection;
import plaza.bench.load.ServerProcess;

/// Asks one server for what another has: 1,000 registrations, 100 queries a second.
///
/// Nine in ten registrations have a type of their own. The others share ten types, ten
/// registrations each, so that a query of such a type goes out tenfold.
final class FederationLoads {
  private static final int REGISTRATIONS = 1_000;
  private static final int SHARED_TYPES = 10;
  private static final int PER_SHARED_TYPE = 10;
  private static final int OWN_TYPES = REGISTRATIONS - SHARED_TYPES * PER_SHARED_TYPE;
  private static final int ENTITIES_PER_TYPE = 20;
  private static final int PER_SECOND = 100;
  private static final int ASKING = 64;

  private final ServerProcess front;
  private final ServerProcess source;
  private final Report report;
  private final Duration measured;

  FederationLoads(ServerProcess front, ServerProcess source, Report report, Duration measured) {
    this.front = front;
    this.source = source;
    this.report = report;
    this.measured = measured;
  }

  void run() throws IOException, InterruptedException {
    fill();
    register();
    // Warm-up, not counted.
    ask(measured.plusSeconds(10));
    var failures = new AtomicInteger();
    var times = ask(measured, failures);
    report.add(
        new Figure(
            "federated queries at 100/s, p99",
            percentile(times, 0.99),
            "ms",
            1_000,
            100,
            false,
            String.format(
                Locale.ROOT,
                "%d registrations, %d answered, %d failed, p50 %.1f ms; one in five asks ten"
                    + " sources",
                REGISTRATIONS,
                times.length,
                failures.get(),
                percentile(times, 0.5))));
  }

  private static String type(int number) {
    return "Kind" + number;
  }

  private void fill() throws IOException {
    try (var connection = new Connection(source.port())) {
      for (int type = 0; type < OWN_TYPES + SHARED_TYPES; type++) {
        var batch = new StringBuilder("[");
        for (int i = 0; i < ENTITIES_PER_TYPE; i++)
          batch
              .append(i == 0 ? "" : ",")
              .append(
                  """
                  {"id":"urn:ngsi-ld:%s:%d","type":"%s","level":{"type":"Property","value":%d,\
                  "observedAt":"2026-05-01T12:00:00Z"},"name":{"type":"Property","value":"n%d"},\
                  "location":{"type":"GeoProperty","value":{"type":"Point","coordinates":[121.5,25.0]}}}\
                  """
                      .formatted(type(type), i, type(type), i, i));
        expect(connection, "/ngsi-ld/v1/entityOperations/upsert", batch.append("]").toString());
      }
    }
  }

  private void register() throws IOException {
    try (var connection = new Connection(front.port())) {
      for (int i = 0; i < REGISTRATIONS; i++) {
        int type = i < OWN_TYPES ? i : OWN_TYPES + i % SHARED_TYPES;
        expect(
            connection,
            "/ngsi-ld/v1/csourceRegistrations",
            """
            {"type":"ContextSourceRegistration","endpoint":"http://127.0.0.1:%d",\
            "information":[{"entities":[{"type":"%s"}]}],"management":{"timeout":%d}}\
            """
                // Timeouts of their own, so that no two can share a request.
                .formatted(source.port(), type(type), 5_000 + i));
      }
    }
  }

  private static void expect(Connection connection, String path, String body) throws IOException {
    int status =
        connection.exchange(
            Connection.request(
                "POST", path, "application/json", body.getBytes(StandardCharsets.UTF_8)));
    if (status / 100 != 2) throw new IOException(path + " was answered " + status);
  }

  private void ask(Duration duration) throws InterruptedException {
    ask(duration, new AtomicInteger());
  }

  /// Times from when each query was due, so that one that waits for a slow one counts its waiting.
  private long[] ask(Duration duration, AtomicInteger failures) throws InterruptedException {
    int count = (int) (duration.toMillis() * PER_SECOND / 1_000);
    var times = new long[count];
    var next = new AtomicLong();
    long begin = System.nanoTime();
    var workers = new Thread[ASKING];
    for (int i = 0; i < ASKING; i++)
      workers[i] = Thread.ofPlatform().start(() -> work(begin, next, times, failures));
    for (var worker : workers) worker.join();
    Arrays.sort(times);
    return times;
  }

  private void work(long begin, AtomicLong next, long[] times, AtomicInteger failures) {
    @Nullable Connection connection = null;
    try {
      for (int n = (int) next.getAndIncrement();
          n < times.length;
          n = (int) next.getAndIncrement()) {
        long due = begin + n * (1_000_000_000L / PER_SECOND);
        long wait = due - System.nanoTime();
        if (wait > 0) LockSupport.parkNanos(wait);
        if (connection == null) connection = new Connection(front.port());
        int status = connection.exchange(request(n));
        times[n] = System.nanoTime() - due;
        if (status != 200) failures.incrementAndGet();
      }
    } catch (IOException e) {
      failures.incrementAndGet();
    } finally {
      if (connection != null)
        try {
          connection.close();
        } catch (IOException e) {
          // It is gone either way.
        }
    }
  }

  private static byte[] request(int number) {
    var random = new SplittableRandom(number);
    int type =
        random.nextInt(5) == 0
            ? OWN_TYPES + random.nextInt(SHARED_TYPES)
            : random.nextInt(OWN_TYPES);
    var filter = random.nextBoolean() ? "&q=level%3E" + random.nextInt(15) : "";
    return Connection.request(
        "GET", "/ngsi-ld/v1/entities?type=" + type(type) + filter + "&limit=20", null, null);
  }

  private static double percentile(long[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, Math.round(share * sorted.length))] / 1e6;
  }
}
