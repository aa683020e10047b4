package plaza.ngsild.http;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Entity;
import plaza.graph.Scopes;
import plaza.graph.query.ScopeExpression;
import plaza.ledger.store.Recorded;
import plaza.ngsild.temporal.TemporalQuery;

/// The scopes an entity had in a stretch of time: each holds from the moment it was set to the next
/// (clause 4.18, annex C.5.16).
///
/// @param before the last that was set before the stretch; null when none is known
/// @param within those set in it, in the order of time
record ScopesInForce(
    Entity entity, @Nullable Recorded before, List<Recorded> within, TemporalQuery when) {
  ScopesInForce {
    within = List.copyOf(within);
  }

  /// Whether they ever were as wanted. Of an entity of which nothing is known for that time, what
  /// it has now counts.
  boolean ever(ScopeExpression wanted) {
    return isUnknown()
        ? wanted.accepts(entity.scopes())
        : isSo(before, wanted) || within.stream().anyMatch(one -> isSo(one, wanted));
  }

  /// Whether they were as wanted at a moment of the stretch.
  boolean at(@Nullable Instant moment, ScopeExpression wanted) {
    if (isUnknown() || moment == null) return true;
    var then = before;
    for (var one : within) {
      var since = when.time(one.attribute());
      if (since != null && since.isAfter(moment)) break;
      then = one;
    }
    return isSo(then, wanted);
  }

  static boolean isSo(@Nullable Recorded one, ScopeExpression wanted) {
    return one != null && wanted.accepts(Scopes.of(one.attribute()));
  }

  private boolean isUnknown() {
    return before == null && within.isEmpty();
  }
}
