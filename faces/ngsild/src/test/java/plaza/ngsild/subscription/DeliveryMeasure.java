package plaza.ngsild.subscription;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.graph.change.AttributePatch;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Limits;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.subscription.delivery.CourierLimits;
import plaza.ngsild.subscription.delivery.HttpReceiver;
import plaza.ngsild.subscription.delivery.Timekeeper;
import plaza.outbound.OutboundGuard;
import plaza.store.rocksdb.RocksOptions;
import plaza.store.rocksdb.RocksStore;

/// Measures notifications without a web server before them: how many, how late, at what cost.
///
/// Arguments: subscriptions, writes per second, seconds, share of dead receivers (percent). Each
/// subscription watches one attribute of one entity of its own; one in ten watches a type.
public final class DeliveryMeasure {
  private static final Pattern MARK = Pattern.compile("mark\":\\{[^}]*?\"value\":(\\d+)");
  private static final Actor WRITER = Actor.of("urn:plaza:person:bench");
  private static final String MARKED = "https://uri.etsi.org/ngsi-ld/default-context/mark";
  private static final String TYPE = "https://uri.etsi.org/ngsi-ld/default-context/Watched";

  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

  public static void main(String[] arguments) throws Exception {
    new DeliveryMeasure()
        .run(
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]));
  }

  private void run(int subscriptions, int perSecond, int seconds, int dead) throws Exception {
    var folder = Files.createTempDirectory("plaza-measure");
    var clock = InstantSource.system();
    try (var receiver = receiver();
        var hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var store = RocksStore.open(folder.resolve("store"), RocksOptions.DEFAULT);
        var feed = new Feed(store);
        var ledger = new Ledger(store, Policy.OPEN, feed, Limits.DEFAULT, clock);
        var works =
            new Subscriptions(
                store,
                ledger,
                new Reader(store, ledger, Policy.OPEN, Limits.DEFAULT),
                feed,
                Policy.OPEN,
                Contexts.builtIn(),
                SubscribedCity.noSources(store, ledger),
                List.of(new HttpReceiver(OutboundGuard.ALLOW_PRIVATE)),
                CourierLimits.DEFAULT,
                Timekeeper.SYSTEM,
                new Random())) {
      works.start();
      subscribe(works, ledger, subscriptions, dead, receiver.getLocalPort(), hanging);
      long warm = writeAll(ledger, subscriptions, perSecond, 5, dead);
      while (nanos.size() < warm) Thread.sleep(10);
      nanos.clear();
      System.gc();
      long cpu = cpu();
      long begin = System.nanoTime();
      long due = writeAll(ledger, subscriptions, perSecond, seconds, dead);
      double writing = (System.nanoTime() - begin) / 1e9;
      long end = System.nanoTime() + 20_000_000_000L;
      while (nanos.size() < due && System.nanoTime() < end) Thread.sleep(10);
      var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
      System.gc();
      System.out.printf(
          Locale.ROOT,
          "%d subscriptions, %d %% dead: %d of %d received, %.0f/s, p50 %.1f ms, p99 %.1f ms,"
              + " %.0f µs CPU each (writing and receiving too), heap %d MB, busy lanes %d%n",
          subscriptions,
          dead,
          sorted.length,
          due,
          due / writing,
          sorted[sorted.length / 2] / 1e6,
          sorted[(int) (sorted.length * 0.99)] / 1e6,
          (cpu() - cpu) / 1e3 / due,
          (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20,
          works.busy());
    } finally {
      delete(folder);
    }
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void subscribe(
      Subscriptions works,
      Ledger ledger,
      int subscriptions,
      int dead,
      int port,
      ServerSocket hanging) {
    var context = Contexts.builtIn().core();
    long begin = System.nanoTime();
    var edits = new ArrayList<Edit>();
    for (int i = 0; i < subscriptions; i++) {
      edits.add(new Edit.Put(Entity.of(id(i), type(i), List.of(mark(0)))));
      var url =
          isDead(i, dead)
              ? (i % 2 == 0
                  ? "http://127.0.0.1:" + hanging.getLocalPort() + "/"
                  : "http://127.0.0.1:1/")
              : "http://127.0.0.1:" + port + "/n" + i;
      works
          .desk()
          .create(
              WRITER,
              Address.DEFAULT,
              (Value.Struct)
                  Json.parse(
                      "{\"type\":\"Subscription\",\"entities\":[{\"type\":\""
                          + type(i)
                          + (i % 10 == 0 ? "\"" : "\",\"id\":\"" + id(i) + "\"")
                          + "}],\"watchedAttributes\":[\"mark\"],\"q\":\"mark>0\","
                          + "\"notification\":{\"endpoint\":{\"uri\":\""
                          + url
                          + "\"}}}"),
              context,
              "http://127.0.0.1");
      if (edits.size() == 1_000 || i == subscriptions - 1) {
        ledger.write(WRITER, Write.atomic(Address.DEFAULT, edits));
        edits.clear();
      }
    }
    System.out.printf(Locale.ROOT, "subscribed in %.1f s%n", (System.nanoTime() - begin) / 1e9);
  }

  private static boolean isDead(int i, int dead) {
    return i * 7919 % 100 < dead;
  }

  private static String id(int i) {
    return "urn:ngsi-ld:Watched:" + i;
  }

  private static String type(int i) {
    return TYPE + (i % 10 == 0 ? i : "");
  }

  private static Attribute mark(long value) {
    return Attribute.of(MARKED, Value.of(value));
  }

  private static long writeAll(
      Ledger ledger, int subscriptions, int perSecond, int seconds, int dead)
      throws InterruptedException {
    var pending = new Semaphore(64);
    long due = 0;
    long begin = System.nanoTime();
    var random = new Random(7);
    for (long n = 0; n < (long) perSecond * seconds; n++) {
      long wait = begin + n * 1_000_000_000L / perSecond - System.nanoTime();
      if (wait > 50_000) LockSupport.parkNanos(wait);
      pending.acquire();
      int i = random.nextInt(subscriptions);
      if (!isDead(i, dead)) due++;
      var patch = new Edit.Patch(id(i), AttributePatch.of(mark(System.nanoTime())));
      var _ =
          ledger
              .submit(WRITER, Write.atomic(Address.DEFAULT, patch))
              .whenComplete((_, _) -> pending.release());
    }
    return due;
  }

  private ServerSocket receiver() throws IOException {
    var server = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            while (true) {
              var socket = server.accept();
              Thread.ofVirtual().start(() -> serve(socket));
            }
          } catch (IOException closed) {
            // The end.
          }
        });
    return server;
  }

  private void serve(Socket socket) {
    var ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream(), 16_384);
      while (true) {
        int length = 0;
        for (var line = line(in); !line.isEmpty(); line = line(in))
          if (line.startsWith("Content-Length: ")) length = Integer.parseInt(line.substring(16));
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        long now = System.nanoTime();
        var marks = MARK.matcher(body);
        while (marks.find()) nanos.add(now - Long.parseLong(marks.group(1)));
        socket.getOutputStream().write(ok);
      }
    } catch (IOException gone) {
      // The sender closed it.
    }
  }

  private static String line(InputStream in) throws IOException {
    var text = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) throw new IOException("over");
      if (c != '\r') text.append((char) c);
    }
    return text.toString();
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      var all = files.toArray(Path[]::new);
      Arrays.sort(all, java.util.Comparator.reverseOrder());
      for (var file : all) Files.deleteIfExists(file);
    }
  }
}
