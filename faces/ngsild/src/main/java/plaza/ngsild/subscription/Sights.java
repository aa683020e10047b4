package plaza.ngsild.subscription;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.query.Neighbours;
import plaza.graph.query.Query;
import plaza.graph.query.Sight;
import plaza.ledger.Actor;
import plaza.ledger.Branches;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ledger.store.Layer;
import plaza.ngsild.distribute.Distributor;
import plaza.ngsild.distribute.Inquiry;
import plaza.ngsild.distribute.Passage;
import plaza.ngsild.represent.LinkedEntities;

/// What the owners of subscriptions may see, now.
final class Sights {
  private static final System.Logger LOG = System.getLogger(Sights.class.getName());

  /// What one notification holds at most of what is linked.
  private static final int LINKED_ENTITIES = 1_000;

  /// How many links a `q` may follow for one change.
  private static final int LOOKS = 1_000;

  private final Policy policy;
  private final Branches branches;
  private final Reader reader;
  private volatile @Nullable Distributor distributor;
  private volatile Function<Layer, @Nullable String> snapshots = _ -> null;

  Sights(Policy policy, Branches branches, Reader reader) {
    this.policy = policy;
    this.branches = branches;
    this.reader = reader;
  }

  /// Nothing, when the owner has lost every right: a grant ended, a key was revoked.
  Sight of(Subscription subscription) {
    try {
      return policy.rights(Actor.of(subscription.owner()), address(subscription)).read();
    } catch (Refusal refusal) {
      return Sight.nothing(String.valueOf(refusal.getMessage()));
    }
  }

  /// From now on entities may be known elsewhere too.
  void spread(Distributor newDistributor) {
    distributor = newDistributor;
  }

  /// From now on some branches are snapshots.
  void naming(Function<Layer, @Nullable String> newSnapshots) {
    snapshots = newSnapshots;
  }

  /// The snapshot a subscription watches (clause 6.3.22); null when it watches none.
  @Nullable String snapshot(Subscription subscription) {
    return subscription.layer().isMain() ? null : snapshots.apply(subscription.layer());
  }

  /// An entity as all know it together, with what was just told of it.
  ///
  /// @param deleted what was just told that it went
  Entity whole(Subscription subscription, Entity told, List<Attribute> deleted) {
    var sources = distributor;
    var tenant = subscription.layer().tenant();
    if (sources == null || sources.isIdle(tenant) || !subscription.layer().isMain()) return told;
    var context = subscription.definition().manner().context();
    var passage = new Passage(tenant, sources.alias(tenant), List.of(), context, _ -> null);
    var inquiry =
        Inquiry.of(
            passage, Actor.of(subscription.owner()), address(subscription), Query.EVERYTHING);
    Entity known;
    try {
      known = sources.gathering().find(inquiry, told.id(), List.of(), null).entity().orElse(told);
    } catch (Refusal refusal) {
      return told;
    }
    var attributes = new ArrayList<>(told.attributes());
    for (var attribute : known.attributes())
      if (Happening.find(attribute, told.attributes()) == null
          && Happening.find(attribute, deleted) == null) attributes.add(attribute);
    return known.with(attributes);
  }

  /// Whether the branch it watched was discarded, whatever has its name now.
  boolean isGone(Layer layer, Instant subscribedAt) {
    return !layer.isMain()
        && branches
            .find(layer)
            .filter(branch -> !branch.createdAt().isAfter(subscribedAt))
            .isEmpty();
  }

  /// Where the links lead that a subscription's `q` follows (clause 4.9); nowhere when it follows
  /// none.
  Neighbours neighbours(Subscription subscription) {
    var condition = subscription.definition().watch().query().condition();
    if (condition == null || condition.linkDepth() == 0) return Neighbours.NONE;
    var looks = new AtomicInteger();
    return id -> {
      if (looks.incrementAndGet() > LOOKS) return Optional.empty();
      return Optional.ofNullable(find(subscription, List.of(id)).get(id));
    };
  }

  /// What comes along with some entities (clause 4.5.23); nothing when it would be too much.
  LinkedEntities linked(Subscription subscription, List<Entity> roots) {
    var manner = subscription.definition().manner();
    if (manner.join().isNone()) return LinkedEntities.NONE;
    try {
      return LinkedEntities.of(
          manner.join(),
          roots,
          manner.representation(),
          ids -> find(subscription, ids),
          LINKED_ENTITIES);
    } catch (Refusal.TooLarge tooMany) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Subscription {0} is told without linked entities: {1}",
          subscription.id(),
          tooMany.getMessage());
      return LinkedEntities.NONE;
    }
  }

  private Map<String, Entity> find(Subscription subscription, Collection<String> ids) {
    var manner = subscription.definition().manner();
    try {
      var found = reader.findAll(Actor.of(subscription.owner()), address(subscription), ids);
      found.replaceAll((_, entity) -> manner.conformance().of(entity, manner.context()));
      return found;
    } catch (Refusal refusal) {
      return Map.of();
    }
  }

  private static Address address(Subscription subscription) {
    var layer = subscription.layer();
    return Address.tenant(layer.tenant()).branch(layer.branch());
  }
}
