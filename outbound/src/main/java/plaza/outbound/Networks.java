package plaza.outbound;

import java.net.InetAddress;
import java.util.List;

/// Which addresses are not on the public internet (IANA special-purpose address registries).
final class Networks {
  private static final List<Network> PRIVATE =
      List.of(
          new Network("0.0.0.0", 8),
          new Network("10.0.0.0", 8),
          new Network("100.64.0.0", 10),
          new Network("127.0.0.0", 8),
          new Network("169.254.0.0", 16),
          new Network("172.16.0.0", 12),
          new Network("192.0.0.0", 24),
          new Network("192.168.0.0", 16),
          new Network("198.18.0.0", 15),
          new Network("224.0.0.0", 3),
          new Network("::", 127),
          new Network("fc00::", 7),
          new Network("fe80::", 9),
          new Network("ff00::", 8));

  /// IPv6 networks whose addresses carry an IPv4 address, and at which byte.
  private static final List<Carrier> CARRIERS =
      List.of(
          new Carrier(new Network("64:ff9b::", 96), 12),
          new Carrier(new Network("64:ff9b:1::", 48), 12),
          new Carrier(new Network("2002::", 16), 2),
          new Carrier(new Network("::", 96), 12));

  private record Network(InetAddress start, int bits) {
    Network(String start, int bits) {
      this(InetAddress.ofLiteral(start), bits);
    }

    boolean holds(byte[] address) {
      var first = start.getAddress();
      if (address.length != first.length) return false;
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> (i % 8);
        if ((address[i / 8] & mask) != (first[i / 8] & mask)) return false;
      }
      return true;
    }
  }

  private record Carrier(Network network, int offset) {}

  private Networks() {}

  static boolean isPrivate(InetAddress address) {
    return isPrivate(address.getAddress());
  }

  private static boolean isPrivate(byte[] address) {
    for (var network : PRIVATE) if (network.holds(address)) return true;
    for (var carrier : CARRIERS)
      if (carrier.network.holds(address)) {
        var carried = new byte[4];
        System.arraycopy(address, carrier.offset, carried, 0, 4);
        if (isPrivate(carried)) return true;
      }
    return false;
  }
}
