package plaza.bench.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/// Takes notifications and answers 200, with as little work as HTTP allows.
public final class Receiver implements AutoCloseable {
  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final ServerSocket server;
  private final Consumer<byte[]> bodies;

  /// @param bodies told of each notification's body, by several threads
  public Receiver(Consumer<byte[]> bodies) throws IOException {
    this.bodies = bodies;
    server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
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
      var in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
      var out = socket.getOutputStream();
      while (true) {
        int length = 0;
        boolean any = false;
        for (var line = line(in); line != null && !line.isEmpty(); line = line(in)) {
          any = true;
          var lower = line.toLowerCase(Locale.ROOT);
          if (lower.startsWith("content-length:"))
            length = Integer.parseInt(lower.substring(15).strip());
        }
        if (!any) return;
        bodies.accept(in.readNBytes(length));
        out.write(OK);
        out.flush();
      }
    } catch (IOException gone) {
      // The sender closed its connection.
    }
  }

  private static @org.jspecify.annotations.Nullable String line(InputStream in) throws IOException {
    var text = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) return null;
      if (c != '\r') text.append((char) c);
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
