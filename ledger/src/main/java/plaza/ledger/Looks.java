package plaza.ledger;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.query.Neighbourhood;

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

  /// Where links lead, each look counted; many entities link to the same few, so these are kept.
  Neighbourhood neighbourhood(Function<Collection<String>, Map<String, Entity>> find) {
    return new Neighbourhood(
        ids -> {
          ids.forEach(_ -> add());
          return find.apply(ids);
        },
        NEIGHBOURS_AT_HAND);
  }
}
