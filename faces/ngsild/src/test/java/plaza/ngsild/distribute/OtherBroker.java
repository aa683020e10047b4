package plaza.ngsild.distribute;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import plaza.graph.Value;
import plaza.json.Json;

/// Another broker: it answers what it is told to answer, with nothing that only Plaza knows, and
/// remembers what it was asked.
final class OtherBroker implements AutoCloseable {
  final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile int status = 200;
  private volatile String body = "";
  private volatile long delayMillis;
  private volatile String type = "application/json";
  private volatile String link = "";
  private volatile Map<String, String> extra = Map.of();
  private volatile Function<Asked, OtherBroker> script = _ -> this;

  record Asked(String method, String path, String query, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
    }

    Value json() {
      return Json.parse(body);
    }
  }

  OtherBroker() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  OtherBroker answers(int newStatus, String newBody) {
    status = newStatus;
    body = newBody;
    return this;
  }

  OtherBroker as(String newType) {
    type = newType;
    return this;
  }

  /// With a Link header.
  OtherBroker linking(String newLink) {
    link = newLink;
    return this;
  }

  /// With headers beside those.
  OtherBroker with(Map<String, String> headers) {
    extra = headers;
    return this;
  }

  /// Sets itself by each request before it answers.
  OtherBroker following(Function<Asked, OtherBroker> newScript) {
    script = newScript;
    return this;
  }

  OtherBroker after(long millis) {
    delayMillis = millis;
    return this;
  }

  Asked last() {
    return asked.getLast();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var headers = new java.util.TreeMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) ->
            headers.put(name.toLowerCase(java.util.Locale.ROOT), String.join(", ", values)));
    var uri = exchange.getRequestURI();
    var question =
        new Asked(
            exchange.getRequestMethod(),
            uri.getPath(),
            uri.getQuery() == null ? "" : uri.getQuery(),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    int code;
    byte[] bytes;
    // Several may ask at once, each to be answered what it has asked.
    synchronized (this) {
      asked.add(question);
      var _ = script.apply(question); // itself, set up for this question
      code = status;
      bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      extra.forEach(exchange.getResponseHeaders()::set);
      if (!link.isEmpty()) exchange.getResponseHeaders().set("Link", link);
    }
    try {
      Thread.sleep(delayMillis);
    } catch (InterruptedException e) {
      return;
    }
    exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
