package plaza.graph.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import plaza.graph.Entity;

/// Decides entities some at a time, so that where their links lead is looked up together. Few at
/// first, for who wants one page, then ever more.
public final class Convoy {
  /// A usual page, and the one that tells whether there is another page.
  private static final int FIRST = 21;

  private static final int LARGEST = 512;

  private final Query query;
  private final Neighbourhood neighbourhood;
  private final Predicate<Entity> visitor;
  private final List<Entity> waiting = new ArrayList<>();
  private int size = FIRST;

  /// @param visitor is given those that are answers to the query, in their order, until it says no
  public Convoy(Query query, Neighbourhood neighbourhood, Predicate<Entity> visitor) {
    this.query = query;
    this.neighbourhood = neighbourhood;
    this.visitor = visitor;
  }

  /// @return false when the visitor wants no more
  public boolean add(Entity entity) {
    waiting.add(entity);
    if (waiting.size() < size) return true;
    size = Math.min(2 * size, LARGEST);
    return end();
  }

  /// Decides those that still wait. To be called after the last one was added.
  ///
  /// @return false when the visitor wants no more
  public boolean end() {
    var together = List.copyOf(waiting);
    waiting.clear();
    for (var entity : neighbourhood.matching(query, together))
      if (!visitor.test(entity)) return false;
    return true;
  }
}
