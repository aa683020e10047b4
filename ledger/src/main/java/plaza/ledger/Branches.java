package plaza.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Change;
import plaza.graph.query.Moments;
import plaza.graph.query.Query;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.ledger.store.Store;

/// The living branches of all tenants, as their records in the graph say.
///
/// A branch is an entity of the system tenant, so forking is a write like any other; the ledger
/// tells this registry of each such write while it commits, so that no parent write slips between
/// the fork and its copy on write.
public final class Branches {
  static final String TYPE = Names.PRIVATE + "Branch";
  private static final String TENANT = Names.PRIVATE + "branchTenant";
  private static final String NAME = Names.PRIVATE + "branchName";
  private static final String PARENT = Names.PRIVATE + "branchParent";
  private static final String AS_OF = Names.PRIVATE + "branchAsOf";

  private final Store store;
  private final Map<Layer, Branch> byLayer = new ConcurrentHashMap<>();
  private final Map<Layer, List<Branch>> byParent = new ConcurrentHashMap<>();

  Branches(Store store) {
    this.store = store;
    reload();
  }

  public Optional<Branch> find(Layer layer) {
    return Optional.ofNullable(byLayer.get(layer));
  }

  /// @throws Refusal.NotFound when the tenant has no such branch
  public Branch get(Layer layer) {
    return find(layer)
        .orElseThrow(() ->
            new Refusal.NotFound("tenant " + layer.tenant() + " has no branch " + layer.branch()));
  }

  public List<Branch> list(String tenant) {
    return byLayer.values().stream().filter(b -> b.layer().tenant().equals(tenant)).toList();
  }

  /// The branch whose end a change in the system tenant is; empty for every other change. For those
  /// who follow the feed and keep something for branches.
  public static Optional<Layer> discarded(Layer layer, Change change) {
    return change.kind() == Change.Kind.DELETED
            && change.entity().is(TYPE)
            && layer.equals(Layer.of(Address.SYSTEM))
        ? Optional.of(branch(change.entity()).layer())
        : Optional.empty();
  }

  Collection<Branch> childrenOf(Layer parent) {
    return byParent.getOrDefault(parent, List.of());
  }

  static String id(Layer layer) {
    return "urn:plaza:branch:" + layer.tenant() + ":" + layer.branch();
  }

  /// @param parent null for a branch that begins empty
  static Entity record(Layer layer, @Nullable Layer parent, @Nullable Instant asOf) {
    var attributes = new ArrayList<Attribute>();
    attributes.add(Attribute.of(TENANT, Value.of(layer.tenant())));
    attributes.add(Attribute.of(NAME, Value.of(layer.branch())));
    if (parent != null) attributes.add(Attribute.of(PARENT, Value.of(parent.branch())));
    if (asOf != null) attributes.add(Attribute.of(AS_OF, Value.of(asOf.toString())));
    return Entity.of(id(layer), TYPE, attributes);
  }

  /// Called by the committing thread for every change, before any later edit is worked out.
  void saw(Change change) {
    if (!change.entity().is(TYPE)) return;
    var branch = branch(change.entity());
    switch (change.kind()) {
      case CREATED, UPDATED -> add(branch);
      case DELETED -> remove(branch.layer());
    }
  }

  void reload() {
    var found = new HashMap<Layer, Branch>();
    try (var records = store.scan(Layer.of(Address.SYSTEM), Query.type(TYPE), false)) {
      while (records.hasNext()) {
        var entity = records.next();
        if (!entity.is(TYPE)) continue;
        var branch = branch(entity);
        found.put(branch.layer(), branch);
      }
    }
    // What stays is there all the time: others ask meanwhile.
    byLayer.putAll(found);
    byLayer.keySet().retainAll(found.keySet());
    var parents = new HashSet<>(byParent.keySet());
    for (var branch : found.values()) if (branch.parent() != null) parents.add(branch.parent());
    parents.forEach(this::index);
  }

  private void add(Branch branch) {
    byLayer.put(branch.layer(), branch);
    if (branch.parent() != null) index(branch.parent());
  }

  private void remove(Layer layer) {
    var gone = byLayer.remove(layer);
    if (gone != null && gone.parent() != null) index(gone.parent());
  }

  private void index(Layer parent) {
    byParent.put(parent, byLayer.values().stream().filter(b -> parent.equals(b.parent())).toList());
  }

  private static Branch branch(Entity entity) {
    var tenant = entity.findText(TENANT).orElseThrow();
    var asOf = entity.findText(AS_OF);
    return new Branch(
        new Layer(tenant, entity.findText(NAME).orElseThrow()),
        entity.findText(PARENT).map(parent -> new Layer(tenant, parent)).orElse(null),
        new Position(entity.version()),
        asOf.isPresent() ? Moments.parse(asOf.get()) : null,
        java.util.Objects.requireNonNull(entity.createdAt()));
  }
}
