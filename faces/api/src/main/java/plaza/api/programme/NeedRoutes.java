package plaza.api.programme;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.GeoJson;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.Programme;
import plaza.programme.demand.NewNeed;
import plaza.programme.demand.SimilarNeeds;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Needs and their clusters.
final class NeedRoutes {
  private static final int MOST_SIMILAR = 50;
  private final Programme programme;
  private final ProgrammeRoutes records;

  NeedRoutes(Programme programme, ProgrammeRoutes records) {
    this.programme = programme;
    this.records = records;
  }

  void addTo(Routes routes) {
    var needs = Records.NEEDS.path();
    routes
        .post(
            needs,
            Right.anyone(),
            e ->
                records.open(
                    e, (caller, body) -> programme.needs().submit(caller, NewNeed.of(body))))
        .get(
            needs + "/overdue",
            Right.known(),
            e -> e.json(200, programme.demand().overdue().of(Asking.caller(e))))
        .get(
            needs + "/{id}/series",
            Right.anyone(),
            e -> e.json(200, programme.demand().series().of(Asking.caller(e), Asking.id(e))))
        .get(Records.CLUSTERS.path() + "/{id}/suggestions", Right.anyone(), this::suggestions)
        .get(needs + "/similar", Right.anyone(), this::similar)
        .post(
            needs + "/{id}/supports",
            Right.anyone(),
            e -> records.apply(e, 201, (caller, id, _) -> programme.needs().support(caller, id)))
        .delete(
            needs + "/{id}/supports",
            Right.anyone(),
            e ->
                records.apply(
                    e, 200, (caller, id, _) -> programme.needs().withdrawSupport(caller, id)))
        .post(
            needs + "/{id}/withdrawal-consent",
            Right.known(),
            e ->
                records.apply(
                    e, 200, (caller, id, _) -> programme.needs().consentToWithdrawal(caller, id)))
        .get(
            "/api/v1/moderation/counts",
            Right.anyone(),
            e -> e.json(200, programme.demand().moderation().counts(Asking.caller(e).address())))
        .post(
            Records.CLUSTERS.path(),
            Right.known(),
            e -> records.open(e, programme.clusters()::open));
  }

  /// `?text=…&longitude=…&latitude=…&limit=…`: published needs that say something alike.
  private void similar(Exchange exchange) {
    var text =
        exchange
            .query("text")
            .orElseThrow(() -> new Refusal.Invalid("similar needs are looked up by ?text=…"));
    int limit = exchange.query("limit", 5);
    if (limit < 1 || limit > MOST_SIMILAR)
      throw new Refusal.Invalid("limit must be 1 to " + MOST_SIMILAR + ", not " + limit);
    exchange.json(
        200,
        new Value.Items(
            programme
                .needs()
                .similar(Asking.caller(exchange).address(), text, place(exchange), limit)
                .stream()
                .<Value>map(NeedRoutes::view)
                .toList()));
  }

  /// `?limit=…`: needs in no cluster that would fit into this one.
  private void suggestions(Exchange exchange) {
    int limit = exchange.query("limit", 10);
    if (limit < 1 || limit > MOST_SIMILAR)
      throw new Refusal.Invalid("limit must be 1 to " + MOST_SIMILAR + ", not " + limit);
    exchange.json(
        200,
        new Value.Items(
            programme
                .clusters()
                .suggestions(Asking.caller(exchange).address(), Asking.id(exchange), limit)
                .stream()
                .<Value>map(NeedRoutes::view)
                .toList()));
  }

  private static Value.@Nullable Struct place(Exchange exchange) {
    if (!exchange.hasQuery("longitude") && !exchange.hasQuery("latitude")) return null;
    return GeoJson.point(degrees(exchange, "longitude"), degrees(exchange, "latitude"));
  }

  private static double degrees(Exchange exchange, String name) {
    var text = exchange.query(name).orElse("");
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new Refusal.Invalid(name + " must be degrees such as 121.54, not '" + text + "'");
    }
  }

  private static Value view(SimilarNeeds.Match match) {
    var members = new LinkedHashMap<String, Value>();
    members.put("id", Value.of(match.id()));
    members.put("title", Value.of(match.title()));
    members.put("score", Value.of(match.score()));
    var meters = match.meters();
    if (meters != null) members.put("meters", Value.of(meters.doubleValue()));
    members.put("supporters", Value.of(match.supporters()));
    return new Value.Struct(Map.copyOf(members));
  }
}
