package plaza.ngsild.subscription.delivery;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whom to bring messages to.
///
/// @param timeout from the first byte sent to the last byte of the answer
/// @param cooldown the pause after a failure (clause 5.2.15); null leaves it to the courier, which
///   waits longer after each failure
/// @param notifierInfo how its protocol is to be spoken (clause 5.2.15)
public record Endpoint(
    URI uri, Duration timeout, @Nullable Duration cooldown, Map<String, String> notifierInfo) {
  public Endpoint {
    notifierInfo = Map.copyOf(notifierInfo);
  }

  public Endpoint(URI uri, Duration timeout, @Nullable Duration cooldown) {
    this(uri, timeout, cooldown, Map.of());
  }

  /// The receiver as a log may name it: without user and password.
  public String receiver() {
    return uri.getScheme()
        + "://"
        + uri.getHost()
        + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
        + (uri.getRawPath() == null ? "" : uri.getRawPath());
  }
}
