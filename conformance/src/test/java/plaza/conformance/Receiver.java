package plaza.conformance;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A receiver of notifications, which keeps what it is sent by the path it was sent to; also serves
/// documents such as contexts.
public final class Receiver {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SILENCE = Duration.ofMillis(700);
  private static final Server SERVER = new Server();

  /// Something that was sent.
  ///
  /// @param headers by lower-case name
  public record Sent(Map<String, String> headers, String body) {
    public @Nullable Object json() {
      return Json.parse(body);
    }

    public @Nullable Object at(String path) {
      return Answer.at(json(), path, this);
    }

    public String text(String path) {
      return String.valueOf(at(path));
    }

    public boolean holds(String path) {
      return Answer.holds(json(), path);
    }

    /// The entities of a notification.
    public List<?> data() {
      return (List<?>) java.util.Objects.requireNonNull(at("data"));
    }
  }

  private static final class Server {
    final HttpServer server;
    final Map<String, Receiver> receivers = new java.util.concurrent.ConcurrentHashMap<>();

    Server() {
      try {
        var any = InetAddress.getByAddress(new byte[4]);
        server =
            HttpServer.create(
                new InetSocketAddress(
                    Broker.isForeign() ? any : InetAddress.getLoopbackAddress(), 0),
                100);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server.setExecutor(
          Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "receiver");
            thread.setDaemon(true);
            return thread;
          }));
      server.createContext(
          "/",
          exchange -> {
            var receiver = receivers.get("/" + exchange.getRequestURI().getPath().split("/", 3)[1]);
            if (receiver == null) {
              exchange.sendResponseHeaders(404, -1);
            } else {
              var headers = new java.util.TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
              exchange
                  .getRequestHeaders()
                  .forEach((name, all) -> headers.put(name, all.getFirst()));
              var body =
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
              if (exchange.getRequestMethod().equals("POST"))
                receiver.sent.add(new Sent(headers, body));
              receiver.asked.incrementAndGet();
              var bytes = receiver.answer.getBytes(StandardCharsets.UTF_8);
              exchange.getResponseHeaders().add("Content-Type", "application/ld+json");
              exchange.getResponseHeaders().add("Cache-Control", "max-age=" + receiver.maxAge);
              exchange.sendResponseHeaders(receiver.status, bytes.length == 0 ? -1 : bytes.length);
              if (bytes.length > 0) exchange.getResponseBody().write(bytes);
            }
            exchange.close();
          });
      server.start();
    }
  }

  private final String path = "/" + Checks.unique();
  private final LinkedBlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
  private volatile int status = 200;
  private volatile String answer = "";
  private volatile int maxAge = 600;
  private final AtomicInteger asked = new AtomicInteger();

  public Receiver() {
    SERVER.receivers.put(path, this);
  }

  /// Answers with a document from now on.
  public Receiver serving(String document) {
    answer = document;
    return this;
  }

  /// Says that what it serves holds for so many seconds.
  public Receiver keptFor(int seconds) {
    maxAge = seconds;
    return this;
  }

  public Receiver answering(int newStatus) {
    status = newStatus;
    return this;
  }

  /// How often it was asked or told anything.
  public int asked() {
    return asked.get();
  }

  /// Where the broker reaches it.
  public String url() {
    return "http://"
        + System.getProperty("receiver", "localhost")
        + ":"
        + SERVER.server.getAddress().getPort()
        + path;
  }

  /// The next thing sent.
  public Sent next() {
    try {
      var next = sent.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) throw new AssertionError("nothing was sent to " + url());
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /// So many things, in the order they came.
  public List<Sent> next(int count) {
    var all = new ArrayList<Sent>();
    while (all.size() < count) all.add(next());
    return all;
  }

  /// Waits a little and finds that nothing more was sent.
  public void hearsNothingMore() {
    try {
      var more = sent.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (more != null) throw new AssertionError("not expected: " + more);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
