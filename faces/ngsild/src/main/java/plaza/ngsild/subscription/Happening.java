package plaza.ngsild.subscription;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.change.Change;
import plaza.graph.query.Sight;

/// A change as someone sees it: what came, what says something new, what went.
///
/// An attribute that was written and says the same as before has not changed (clause 5.8.6); nor
/// has one of which only a late reading entered the history.
///
/// @param entity as it is now; when deleted, as it was last
/// @param created instances that were not there before
/// @param updated instances that say something else than before
/// @param deleted instances that went, each with its deletedAt; all of them when the entity went
/// @param previous what the updated and deleted instances said before
record Happening(
    Change.Kind kind,
    Entity entity,
    List<Attribute> created,
    List<Attribute> updated,
    List<Attribute> deleted,
    List<Attribute> previous) {

  /// @return null when nothing of it shows
  static @Nullable Happening of(Change change, Sight sight) {
    boolean unlimited = isAllPublic(change, sight);
    var seen = unlimited ? change.entity() : sight.of(change.entity()).orElse(null);
    if (seen == null) return null;
    var created = new ArrayList<Attribute>();
    var updated = new ArrayList<Attribute>();
    var deleted = new ArrayList<Attribute>();
    for (var instance : change.recorded()) {
      if (!unlimited && !sight.accepts(change.entity(), instance)) continue;
      if (instance.name().equals(Names.SCOPE)) continue;
      if (instance.deletedAt() != null) {
        deleted.add(instance);
        continue;
      }
      if (!isState(instance, change.entity())) continue;
      var before = find(instance, change.replaced());
      if (before == null) created.add(instance);
      else if (!before.saysTheSameAs(instance)) updated.add(instance);
    }
    return new Happening(change.kind(), seen, created, updated, deleted, change.replaced());
  }

  private static boolean isAllPublic(Change change, Sight sight) {
    if (!sight.isUnlimited() || sight.everything()) return false;
    for (var type : change.entity().types())
      if (Names.isPrivate(type) || Names.isPilots(type)) return false;
    for (var attribute : change.entity().attributes())
      if (Names.isPrivate(attribute.name())) return false;
    return true;
  }

  /// Whether an instance that entered the history is the state, and not older or overtaken.
  private static boolean isState(Attribute instance, Entity entity) {
    var state = find(instance, entity.attributes());
    return state != null && state.equals(instance);
  }

  static @Nullable Attribute find(Attribute like, List<Attribute> instances) {
    for (var instance : instances) if (instance.sameInstanceAs(like)) return instance;
    return null;
  }

  @Nullable Attribute before(Attribute instance) {
    return find(instance, previous);
  }
}
