package plaza.outbound;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import plaza.graph.Refusal;

/// Decides whether an address may be called, and holds a name to the addresses it was decided for.
///
/// A name may answer with a public address when it is checked and with a private one when it is
/// called (DNS rebinding). So callers either connect to the [#address] they are given, or make the
/// call while a [#pin] is open, during which every lookup of the name in this process finds the
/// checked addresses.
public final class OutboundGuard {
  /// Refuses every private address.
  public static final OutboundGuard STRICT = new OutboundGuard(false, Set.of());

  /// Refuses nothing. For an operator who says so, and for tests.
  public static final OutboundGuard ALLOW_PRIVATE = new OutboundGuard(true, Set.of());

  private final boolean allowPrivate;
  private final Set<String> allowedHosts;

  /// @param allowedHosts names or addresses, as they are written in URLs, that may be private
  public OutboundGuard(boolean allowPrivate, Set<String> allowedHosts) {
    this.allowPrivate = allowPrivate;
    var lowerCase = new TreeSet<String>();
    for (var host : allowedHosts) lowerCase.add(plain(host));
    this.allowedHosts = Set.copyOf(lowerCase);
  }

  /// The name's addresses, held until the pin is closed.
  public record Pin(String host, List<InetAddress> addresses) implements AutoCloseable {
    public Pin {
      addresses = List.copyOf(addresses);
    }

    @Override
    public void close() {
      Pins.release(host);
    }
  }

  /// Where to connect for a host; the answer keeps the host's name, for TLS.
  ///
  /// @throws Refusal.Forbidden when the host is private and not allowed; [Refusal.Unavailable] when
  ///   it is unknown
  public InetSocketAddress address(String host, int port) {
    return new InetSocketAddress(checked(host).getFirst(), port);
  }

  /// Holds the URL's host to what it resolves to now. Close it when the call is over; a redirect is
  /// another call.
  ///
  /// @throws Refusal.Invalid when it is no http or https URL; else as [#address]
  public Pin pin(URI url) {
    var host = host(url);
    // Held first, then looked up again: what was found before may have expired in between.
    Pins.hold(host, checked(host));
    try {
      return new Pin(host, checked(host));
    } catch (RuntimeException e) {
      Pins.release(host);
      throw e;
    }
  }

  /// Refuses what can be told from the URL alone; nothing is looked up.
  ///
  /// @throws Refusal.Invalid when it is no http or https URL; [Refusal.Forbidden] when it names a
  ///   private address
  public void check(URI url) {
    check(host(url));
  }

  /// As [#check(URI)], for a host that is called by another protocol.
  public void check(String name) {
    var host = plain(name);
    if (isAddress(host) || host.equals("localhost")) checked(host);
  }

  private static String host(URI url) {
    var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null)
      throw new Refusal.Invalid("'" + url + "' must be an http or https URL with a host");
    return plain(url.getHost());
  }

  private List<InetAddress> checked(String name) {
    var host = plain(name);
    List<InetAddress> addresses;
    try {
      addresses = Arrays.asList(InetAddress.getAllByName(host));
    } catch (UnknownHostException _) {
      throw new Refusal.Unavailable("host " + host + " is unknown; check its name and the DNS");
    }
    if (allowPrivate || allowedHosts.contains(host)) return addresses;
    for (var address : addresses)
      if (Networks.isPrivate(address))
        throw new Refusal.Forbidden(
            "host "
                + host
                + " is the private address "
                + address.getHostAddress()
                + ", which Plaza does not call; the operator may allow private hosts");
    return addresses;
  }

  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
  }

  private static String plain(String host) {
    var plain = host.strip().toLowerCase(Locale.ROOT);
    if (plain.startsWith("[") && plain.endsWith("]"))
      plain = plain.substring(1, plain.length() - 1);
    return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
  }
}
