package plaza.ngsild.subscription.delivery;

import java.net.URI;

/// Speaks one protocol to receivers. Register an implementation with the [Courier].
public interface Receiver extends AutoCloseable {
  /// Whether it can speak to this endpoint; decided by the scheme alone.
  boolean serves(URI endpoint);

  /// Hands over one message. Called by many threads at once, each virtual, for one lane by one
  /// thread at a time and in order. Blocks until the receiver has answered or the endpoint's
  /// timeout has passed, and never much longer. Throws nothing for what a receiver or network may
  /// do.
  Reply send(Endpoint endpoint, Message message) throws InterruptedException;

  @Override
  void close();
}
