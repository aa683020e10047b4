package plaza.server.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import plaza.graph.Refusal;

/// Whether only this machine reaches an address.
final class Loopback {
  private Loopback() {}

  static boolean is(String bind) {
    try {
      return InetAddress.getByName(bind).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new Refusal.Invalid("bind must be an address of this machine, not '" + bind + "'");
    }
  }
}
