package plaza.ngsild.subscription;

import java.time.Instant;
import plaza.ledger.store.Layer;

/// A subscription at work.
///
/// @param id as its subscriber knows it
/// @param key of its lane; never used for another, even of the same id
/// @param layer what it watches
/// @param owner id of the actor whose rights decide what it tells
/// @param version of its record
record Subscription(
    String id,
    String key,
    Layer layer,
    String owner,
    Instant createdAt,
    long version,
    Definition definition) {

  /// Whether changes are to be told.
  boolean isLive(Instant now) {
    return definition.active() && !definition.isExpired(now);
  }
}
