package plaza.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Locale;
import java.util.stream.Stream;

/// Makes the JDK look names up as before, except that a pinned name is what its pin says. The JDK
/// finds it through `META-INF/services`; it serves every client in the process, whatever its
/// library.
public final class PinnedResolution extends InetAddressResolverProvider {
  @Override
  public InetAddressResolver get(Configuration configuration) {
    var builtIn = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        var pinned = Pins.find(host.toLowerCase(Locale.ROOT));
        return pinned == null ? builtIn.lookupByName(host, policy) : pinned.stream();
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return builtIn.lookupByAddress(address);
      }
    };
  }

  @Override
  public String name() {
    return "Plaza's pinned resolution";
  }
}
