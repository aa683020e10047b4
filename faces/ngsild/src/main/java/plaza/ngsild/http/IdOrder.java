package plaza.ngsild.http;

import java.text.CollationKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ledger.Reader;
import plaza.ngsild.query.Collation;
import plaza.ngsild.query.QueryParser;

/// Evolutions in the order of their entities' ids, the only order they have (clauses 4.23,
/// 5.7.4.4).
final class IdOrder {
  private static final int MOST = 100_000;

  private final Comparator<Entity> order;

  private IdOrder(Comparator<Entity> order) {
    this.order = order;
  }

  /// What the request asks for; null when it leaves the order to us.
  static @Nullable IdOrder of(QueryParser.Parameters parameters, boolean local) {
    var asked = parameters.get("orderBy");
    var collation = Collation.parse(parameters.get("collation"));
    if (asked == null) return null;
    if (!local)
      throw new Refusal.Invalid("orderBy needs local=true: only one broker can order its entities");
    Comparator<Entity> byId =
        Comparator.<Entity, CollationKey>comparing(entity -> collation.key(entity.id()))
            .thenComparing(Entity::id);
    return new IdOrder(
        switch (asked) {
          case "id", "id;asc" -> byId;
          case "id;desc" -> byId.reversed();
          case String other ->
              throw new Refusal.Invalid(
                  "evolutions are ordered by id, id;asc or id;desc, not by '" + other + "'");
        });
  }

  void each(Reader reader, Actor actor, Address address, Query query, Predicate<Entity> visitor) {
    var all = new ArrayList<Entity>();
    reader.eachEvenGone(
        actor,
        address,
        query,
        entity -> {
          if (all.size() == MOST)
            throw new Refusal.TooLarge(
                "more than "
                    + MOST
                    + " evolutions cannot be ordered; narrow the query by type or id");
          all.add(entity);
          return true;
        });
    all.sort(order);
    for (var entity : all) if (!visitor.test(entity)) return;
  }
}
