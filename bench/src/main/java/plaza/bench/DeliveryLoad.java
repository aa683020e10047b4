package plaza.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import plaza.bench.load.Connection;
import plaza.bench.load.ServerProcess;
import plaza.bench.load.TroubledReceiver;

/// Notifications as a city has them: many entities and subscriptions, receivers in trouble, and the
/// server killed in the middle. Counts what is missing, repeated or out of order.
///
/// Subscription `i` watches entity `i`, half of them by its id and half by what `q` asks of it; one
/// in ten has a receiver in trouble. Nine writes in ten are watched.
final class DeliveryLoad {
  private static final String API = "/ngsi-ld/v1";
  private static final String JSON = "application/json";
  private static final int WRITERS = 16;
  private static final int BATCH = 500;

  /// After a restart, what it left behind is being made up for.
  private static final Duration AFTERMATH = Duration.ofSeconds(5);

  private static final Pattern MARK = Pattern.compile("\"mark\":\\{[^}]*?\"value\":(\\d+)");

  /// Starts the server over the same data, again and again.
  @FunctionalInterface
  interface Opener {
    ServerProcess open() throws IOException;
  }

  /// @param rate writes a second
  record Size(int entities, int subscriptions, int rate, int seconds) {
    static final Size WHOLE = new Size(1_000_000, 10_000, 500, 300);
    static final Size QUICK = new Size(20_000, 1_000, 500, 20);

    Size {
      if (entities < subscriptions || subscriptions < 1 || rate < 1 || seconds < 2)
        throw new IllegalArgumentException("the delivery bench needs at least one of everything");
    }
  }

  private final Opener opener;
  private final Report report;
  private final Size size;
  private final DeliveryBook book;
  private volatile ServerProcess server;
  private volatile long killedAt = Long.MAX_VALUE;
  private volatile long readyAt = Long.MAX_VALUE;
  private volatile boolean down;

  DeliveryLoad(Opener opener, Report report, Size size) throws IOException {
    this.opener = opener;
    this.report = report;
    this.size = size;
    this.book = new DeliveryBook(size.rate * size.seconds * 2, size.subscriptions);
    this.server = opener.open();
  }

  void run() throws IOException, InterruptedException {
    try (var receiver = new TroubledReceiver(this::received)) {
      fill();
      subscribe(receiver);
      long begin = System.nanoTime();
      var writers = new Thread[WRITERS];
      for (int i = 0; i < WRITERS; i++) {
        int mine = i;
        writers[i] = Thread.ofPlatform().start(() -> write(mine, begin));
      }
      Thread.sleep(Duration.ofSeconds(size.seconds).dividedBy(2));
      restart();
      for (var writer : writers) writer.join();
      double writing = (System.nanoTime() - begin) / 1e9 - (readyAt - killedAt) / 1e9;
      // What the healthy wait for is there soon; the others begin to listen only now.
      receiver.heal();
      long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
      while (book.missing() > 0 && System.nanoTime() < deadline) Thread.sleep(200);
      tell(writing);
    } finally {
      server.close();
    }
  }

  private void received(byte[] body) {
    var marks = MARK.matcher(new String(body, StandardCharsets.UTF_8));
    while (marks.find()) book.received(Integer.parseInt(marks.group(1)) - 1);
  }

  private void fill() throws IOException {
    try (var connection = new Connection(server.port())) {
      for (int first = 0; first < size.entities; first += BATCH) {
        var batch = new StringBuilder("[");
        for (int i = first; i < Math.min(first + BATCH, size.entities); i++)
          batch
              .append(i == first ? "" : ",")
              .append("{\"id\":\"")
              .append(id(i))
              .append("\",\"type\":\"Dock\",\"mark\":{\"type\":\"Property\",\"value\":0},")
              .append("\"zone\":{\"type\":\"Property\",\"value\":\"z")
              .append(i)
              .append("\"}}");
        expect(connection, post("/entityOperations/create", batch.append("]").toString()));
      }
    }
  }

  private void subscribe(TroubledReceiver receiver) throws InterruptedException {
    var next = new AtomicInteger();
    var failures = new ArrayList<Exception>();
    var threads = new Thread[WRITERS];
    for (int i = 0; i < WRITERS; i++)
      threads[i] =
          Thread.ofPlatform()
              .start(() -> {
                try (var connection = new Connection(server.port())) {
                  for (int s = next.getAndIncrement();
                      s < size.subscriptions;
                      s = next.getAndIncrement())
                    expect(connection, post("/subscriptions", subscription(s, receiver)));
                } catch (IOException e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              });
    for (var thread : threads) thread.join();
    if (!failures.isEmpty()) throw new IllegalStateException(failures.getFirst());
  }

  private static String subscription(int number, TroubledReceiver receiver) {
    var which =
        number % 2 == 0
            ? "\"entities\":[{\"type\":\"Dock\",\"id\":\"" + id(number) + "\"}]"
            : "\"entities\":[{\"type\":\"Dock\"}],\"q\":\"mark>0;zone==\\\"z" + number + "\\\"\"";
    return "{\"type\":\"Subscription\","
        + which
        + ",\"watchedAttributes\":[\"mark\"],\"notification\":{\"endpoint\":{\"uri\":\""
        + url(number, receiver)
        + "\"}}}";
  }

  private static String url(int number, TroubledReceiver receiver) {
    var well = "http://127.0.0.1:" + receiver.port();
    if (!isTroubled(number)) return well + "/well/" + number;
    return switch (number / 10 % 4) {
      case 0 -> well + "/slow/" + number;
      case 1 -> well + "/hang/" + number;
      case 2 -> well + "/fail/" + number;
      default -> "http://127.0.0.1:" + receiver.deadPort() + "/" + number;
    };
  }

  private static boolean isTroubled(int number) {
    // Of those found by id and of those found by q.
    return (number + number / 10) % 10 == 0;
  }

  private void restart() throws IOException {
    down = true;
    killedAt = System.nanoTime();
    server.kill();
    server = opener.open();
    readyAt = System.nanoTime();
    down = false;
  }

  /// One writer's share. It alone writes to its entities, so that their order is known.
  private void write(int writer, long begin) {
    long pause = 1_000_000_000L * WRITERS / size.rate;
    long end = begin + Duration.ofSeconds(size.seconds).toNanos();
    var random = new SplittableRandom(writer);
    Connection connection = null;
    for (long due = begin + pause * writer / WRITERS; ; due += pause) {
      if (due >= end + (down ? 0 : readyAt == Long.MAX_VALUE ? 0 : readyAt - killedAt)) break;
      long wait = due - System.nanoTime();
      if (wait > 0) LockSupport.parkNanos(wait);
      boolean watched = random.nextInt(10) > 0;
      int share = watched ? size.subscriptions : size.entities;
      int entity = random.nextInt(Math.max(1, share / WRITERS)) * WRITERS + writer;
      if (entity >= share) continue;
      int number = book.send(entity < size.subscriptions ? entity : -1);
      if (number < 0) break;
      try {
        if (connection == null) connection = new Connection(server.port());
        expect(
            connection,
            Connection.request(
                "PATCH",
                API + "/entities/" + id(entity) + "/attrs/mark",
                JSON,
                ("{\"value\":" + (number + 1) + "}").getBytes(StandardCharsets.UTF_8)));
        book.acknowledged(number);
      } catch (IOException e) {
        connection = null;
        LockSupport.parkNanos(50_000_000);
        // What was not written while the server was away is not made up for in a rush.
        due = Math.max(due, System.nanoTime());
      }
    }
  }

  private void tell(double writing) throws IOException {
    long restartEnd = readyAt + AFTERMATH.toNanos();
    var healthy =
        book.latencies((subscription, sentAt) ->
            !isTroubled(subscription)
                && (sentAt > restartEnd || sentAt < killedAt - 1_000_000_000L));
    var all = book.latencies((subscription, _) -> !isTroubled(subscription));
    var what =
        size.entities
            + " entities, "
            + size.subscriptions
            + " subscriptions, a tenth in trouble, one kill";
    report.add(
        new Figure(
            "delivery: notifications missing",
            book.missing(),
            "",
            0,
            0,
            false,
            String.format(
                Locale.ROOT,
                "of %d acknowledged writes; %d came again; %s",
                book.acknowledged(),
                book.repeated(),
                what)));
    report.add(
        new Figure("delivery: out of order", book.outOfOrder(), "", 0, 0, false, "first arrivals"));
    report.add(
        new Figure(
            "delivery: writes sustained",
            book.acknowledged() / writing,
            "/s",
            size.rate * 0.99,
            size.rate,
            true,
            String.format(Locale.ROOT, "over %.0f s without the restart", writing)));
    report.add(
        new Figure(
            "delivery: p99 from write to receipt",
            percentile(healthy, 0.99),
            "ms",
            500,
            100,
            false,
            String.format(
                Locale.ROOT,
                "healthy receivers, outside the restart: p50 %.1f ms, worst %.0f ms; with it p99"
                    + " %.0f ms, worst %.0f ms",
                percentile(healthy, 0.5),
                percentile(healthy, 1),
                percentile(all, 0.99),
                percentile(all, 1))));
    report.add(
        new Figure(
            "delivery: restart after kill -9",
            (readyAt - killedAt) / 1e9,
            "s",
            30,
            10,
            false,
            String.format(
                Locale.ROOT,
                "until ready; %.0f MB resident at the end",
                server.residentMegabytes())));
  }

  private static double percentile(long[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, Math.round(share * sorted.length))] / 1e6;
  }

  private static String id(int number) {
    return "urn:ngsi-ld:Dock:" + number;
  }

  private static byte[] post(String path, String body) {
    return Connection.request("POST", API + path, JSON, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void expect(Connection connection, byte[] request) throws IOException {
    var body = new ByteArrayOutputStream();
    int status = connection.exchange(request, body);
    if (status / 100 != 2)
      throw new IOException(
          "the server answered " + status + ": " + body.toString(StandardCharsets.UTF_8));
  }
}
