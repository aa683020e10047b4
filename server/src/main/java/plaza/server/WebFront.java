package plaza.server;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import plaza.server.settings.Settings;
import plaza.web.LengthOfNothing;
import plaza.web.PackedBodies;
import plaza.web.Site;

/// Puts the site on the network, with limits on everything that strangers can make large or slow.
final class WebFront {
  private static final int LONGEST_FIRST_LINE = 16_384;

  private WebFront() {}

  static WebServer start(Settings.Web settings, Site site) {
    var server =
        WebServer.builder()
            .address(address(settings.bind()))
            .port(settings.port())
            .routing(site.routing())
            .contentEncoding(new PackedBodies())
            .directHandlers(site.malformed())
            .maxTcpConnections(settings.connections())
            .idleConnectionTimeout(settings.idle())
            // Head and body leave in two writes; without this the second waits 40 ms for the
            // client's delayed acknowledgement of the first.
            .connectionOptions(
                options -> options.readTimeout(settings.readTimeout()).tcpNoDelay(true))
            .shutdownGracePeriod(settings.grace())
            .shutdownHook(false) // the command closes the whole city, in its order
            .featuresDiscoverServices(false)
            .addProtocol(
                Http1Config.builder()
                    .maxHeadersSize(settings.headerBytes())
                    .maxPrologueLength(LONGEST_FIRST_LINE)
                    // Browsers and others send brackets and bars in queries as they are (WHATWG
                    // URL); the path stays checked.
                    .validatePrologue(false)
                    .addSendListener(new LengthOfNothing())
                    .build())
            .build();
    server.start();
    // It logs why it failed to listen and returns all the same.
    if (!server.isRunning() || server.port() < 0)
      throw new StartFailure(
          "listening on " + settings.bind() + " port " + settings.port() + " failed, see the log");
    return server;
  }

  /// Finds out early what otherwise shows when everything else is done.
  ///
  /// @throws StartFailure when the port is taken
  static void requireFree(Settings.Web settings) {
    if (settings.port() == 0) return;
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(address(settings.bind()), settings.port()));
    } catch (IOException e) {
      throw new StartFailure(
          settings.bind()
              + " port "
              + settings.port()
              + " cannot be listened on ("
              + e.getMessage()
              + "); stop what listens there, or choose another with --port (0 takes any free one)");
    }
  }

  private static InetAddress address(String bind) {
    try {
      return InetAddress.getByName(bind);
    } catch (UnknownHostException e) {
      throw new StartFailure("there is no address '" + bind + "' on this machine; change bind");
    }
  }

  /// How a browser on this machine names the address.
  static String host(String bind) {
    if (address(bind).isLoopbackAddress() || address(bind).isAnyLocalAddress()) return "localhost";
    return bind.contains(":") ? "[" + bind + "]" : bind;
  }
}
