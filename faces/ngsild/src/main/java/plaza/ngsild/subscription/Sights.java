package plaza.ngsild.subscription;

import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.query.Sight;
import plaza.ledger.Actor;
import plaza.ledger.Policy;

/// What the owners of subscriptions may see, now.
final class Sights {
  private final Policy policy;

  Sights(Policy policy) {
    this.policy = policy;
  }

  /// Nothing, when the owner has lost every right: a grant ended, a key was revoked.
  Sight of(Subscription subscription) {
    var layer = subscription.layer();
    try {
      return policy
          .rights(
              Actor.of(subscription.owner()), Address.tenant(layer.tenant()).branch(layer.branch()))
          .read();
    } catch (Refusal refusal) {
      return Sight.nothing(String.valueOf(refusal.getMessage()));
    }
  }
}
