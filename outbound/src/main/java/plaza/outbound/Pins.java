package plaza.outbound;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Names that are held to their addresses, each as often as it was pinned.
final class Pins {
  private record Held(List<InetAddress> addresses, int times) {}

  private static final Map<String, Held> HELD = new ConcurrentHashMap<>();

  private Pins() {}

  static void hold(String host, List<InetAddress> addresses) {
    HELD.merge(
        host,
        new Held(List.copyOf(addresses), 1),
        (held, _) -> new Held(held.addresses, held.times + 1));
  }

  static void release(String host) {
    HELD.computeIfPresent(
        host, (_, held) -> held.times == 1 ? null : new Held(held.addresses, held.times - 1));
  }

  static @Nullable List<InetAddress> find(String host) {
    var held = HELD.get(host);
    return held == null ? null : held.addresses;
  }
}
