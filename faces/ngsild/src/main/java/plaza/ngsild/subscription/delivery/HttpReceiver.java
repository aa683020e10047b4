package plaza.ngsild.subscription.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.outbound.OutboundGuard;

/// Posts messages over HTTP/1.1 (clause 6.3.8), over connections that are kept for the next.
///
/// Our own, because an answer that trickles in must end some time, and because general clients
/// spend up to three times as much on it (docs/decisions/0008). No redirects: whom we may call was
/// decided for this host.
public final class HttpReceiver implements Receiver {
  private static final int IDLE_PER_ORIGIN = 64;
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(20);

  /// Headers the transport itself writes.
  private static final Set<String> OWN_HEADERS =
      Set.of(
          "host",
          "content-length",
          "content-type",
          "transfer-encoding",
          "connection",
          "expect",
          "upgrade");

  private final OutboundGuard guard;
  private final Map<Origin, ConcurrentLinkedDeque<HttpConnection>> idle = new ConcurrentHashMap<>();
  private final Set<HttpConnection> busy = ConcurrentHashMap.newKeySet();
  private final Thread watchman;
  private volatile boolean closed;

  record Origin(boolean secure, String host, int port) {
    static Origin of(URI uri) {
      boolean secure = "https".equalsIgnoreCase(uri.getScheme());
      int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
      return new Origin(secure, uri.getHost().toLowerCase(Locale.ROOT), port);
    }
  }

  public HttpReceiver(OutboundGuard guard) {
    this.guard = guard;
    this.watchman = Thread.ofVirtual().name("http-watchman").start(this::watch);
  }

  @Override
  public boolean serves(URI endpoint) {
    var scheme = endpoint.getScheme();
    return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
  }

  /// Clause 6.3.8 with RFC 9110: what may stand in a request.
  @Override
  public void check(Endpoint endpoint, String contentType, List<Header> headers) {
    if (endpoint.uri().getRawUserInfo() != null)
      throw new Refusal.Invalid(
          "endpoint: the uri must not hold a user or password; use receiverInfo");
    guard.check(endpoint.uri());
    for (var header : headers) {
      if (!header.name().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}"))
        throw new Refusal.Invalid(
            "receiverInfo: '" + header.name() + "' cannot be the name of an HTTP header");
      if (OWN_HEADERS.contains(header.name().toLowerCase(Locale.ROOT)))
        throw new Refusal.Invalid(
            "receiverInfo: the header " + header.name() + " is set by Plaza itself");
      if (!header.value().chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 256 && c != 127)))
        throw new Refusal.Invalid(
            "receiverInfo: the value of " + header.name() + " cannot stand in an HTTP header");
    }
  }

  @Override
  public Reply send(Endpoint endpoint, Message message) throws InterruptedException {
    var origin = Origin.of(endpoint.uri());
    var request = request(endpoint.uri(), message);
    long deadline = System.nanoTime() + endpoint.timeout().toNanos();
    try {
      var kept = kept(origin);
      if (kept != null) {
        var status = exchange(kept, origin, request, message.body(), deadline);
        if (status != null) return reply(status);
        // The receiver had closed it meanwhile, before it saw the request.
      }
      var fresh =
          HttpConnection.open(origin, guard.address(origin.host(), origin.port()), deadline);
      var status = exchange(fresh, origin, request, message.body(), deadline);
      return status == null
          ? new Reply.Unreached(origin.host() + " closed the connection without an answer")
          : reply(status);
    } catch (Refusal refusal) {
      return new Reply.Unreached(String.valueOf(refusal.getMessage()));
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) throw new InterruptedException();
      return new Reply.Unreached(
          System.nanoTime() >= deadline
              ? "no answer within " + endpoint.timeout().toMillis() + " ms"
              : e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  private static Reply reply(int status) {
    if (status / 100 == 2) return new Reply.Accepted();
    boolean forGood =
        switch (status) {
          case 400, 405, 406, 410, 411, 413, 414, 415, 422, 431 -> true;
          default -> false;
        };
    return new Reply.Refused("HTTP status " + status, forGood);
  }

  /// @return null when the connection ended before the first byte of an answer
  private @Nullable Integer exchange(
      HttpConnection connection, Origin origin, byte[] request, byte[] body, long deadline)
      throws IOException {
    connection.setDeadline(deadline);
    busy.add(connection);
    boolean reusable = false;
    try {
      int status = connection.post(request, body);
      reusable = connection.isReusable();
      return status;
    } catch (HttpConnection.Stale stale) {
      return null;
    } finally {
      busy.remove(connection);
      if (reusable && !closed) keep(origin, connection);
      else connection.close();
    }
  }

  private @Nullable HttpConnection kept(Origin origin) {
    var connections = idle.get(origin);
    while (connections != null) {
      var connection = connections.pollFirst();
      if (connection == null) return null;
      if (connection.idleNanos() < LONGEST_IDLE.toNanos()) return connection;
      connection.close();
    }
    return null;
  }

  private void keep(Origin origin, HttpConnection connection) {
    connection.rest();
    // In one step, or the watchman could take the emptied list away in between.
    idle.compute(
        origin,
        (_, known) -> {
          var connections = known == null ? new ConcurrentLinkedDeque<HttpConnection>() : known;
          if (connections.size() < IDLE_PER_ORIGIN) connections.addFirst(connection);
          else connection.close();
          return connections;
        });
    if (closed) connection.close();
  }

  private static byte[] request(URI uri, Message message) {
    var head = new StringBuilder(256).append("POST ");
    var path = uri.getRawPath();
    head.append(path == null || path.isEmpty() ? "/" : path);
    if (uri.getRawQuery() != null) head.append('?').append(uri.getRawQuery());
    head.append(" HTTP/1.1\r\nHost: ").append(uri.getHost());
    if (uri.getPort() >= 0) head.append(':').append(uri.getPort());
    head.append("\r\nContent-Type: ").append(message.contentType());
    head.append("\r\nContent-Length: ").append(message.body().length).append("\r\n");
    for (var header : message.headers())
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    return head.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  /// Ends what takes too long, wherever it waits, and what is idle too long.
  private void watch() {
    while (!closed) {
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        return;
      }
      long now = System.nanoTime();
      for (var connection : busy) if (connection.isLate(now)) connection.close();
      idle.forEach((origin, connections) -> {
        HttpConnection last;
        while ((last = connections.peekLast()) != null
            && last.idleNanos() > LONGEST_IDLE.toNanos()
            && connections.removeLastOccurrence(last)) last.close();
        idle.computeIfPresent(origin, (_, known) -> known.isEmpty() ? null : known);
      });
    }
  }

  @Override
  public void close() {
    closed = true;
    watchman.interrupt();
    busy.forEach(HttpConnection::close);
    idle.values().forEach(connections -> connections.forEach(HttpConnection::close));
  }
}
