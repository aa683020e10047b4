package plaza.ledger;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import plaza.graph.Entity;
import plaza.graph.query.Query;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Scan;
import plaza.ledger.store.Slot;
import plaza.ledger.store.Store;

/// Candidates of a branch: its own first, then its parents' that it neither changed nor hid.
final class BranchScan {
  private final Store store;
  private final Branches branches;
  private final Layers layers;

  BranchScan(Store store, Branches branches, Layers layers) {
    this.store = store;
    this.branches = branches;
    this.layers = layers;
  }

  Scan open(Layer layer, Query query, boolean gone) {
    var own = store.scan(layer, query, gone);
    if (layer.isMain()) return own;
    var branch = branches.get(layer);
    var parent = branch.parent();
    if (parent == null) return own;
    // A branch from the past reads other values there than the parent's indexes know.
    var narrowing =
        branch.asOf() == null
            ? query
            : new Query(query.selectors(), java.util.List.of(), null, null, null);
    var inherited = open(parent, narrowing, gone || branch.asOf() != null);
    return new Joined(own, inherited, branch, gone);
  }

  private final class Joined implements Scan {
    private final Scan own;
    private final Scan inherited;
    private final Branch branch;
    private final boolean gone;
    private @Nullable Entity next;

    Joined(Scan own, Scan inherited, Branch branch, boolean gone) {
      this.own = own;
      this.inherited = inherited;
      this.branch = branch;
      this.gone = gone;
    }

    @Override
    public boolean hasNext() {
      if (next == null) next = advance();
      return next != null;
    }

    @Override
    public Entity next() {
      if (!hasNext()) throw new NoSuchElementException();
      var found = java.util.Objects.requireNonNull(next);
      next = null;
      return found;
    }

    private @Nullable Entity advance() {
      if (own.hasNext()) return own.next();
      for (Iterator<Entity> left = inherited; left.hasNext(); ) {
        var entity = left.next();
        if (store.find(branch.layer(), entity.id()).isPresent()) continue;
        if (branch.asOf() == null) {
          if (branch.inherits(entity)) return entity;
        } else {
          var then = layers.latest(branch.layer(), entity.id());
          if (then.isPresent() && (gone || then.get() instanceof Slot.Present))
            return then.get().entity();
        }
      }
      return null;
    }

    @Override
    public void close() {
      own.close();
      inherited.close();
    }
  }
}
