package plaza.ngsild.http;

import java.util.ArrayList;
import java.util.PriorityQueue;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.json.Json;
import plaza.ledger.Page;
import plaza.ngsild.query.EntityOrder;
import plaza.ngsild.query.QueryParser;

/// Orders the answer to a query (clause 4.23).
///
/// Every match is looked at once; kept are only as many as lie before the end of the page.
final class Ordering {
  private final EntityOrder order;

  private Ordering(EntityOrder order) {
    this.order = order;
  }

  /// @param local whether no other broker is asked
  static Ordering of(Call call, QueryParser.Parameters parameters, String orderBy, boolean local) {
    if (!local)
      throw new Refusal.Invalid("orderBy needs local=true: only one broker can order its entities");
    return new Ordering(EntityOrder.parse(orderBy, parameters, call.context()));
  }

  /// What the member `ordering` of a Query document says, as a URL would (clause 5.2.43).
  static QueryParser.Parameters members(Value.Struct ordering) {
    var members = ordering.members();
    return name ->
        switch (name) {
          case "orderBy" -> String.join(",", QueryParser.texts(members.get(name), name));
          case "collation" -> QueryParser.text(members.get(name), name);
          case "orderGeometry" -> QueryParser.text(members.get("geometry"), "ordering: geometry");
          case "orderFrom" -> {
            var coordinates = members.get("coordinates");
            yield coordinates == null ? null : Json.text(coordinates);
          }
          default -> null;
        };
  }

  Page page(Desk desk, Call call, Address address, Query query, Paging paging) {
    long kept = (long) paging.offset() + paging.limit();
    if (kept > desk.limits.orderedEntities())
      throw new Problem(
          Problem.Type.TOO_MANY_RESULTS,
          "the first "
              + desk.limits.orderedEntities()
              + " entities of an order can be had, not those up to "
              + kept
              + "; narrow the query");
    var first = new PriorityQueue<EntityOrder.Keyed>(order.reversed());
    var matches = new int[1];
    desk.reader.each(
        call.actor(),
        address,
        query,
        entity -> {
          matches[0]++;
          first.add(order.keyed(entity));
          if (first.size() > kept) first.poll();
          return true;
        });
    var sorted = new ArrayList<>(first);
    sorted.sort(order);
    var page =
        sorted.stream()
            .skip(paging.offset())
            .limit(paging.limit())
            .map(EntityOrder.Keyed::entity)
            .toList();
    return new Page(page, matches[0], matches[0] > kept);
  }
}
