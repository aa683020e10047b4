package plaza.bench.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Receivers of notifications in one process, of which some are in trouble until [#heal].
///
/// The path says which kind one is: `/well`, `/slow` answers after a second, `/hang` does not
/// answer, `/fail` answers 503. What listens at [#deadPort] listens only once it is healed.
public final class TroubledReceiver implements AutoCloseable {
  private static final long SLOW_MILLIS = 1_000;
  private static final byte[] OK = answer("200 OK");
  private static final byte[] FAILED = answer("503 Service Unavailable");

  private final List<ServerSocket> servers = new ArrayList<>();
  private final Consumer<byte[]> bodies;
  private final int port;
  private final int deadPort;
  private final CountDownLatch healed = new CountDownLatch(1);

  /// @param bodies told of each notification that is answered with success, by several threads
  public TroubledReceiver(Consumer<byte[]> bodies) throws IOException {
    this.bodies = bodies;
    this.port = listen(0);
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.deadPort = socket.getLocalPort();
    }
  }

  private static byte[] answer(String status) {
    return ("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  public int port() {
    return port;
  }

  public int deadPort() {
    return deadPort;
  }

  /// From now on everybody answers at once.
  public void heal() throws IOException {
    healed.countDown();
    listen(deadPort);
  }

  private int listen(int wanted) throws IOException {
    var server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 4_096);
    servers.add(server);
    Thread.ofPlatform().daemon().start(() -> accept(server));
    return server.getLocalPort();
  }

  private void accept(ServerSocket server) {
    try {
      while (true) {
        var socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The bench is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream(), 8 * 1024);
      var out = socket.getOutputStream();
      for (var request = line(in); request != null; request = line(in)) {
        int length = 0;
        for (var line = line(in); line != null && !line.isEmpty(); line = line(in)) {
          var lower = line.toLowerCase(Locale.ROOT);
          if (lower.startsWith("content-length:"))
            length = Integer.parseInt(lower.substring(15).strip());
        }
        var body = in.readNBytes(length);
        boolean well = isWell(request);
        if (well) bodies.accept(body);
        out.write(well ? OK : FAILED);
        out.flush();
      }
    } catch (IOException | InterruptedException gone) {
      // The sender closed its connection.
    }
  }

  private boolean isWell(String request) throws InterruptedException {
    if (healed.getCount() == 0) return true;
    if (request.startsWith("POST /slow")) Thread.sleep(SLOW_MILLIS);
    if (request.startsWith("POST /hang")) healed.await();
    return !request.startsWith("POST /fail");
  }

  private static @Nullable String line(InputStream in) throws IOException {
    var text = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) return null;
      if (c != '\r') text.append((char) c);
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    for (var server : servers) server.close();
  }
}
