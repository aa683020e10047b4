package plaza.ngsild.subscription;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.json.Json;

/// A receiver that keeps what it gets.
final class TestReceiver implements AutoCloseable {
  final LinkedBlockingQueue<Got> got = new LinkedBlockingQueue<>();
  private final HttpServer server;

  record Got(Map<String, List<String>> headers, Map<String, Value> body) {
    List<Value> data() {
      return ((Value.Items) body.get("data")).items();
    }

    Map<String, Value> only() {
      if (data().size() != 1) throw new AssertionError("not one entity: " + data());
      return ((Value.Struct) data().getFirst()).members();
    }

    @Nullable String header(String name) {
      for (var header : headers.entrySet())
        if (header.getKey().equalsIgnoreCase(name)) return header.getValue().getFirst();
      return null;
    }
  }

  /// @param status of each answer, by how many there were before
  TestReceiver(IntUnaryOperator status) throws IOException {
    this(status, 0);
  }

  TestReceiver(IntUnaryOperator status, int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    var count = new java.util.concurrent.atomic.AtomicInteger();
    server.createContext(
        "/",
        exchange -> {
          var bytes = exchange.getRequestBody().readAllBytes();
          int answer = status.applyAsInt(count.getAndIncrement());
          if (answer / 100 == 2)
            got.add(
                new Got(
                    Map.copyOf(exchange.getRequestHeaders()),
                    ((Value.Struct) Json.parse(bytes)).members()));
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
  }

  static TestReceiver willing() throws IOException {
    return new TestReceiver(_ -> 200);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/notify";
  }

  Got next() throws InterruptedException {
    var next = got.poll(60, TimeUnit.SECONDS);
    if (next == null) throw new AssertionError("nothing came");
    return next;
  }

  List<Got> next(int count) throws InterruptedException {
    var all = new ArrayList<Got>();
    while (all.size() < count) all.add(next());
    return all;
  }

  void nothingMore() throws InterruptedException {
    var more = got.poll(300, TimeUnit.MILLISECONDS);
    if (more != null) throw new AssertionError("something came: " + more.body());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
