package plaza.ngsild.source;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.query.Selector;

/// The registrations of one tenant, found by the types and identifiers they name. Immutable.
///
/// It only narrows; [Matcher] decides.
final class Index {
  private final List<Registration> registrations;
  private final Map<String, BitSet> byId = new HashMap<>();
  private final Map<String, BitSet> byType = new HashMap<>();

  /// Those that name entities of a type without an id: by pattern, or all of them.
  private final Map<String, BitSet> byTypeWithoutId = new HashMap<>();

  private final BitSet withoutId = new BitSet();
  private final BitSet ofAnyEntity = new BitSet();

  Index(Collection<Registration> registrations) {
    this.registrations = List.copyOf(registrations);
    for (int slot = 0; slot < this.registrations.size(); slot++)
      for (var information : this.registrations.get(slot).information())
        if (information.entities().isEmpty()) ofAnyEntity.set(slot);
        else for (var entity : information.entities()) add(entity, slot);
  }

  private void add(EntityInfo entity, int slot) {
    var id = entity.id();
    if (id != null) byId.computeIfAbsent(id, _ -> new BitSet()).set(slot);
    else withoutId.set(slot);
    for (var type : entity.types()) {
      byType.computeIfAbsent(type, _ -> new BitSet()).set(slot);
      if (id == null) byTypeWithoutId.computeIfAbsent(type, _ -> new BitSet()).set(slot);
    }
  }

  List<Registration> all() {
    return registrations;
  }

  /// All that can match, in the order of their registration.
  List<Registration> candidates(Ask ask) {
    var slots = new BitSet();
    slots.or(ofAnyEntity);
    for (var selector : ask.selectors()) if (!add(selector, slots)) return registrations;
    if (ask.selectors().isEmpty()) return registrations;
    var found = new ArrayList<Registration>(slots.cardinality());
    for (int slot = slots.nextSetBit(0); slot >= 0; slot = slots.nextSetBit(slot + 1))
      found.add(registrations.get(slot));
    return found;
  }

  /// @return false when the selector does not narrow
  private boolean add(Selector selector, BitSet slots) {
    var types = selector.types();
    Set<String> named = types == null ? null : types.named();
    if (!selector.ids().isEmpty()) {
      for (var id : selector.ids()) or(slots, byId.get(id));
      if (named == null) slots.or(withoutId);
      else for (var type : named) or(slots, byTypeWithoutId.get(type));
      return true;
    }
    if (named == null) return false;
    for (var type : named) or(slots, byType.get(type));
    return true;
  }

  private static void or(BitSet slots, @Nullable BitSet more) {
    if (more != null) slots.or(more);
  }
}
