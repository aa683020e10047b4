package plaza.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.query.Neighbours;

/// How many entities one query has looked at: candidates, and those that their links lead to.
final class Looks {
  private static final int NEIGHBOURS_AT_HAND = 2_000;

  private final int most;
  private int made;

  Looks(int most) {
    this.most = most;
  }

  /// @throws Refusal.TooLarge when it was one too many
  void add() {
    if (++made > most)
      throw new Refusal.TooLarge(
          "the query looks at more than " + most + " entities; narrow it by type, area or value");
  }

  /// The same neighbours, each look counted; many entities link to the same few, so these are kept.
  Neighbours counting(Neighbours neighbours) {
    var atHand =
        new LinkedHashMap<String, Optional<Entity>>(64, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Optional<Entity>> eldest) {
            return size() > NEIGHBOURS_AT_HAND;
          }
        };
    return id -> {
      add();
      var known = atHand.get(id);
      if (known == null) {
        known = neighbours.find(id);
        atHand.put(id, known);
      }
      return known;
    };
  }
}
