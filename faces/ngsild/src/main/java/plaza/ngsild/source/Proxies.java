package plaza.ngsild.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.query.Query;
import plaza.graph.query.Selector;
import plaza.ledger.Actor;
import plaza.ledger.Reader;

/// What stands in the way of an exclusive or redirect registration: other registrations of the same
/// data, and data held here (clauses 4.3.6.3, 5.9.2.4, 5.9.3.4).
final class Proxies {
  private final Registry registry;
  private final Reader reader;

  Proxies(Registry registry, Reader reader) {
    this.registry = registry;
    this.reader = reader;
  }

  /// @throws Refusal.Conflict naming what stands in the way
  void check(Actor room, Address tenant, Registration wanted) {
    if (!wanted.mode().isProxied()) return;
    // Evolutions and the state have registrations of their own, which do not meet.
    if (wanted.extent().isTemporal()) return;
    for (var information : wanted.information()) {
      requireNoOther(tenant.tenant(), wanted, information);
      requireNothingHeld(room, tenant, wanted, information);
    }
  }

  /// An exclusive registration bears no other proxied one of the same attribute of the same entity.
  private void requireNoOther(String tenant, Registration wanted, Information information) {
    for (var other : registry.list(tenant)) {
      if (other.id().equals(wanted.id()) || !other.mode().isProxied()) continue;
      if (other.extent().isTemporal()) continue;
      boolean excluding = wanted.mode() == Mode.EXCLUSIVE || other.mode() == Mode.EXCLUSIVE;
      if (!excluding) continue;
      for (var theirs : other.information())
        if (share(information, theirs))
          throw new Refusal.Conflict(
              "the "
                  + other.mode()
                  + " registration "
                  + other.id()
                  + " has the same attributes of the same entity; only one source can have them"
                  + " when one of the two is exclusive");
    }
  }

  /// Whether both are about an attribute of an entity that one of them names by its id.
  private static boolean share(Information one, Information other) {
    return shareAttributes(one.attributes(), other.attributes())
        && (nameAnEntityOf(one, other) || nameAnEntityOf(other, one));
  }

  private static boolean shareAttributes(Set<String> one, Set<String> other) {
    return one.isEmpty() || other.isEmpty() || one.stream().anyMatch(other::contains);
  }

  private static boolean nameAnEntityOf(Information naming, Information other) {
    for (var entity : naming.entities()) {
      var id = entity.id();
      if (id != null && (other.entities().isEmpty() || coversAny(other, entity, id))) return true;
    }
    return false;
  }

  private static boolean coversAny(Information other, EntityInfo entity, String id) {
    return other.entities().stream()
        .anyMatch(theirs ->
            theirs.coversId(id) && theirs.types().stream().anyMatch(entity.types()::contains));
  }

  private void requireNothingHeld(
      Actor room, Address tenant, Registration wanted, Information information) {
    var attributes = List.copyOf(information.attributes());
    for (var query : queries(information, attributes))
      reader.each(
          room,
          tenant,
          query,
          entity -> {
            if (isHeld(entity, information)) throw held(wanted, entity, attributes);
            return true;
          });
  }

  private static List<Query> queries(Information information, List<String> attributes) {
    if (information.entities().isEmpty()) return List.of(Query.EVERYTHING.having(attributes));
    var queries = new ArrayList<Query>();
    for (var entity : information.entities()) {
      // By identity alone: an entity is the same whatever types it is said to have.
      var id = entity.id();
      var selector = id == null ? entity.selector() : Selector.ids(List.of(id));
      queries.add(Query.of(selector).having(attributes));
    }
    return queries;
  }

  private static boolean isHeld(Entity entity, Information information) {
    if (entity.types().stream().anyMatch(Names::isPrivate)) return false;
    return information.entities().isEmpty()
        || information.entities().stream().anyMatch(one -> one.coversId(entity.id()));
  }

  private static Refusal held(Registration wanted, Entity entity, List<String> attributes) {
    var common = new LinkedHashSet<>(attributes);
    common.removeIf(name -> !entity.has(name));
    return new Refusal.Conflict(
        entity.id()
            + (common.isEmpty() ? "" : " with " + String.join(", ", common))
            + " is held here already; delete it, or register another mode than "
            + wanted.mode());
  }
}
