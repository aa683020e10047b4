package plaza.ngsild.context;

import java.net.URI;
import java.time.Duration;

/// Brings remote context documents. May be called by many threads at once; blocks until it has an
/// answer or gives up.
@FunctionalInterface
public interface ContextFetcher {
  /// For servers that call nobody.
  ContextFetcher NONE =
      url -> {
        throw new ContextUnavailable("this server fetches no remote contexts, so not " + url);
      };

  /// @throws ContextUnavailable when it cannot be had
  Document fetch(URI url);

  /// @param body the JSON text as it came
  /// @param maxAge how long it may be kept
  record Document(String body, Duration maxAge) {}
}
