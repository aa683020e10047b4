package plaza.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.query.Convoy;
import plaza.graph.query.Evaluator;
import plaza.graph.query.Query;
import plaza.graph.query.Sight;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.SeriesVisitor;
import plaza.ledger.store.Slot;
import plaza.ledger.store.Span;
import plaza.ledger.store.Store;

/// The only path by which the graph is read. What the actor may not see is taken away before a
/// query is decided, so that nobody can feel for hidden values with filters.
public final class Reader {
  private final Store store;
  private final Branches branches;
  private final Layers layers;
  private final Policy policy;
  private final Limits limits;
  private final Supplier<Instant> now;

  public Reader(Store store, Ledger ledger, Policy policy, Limits limits) {
    this.store = store;
    this.branches = ledger.branches();
    this.layers = ledger.layers();
    this.policy = policy;
    this.limits = limits;
    this.now = ledger::now;
  }

  public Limits limits() {
    return limits;
  }

  /// @throws Refusal.NotFound when there is none; [Refusal.Forbidden] when it does not show
  public Entity get(Actor actor, Address address, String entityId) {
    return find(actor, address, entityId)
        .orElseThrow(() -> new Refusal.NotFound(entityId + " does not exist"));
  }

  /// @throws Refusal.Forbidden when it exists and does not show
  public Optional<Entity> find(Actor actor, Address address, String entityId) {
    var sight = sight(actor, address);
    var layer = layer(address);
    var entity =
        address.at() == null
            ? layers.now(layer, entityId)
            : layers.past(layer, entityId, address.at());
    return entity
        .flatMap(found ->
            found.nextExpiry() == null ? Optional.of(found) : found.unexpired(moment(address)))
        .map(found -> shown(actor, sight, found));
  }

  /// The moment a read is about: what had ended by then does not show (clause 4.22).
  private Instant moment(Address address) {
    return address.at() == null ? now.get() : address.at();
  }

  /// Those of some entities that exist and show, by id; the others are left out without a word.
  public Map<String, Entity> findAll(Actor actor, Address address, Collection<String> entityIds) {
    return findAll(sight(actor, address), address, entityIds);
  }

  private Map<String, Entity> findAll(Sight sight, Address address, Collection<String> entityIds) {
    var layer = layer(address);
    var at = address.at();
    // Together, because the engine reads neighbours at once.
    var slots = at == null ? store.findAll(layer, entityIds) : Map.<String, Slot>of();
    BiFunction<Layer, String, Optional<Slot>> look =
        (in, id) -> in.equals(layer) ? Optional.ofNullable(slots.get(id)) : store.find(in, id);
    var found = new LinkedHashMap<String, Entity>();
    for (var id : entityIds)
      (at == null ? layers.now(layer, id, look) : layers.past(layer, id, at))
          .flatMap(
              one -> one.nextExpiry() == null ? Optional.of(one) : one.unexpired(moment(address)))
          .flatMap(sight::of)
          .ifPresent(entity -> found.put(id, entity));
    return found;
  }

  /// The entity, even when deleted, as it was last: for its history.
  public Optional<Entity> findEvenGone(Actor actor, Address address, String entityId) {
    var sight = sight(actor, address);
    var layer = layer(address);
    return layers
        .latest(layer, entityId)
        .filter(slot -> layers.hasRecords(layer, slot))
        .map(slot -> shown(actor, sight, slot.entity()));
  }

  private static Entity shown(Actor actor, Sight sight, Entity entity) {
    return sight
        .of(entity)
        .orElseThrow(() ->
            entity.types().stream().anyMatch(plaza.graph.Names::isPrivate)
                ? new Refusal.NotFound(entity.id() + " does not exist")
                : new Refusal.Forbidden(
                    actor.id() + " may not see " + entity.id() + ": " + sight.reason()));
  }

  /// One page of what matches.
  ///
  /// @param count whether the total is wanted; it costs a look at every match
  public Page query(
      Actor actor, Address address, Query query, int offset, int limit, boolean count) {
    if (limit < 0 || limit > limits.entitiesPerPage())
      throw new Refusal.TooLarge(
          "limit must be 0 to " + limits.entitiesPerPage() + ", not " + limit);
    if (offset < 0) throw new Refusal.Invalid("offset must not be negative: " + offset);
    var sight = sight(actor, address);
    requireAnyType(actor, sight, query);
    var page = new ArrayList<Entity>(Math.min(limit, 64));
    long total = -1;
    if (count && address.at() == null && address.isMain() && isShownWhole(sight, query)) {
      // What has ended and is not swept yet is still counted there.
      var known =
          store.due(now.get(), 1).isEmpty()
              ? store.count(Layer.of(address), query)
              : OptionalLong.empty();
      if (known.isPresent()) total = known.getAsLong();
    }
    boolean counting = count && total < 0;
    var matched = new long[1];
    boolean[] more = new boolean[1];
    each(
        sight,
        address,
        query,
        entity -> {
          long index = matched[0]++;
          if (index >= offset && page.size() < limit) page.add(entity);
          else if (index >= offset) more[0] = true;
          return counting || !more[0];
        });
    return new Page(page, counting ? matched[0] : total, more[0]);
  }

  /// Whether nothing is taken away from what the store counts.
  private static boolean isShownWhole(Sight sight, Query query) {
    return sight.everything()
        || (sight.isUnlimited()
            && query.selectors().stream()
                .allMatch(selector ->
                    selector.types() != null
                        && selector.types().named().stream()
                            .noneMatch(type -> Names.isPrivate(type) || Names.isPilots(type))));
  }

  /// Every match, one by one, until the visitor says no.
  public void each(Actor actor, Address address, Query query, Predicate<Entity> visitor) {
    var sight = sight(actor, address);
    requireAnyType(actor, sight, query);
    each(sight, address, query, visitor);
  }

  /// Like [#each], deleted entities too (as they were last): whose histories may be asked for.
  public void eachEvenGone(Actor actor, Address address, Query query, Predicate<Entity> visitor) {
    var sight = sight(actor, address);
    var layer = layer(address);
    try (var scan = new BranchScan(store, branches, layers).open(layer, query, true)) {
      while (scan.hasNext()) {
        var seen = sight.of(scan.next());
        if (seen.isPresent() && Evaluator.matches(query, seen.get()) && !visitor.test(seen.get()))
          return;
      }
    }
  }

  private void each(Sight sight, Address address, Query query, Predicate<Entity> visitor) {
    var layer = layer(address);
    var at = address.at();
    var moment = moment(address);
    // In the past other values held: only identity and type narrow.
    var narrowing = at == null ? query : new Query(query.selectors(), List.of(), null, null, null);
    var looks = new Looks(limits.candidatesPerQuery());
    var condition = query.condition();
    var convoy =
        condition == null || condition.linkDepth() == 0
            ? null
            : new Convoy(query, looks.neighbourhood(ids -> findAll(sight, address, ids)), visitor);
    try (var scan = new BranchScan(store, branches, layers).open(layer, narrowing, at != null)) {
      while (scan.hasNext()) {
        looks.add();
        var entity = scan.next();
        if (at != null) {
          var then =
              layers.past(
                  layer,
                  layers.latest(layer, entity.id()).orElse(new Slot.Present(entity)),
                  at,
                  Layers.NO_END);
          if (then.isEmpty()) continue;
          entity = then.get();
        }
        var lasting = entity.unexpired(moment);
        if (lasting.isEmpty()) continue;
        var seen = sight.of(lasting.get());
        if (seen.isEmpty()) continue;
        boolean goesOn =
            convoy != null
                ? convoy.add(seen.get())
                : !Evaluator.matches(query, seen.get()) || visitor.test(seen.get());
        if (!goesOn) return;
      }
    }
    if (convoy != null) convoy.end();
  }

  /// The history of one attribute of an entity, as far as it shows.
  ///
  /// @param entity as [#find] or [#findEvenGone] gave it
  public List<Recorded> history(
      Actor actor,
      Address address,
      Entity entity,
      String attribute,
      Span span,
      boolean newestFirst,
      int limit) {
    return history(actor, address, entity, attribute, span, newestFirst, limit, _ -> true);
  }

  /// The same of some instances only; the others do not use up the limit.
  public List<Recorded> history(
      Actor actor,
      Address address,
      Entity entity,
      String attribute,
      Span span,
      boolean newestFirst,
      int limit,
      Predicate<Recorded> wanted) {
    var sight = sight(actor, address);
    var shows = sight.instancesOf(entity);
    return layers.history(
        layer(address),
        entity.id(),
        attribute,
        span,
        newestFirst,
        limit,
        one -> wanted.test(one) && shows.test(one.attribute()));
  }

  /// Names of all attributes an entity ever had, as far as they show.
  public Set<String> historyAttributes(Actor actor, Address address, String entityId) {
    var sight = sight(actor, address);
    var names = new TreeSet<>(layers.historyAttributes(layer(address), entityId));
    if (sight.isUnlimited()) names.removeIf(Names::isPrivate);
    else if (!sight.everything() && !names.isEmpty()) {
      var entity = layers.latest(layer(address), entityId).map(Slot::entity);
      names.removeIf(name -> entity.isEmpty() || !sight.acceptsAttribute(entity.get(), name));
    }
    return names;
  }

  /// All numbers of one attribute over all entities that show, by event time. Main branch only.
  ///
  /// @return whether they tell all: every instance that is not deleted is such a number and was
  ///   observed
  public boolean series(
      Actor actor, Address address, String attribute, Span span, SeriesVisitor visitor) {
    var sight = sight(actor, address);
    if (!sight.acceptsAttribute(attribute))
      throw new Refusal.Forbidden(actor.id() + " may not see " + attribute + ": " + sight.reason());
    var layer = layer(address);
    if (!layer.isMain())
      throw new Refusal.Unsupported(
          "series over all entities are kept for the main branch only, not for " + layer.branch());
    return store.series(
        layer,
        attribute,
        span,
        sight.isUnlimited() ? visitor : new SeenSeries(sight, layers, layer, attribute, visitor));
  }

  /// The numbers of one attribute of one entity, when they tell all of it.
  ///
  /// @param entity as [#find] or [#findEvenGone] gave it
  /// @return whether they do; if not, the visitor may have seen some all the same
  public boolean series(
      Actor actor,
      Address address,
      Entity entity,
      String attribute,
      Span span,
      SeriesVisitor visitor) {
    var layer = layer(address);
    return layer.isMain()
        && sight(actor, address).acceptsWhole(entity, List.of(attribute))
        && store.series(layer, entity.id(), attribute, span, visitor);
  }

  /// The last commit that shows: what was read is still so while this stays.
  public Position position() {
    return store.head();
  }

  /// Expanded names of the entity types that show.
  public Set<String> types(Actor actor, Address address) {
    var sight = sight(actor, address);
    var layer = layer(address);
    var types = new TreeSet<>(store.types(layer));
    while (!layer.isMain()) {
      layer = branches.get(layer).parent();
      if (layer == null) break;
      types.addAll(store.types(layer));
    }
    types.removeIf(type -> !sight.acceptsType(type));
    return types;
  }

  public boolean tenantExists(String tenant) {
    return tenant.equals(Address.DEFAULT_TENANT)
        || store.layers().stream().anyMatch(layer -> layer.tenant().equals(tenant));
  }

  /// What the actor may see at an address.
  public Sight sight(Actor actor, Address address) {
    var sight = policy.rights(actor, address).read();
    if (!sight.everything() && sight.views().isEmpty()) {
      var sentence =
          "reading tenant "
              + address.tenant()
              + " needs a right"
              + (sight.reason().isEmpty() ? "" : ": " + sight.reason());
      throw actor.isAnonymous()
          ? new Refusal.Unauthenticated(sentence)
          : new Refusal.Forbidden(sentence);
    }
    return sight;
  }

  /// A query that names only types out of sight is refused rather than answered with nothing.
  private static void requireAnyType(Actor actor, Sight sight, Query query) {
    if (sight.everything() || query.selectors().isEmpty()) return;
    for (var selector : query.selectors()) {
      if (selector.types() == null) return;
      for (var type : selector.types().named())
        if (sight.acceptsType(type) || Names.isPrivate(type)) return;
    }
    throw new Refusal.Forbidden(
        actor.id() + " may not see entities of these types: " + sight.reason());
  }

  private Layer layer(Address address) {
    var layer = Layer.of(address);
    if (!layer.isMain()) branches.get(layer);
    return layer;
  }
}
