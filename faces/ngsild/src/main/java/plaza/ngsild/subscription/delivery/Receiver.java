package plaza.ngsild.subscription.delivery;

import java.net.URI;
import java.util.List;

/// Speaks one protocol to receivers. Register an implementation with the [Courier].
public interface Receiver extends AutoCloseable {
  /// Whether it can speak to this endpoint; decided by the scheme alone.
  boolean serves(URI endpoint);

  /// Refuses what could never be delivered: an endpoint or headers that the protocol does not
  /// allow, a host that must not be called. Nothing is looked up or called.
  ///
  /// @param contentType of the messages
  /// @param headers of the messages
  /// @throws plaza.graph.Refusal naming what is wrong
  void check(Endpoint endpoint, String contentType, List<Header> headers);

  /// Hands over one message. Called by many threads at once, each virtual, for one lane by one
  /// thread at a time and in order. Blocks until the receiver has answered or the endpoint's
  /// timeout has passed, and never much longer. Throws nothing for what a receiver or network may
  /// do.
  Reply send(Endpoint endpoint, Message message) throws InterruptedException;

  @Override
  void close();
}
