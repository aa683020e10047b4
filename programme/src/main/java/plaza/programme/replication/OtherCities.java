package plaza.programme.replication;

import java.net.URI;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// Reads what other cities publish. Called by requests and by the clock, by many threads at once;
/// each call ends within seconds.
@FunctionalInterface
public interface OtherCities {
  /// For programmes that reach nobody.
  OtherCities NONE =
      url -> {
        throw new Refusal.Unsupported("this Plaza asks no other city: " + url);
      };

  /// The JSON at an address.
  ///
  /// @throws Refusal.NotFound when there is none; [Refusal.Forbidden] when the address may not be
  ///   called; [Refusal.Unavailable] when it does not answer, not in time, or with too much
  Value read(URI url);
}
