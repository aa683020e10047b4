package plaza.graph.query;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import plaza.graph.Entity;

/// Where the links of many entities lead: looked up together, each once as long as it is at hand.
///
/// Not for several threads.
public final class Neighbourhood implements Neighbours {
  private final Function<Collection<String>, Map<String, Entity>> look;
  private final int atHand;
  private final Map<String, Optional<Entity>> known = new HashMap<>();

  /// @param look those of some entities that exist and may be seen, by id
  /// @param atHand how many are kept from one question to the next
  public Neighbourhood(Function<Collection<String>, Map<String, Entity>> look, int atHand) {
    this.look = look;
    this.atHand = atHand;
  }

  @Override
  public Optional<Entity> find(String entityId) {
    var neighbour = known.get(entityId);
    if (neighbour == null) {
      learn(List.of(entityId));
      neighbour = known.getOrDefault(entityId, Optional.empty());
    }
    return neighbour;
  }

  /// Those of some entities that are answers to a query, in their order.
  ///
  /// A link whose end is not known yet counts as one that leads nowhere. That can only make a query
  /// be missed, for `q` denies nothing: who is found so is found, who is not and asked for nothing
  /// unknown is not, and the others are decided again when all they asked for is known.
  public List<Entity> matching(Query query, List<Entity> entities) {
    if (known.size() > atHand) known.clear();
    var met = new BitSet(entities.size());
    var undecided = IntStream.range(0, entities.size()).boxed().toList();
    while (!undecided.isEmpty()) {
      var missing = new LinkedHashSet<String>();
      var left = new ArrayList<Integer>();
      for (int place : undecided) {
        var guess = new Guess(missing);
        if (Evaluator.matches(query, entities.get(place), guess)) met.set(place);
        else if (guess.guessed) left.add(place);
      }
      if (!missing.isEmpty()) learn(missing);
      undecided = left;
    }
    return met.stream().mapToObj(entities::get).toList();
  }

  private void learn(Collection<String> ids) {
    var found = look.apply(ids);
    for (var id : ids) known.put(id, Optional.ofNullable(found.get(id)));
  }

  /// Takes what is not known for nothing, and notes it.
  private final class Guess implements Neighbours {
    private final Set<String> missing;
    private boolean guessed;

    Guess(Set<String> missing) {
      this.missing = missing;
    }

    @Override
    public Optional<Entity> find(String entityId) {
      var neighbour = known.get(entityId);
      if (neighbour != null) return neighbour;
      missing.add(entityId);
      guessed = true;
      return Optional.empty();
    }
  }
}
