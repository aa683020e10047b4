package plaza.links.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A network cable between a link and its broker, for pulling.
final class Cable implements AutoCloseable {
  private final ServerSocket server;
  private final int to;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  Cable(int to) throws IOException {
    this.to = to;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::connectAll);
  }

  int port() {
    return server.getLocalPort();
  }

  private void connectAll() {
    while (!server.isClosed())
      try {
        var near = server.accept();
        sockets.add(near);
        var far = new Socket(InetAddress.getLoopbackAddress(), to);
        sockets.add(far);
        Thread.ofVirtual().start(() -> carry(near, far));
        Thread.ofVirtual().start(() -> carry(far, near));
      } catch (IOException _) {
        pull();
      }
  }

  private void carry(Socket from, Socket into) {
    try (from;
        into) {
      from.getInputStream().transferTo(into.getOutputStream());
    } catch (IOException _) {
      // Pulled.
    }
  }

  /// Ends all connections; new ones may be made at once.
  void pull() {
    for (var socket : sockets)
      try {
        socket.close();
      } catch (IOException _) {
        // It is closed, then.
      }
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    server.close();
    pull();
  }
}
