package plaza.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import plaza.bench.load.Connection;
import plaza.bench.load.Receiver;
import plaza.bench.load.ServerProcess;

/// Writes at a steady rate to watched entities and times each from its write to its receipt.
final class NotificationLoad {
  private static final int WRITERS = 16;
  private static final Pattern MARK = Pattern.compile("\"mark\":\\{[^}]*?\"value\":(\\d+)");

  private final ServerProcess server;
  private final Report report;
  private final Duration measured;

  NotificationLoad(ServerProcess server, Report report, Duration measured) {
    this.server = server;
    this.report = report;
    this.measured = measured;
  }

  void run(int perSecond, double must, double aim) throws IOException, InterruptedException {
    var sentAt = new ConcurrentHashMap<Long, Long>();
    var latencies = new ConcurrentHashMap<Long, Long>();
    try (var receiver = new Receiver(body -> received(body, sentAt, latencies))) {
      subscribe(receiver.port());
      var numbers = new AtomicLong(System.currentTimeMillis() * 1_000_000);
      long first = numbers.get();
      long begin = System.nanoTime();
      var workers = new Thread[WRITERS];
      for (int i = 0; i < WRITERS; i++) {
        int mine = i;
        workers[i] =
            Thread.ofPlatform().start(() -> write(mine, perSecond, begin, numbers, sentAt));
      }
      for (var worker : workers) worker.join();
      long written = numbers.get() - first;
      double writing = (System.nanoTime() - begin) / 1e9;
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (latencies.size() < written && System.nanoTime() < deadline) Thread.sleep(20);
      double whole = (System.nanoTime() - begin) / 1e9;
      var sorted = latencies.values().stream().mapToLong(Long::longValue).sorted().toArray();
      report.add(
          new Figure(
              "notifications sustained at " + perSecond + "/s",
              sorted.length / whole,
              "/s",
              must,
              aim,
              true,
              String.format(
                  Locale.ROOT,
                  "%d of %d received, written at %.0f/s, p50 %.1f ms, p99 %.1f ms",
                  sorted.length,
                  written,
                  written / writing,
                  percentile(sorted, 0.5),
                  percentile(sorted, 0.99))));
    }
  }

  private static double percentile(long[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, Math.round(share * sorted.length))] / 1e6;
  }

  private static void received(
      byte[] body, ConcurrentHashMap<Long, Long> sentAt, ConcurrentHashMap<Long, Long> latencies) {
    long now = System.nanoTime();
    var marks = MARK.matcher(new String(body, StandardCharsets.UTF_8));
    while (marks.find()) {
      long mark = Long.parseLong(marks.group(1));
      var sent = sentAt.get(mark);
      if (sent != null) latencies.putIfAbsent(mark, now - sent);
    }
  }

  private void subscribe(int receiverPort) throws IOException {
    try (var connection = new Connection(server.port())) {
      for (int i = 0; i < WRITERS; i++) {
        expect(
            connection,
            Connection.request(
                "POST",
                "/ngsi-ld/v1/entityOperations/upsert",
                "application/json",
                ("[{\"id\":\""
                        + watched(i)
                        + "\",\"type\":\"Watched\",\"mark\":{\"type\":\"Property\",\"value\":0}}]")
                    .getBytes(StandardCharsets.UTF_8)));
        expect(
            connection,
            Connection.request(
                "POST",
                "/ngsi-ld/v1/subscriptions",
                "application/json",
                ("{\"type\":\"Subscription\",\"entities\":[{\"id\":\""
                        + watched(i)
                        + "\",\"type\":\"Watched\"}],\"watchedAttributes\":[\"mark\"],"
                        + "\"notification\":{\"endpoint\":{\"uri\":\"http://127.0.0.1:"
                        + receiverPort
                        + "/n"
                        + i
                        + "\",\"accept\":\"application/json\"}}}")
                    .getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private void write(
      int writer,
      int perSecond,
      long begin,
      AtomicLong numbers,
      ConcurrentHashMap<Long, Long> sentAt) {
    long pause = 1_000_000_000L * WRITERS / perSecond;
    var path = "/ngsi-ld/v1/entities/" + watched(writer) + "/attrs/mark";
    try (var connection = new Connection(server.port())) {
      long due = begin + pause * writer / WRITERS;
      for (; due < begin + measured.toNanos(); due += pause) {
        long wait = due - System.nanoTime();
        if (wait > 0) LockSupport.parkNanos(wait);
        long mark = numbers.getAndIncrement();
        sentAt.put(mark, System.nanoTime());
        expect(
            connection,
            Connection.request(
                "PATCH",
                path,
                "application/json",
                ("{\"value\":" + mark + "}").getBytes(StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      System.err.println("a writer stopped: " + e.getMessage());
    }
  }

  private static String watched(int writer) {
    return "urn:ngsi-ld:Watched:" + writer;
  }

  private static void expect(Connection connection, byte[] request) throws IOException {
    int status = connection.exchange(request);
    if (status / 100 != 2) throw new IOException("the server answered " + status);
  }

  /// Middle of some numbers.
  static double median(double... values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
