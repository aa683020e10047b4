package plaza.api.programme;

import java.util.List;
import java.util.Map;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.programme.Programme;
import plaza.programme.indicator.IndicatorDefinition;
import plaza.programme.record.Kind;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Pilots, what is granted to them, what is measured of them and what is decided about them. No
/// route takes a measured value.
final class PilotRoutes {
  private final Programme programme;
  private final ProgrammeRoutes records;

  PilotRoutes(Programme programme, ProgrammeRoutes records) {
    this.programme = programme;
    this.records = records;
  }

  void addTo(Routes routes) {
    var pilots = Records.PILOTS.path();
    var one = pilots + "/{id}";
    var indicator = Records.INDICATORS.path() + "/{id}";
    routes
        .post(pilots, Right.known(), e -> records.open(e, programme.pilots()::open))
        .patch(one, Right.known(), e -> records.amend(e, programme.pilots()::amend))
        .post(
            one + "/signatures",
            Right.known(),
            e -> records.apply(e, 201, (caller, id, _) -> programme.pilots().sign(caller, id)))
        .post(
            one + "/novations",
            Right.known(),
            e -> records.apply(e, 201, programme.pilots().novations()::propose))
        .post(
            one + "/novations/signatures",
            Right.known(),
            e -> records.apply(e, 201, programme.pilots().novations()::sign))
        .post(
            one + "/keys",
            Right.known(),
            e ->
                records.apply(
                    e,
                    201,
                    (caller, id, body) ->
                        programme
                            .pilots()
                            .issueKey(
                                caller,
                                id,
                                ProgrammeRoutes.text(body.members(), "label", "pilot key"))))
        .post(
            one + "/indicators",
            Right.known(),
            e ->
                records.apply(
                    e,
                    201,
                    (caller, id, body) ->
                        programme.indicators().define(caller, id, IndicatorDefinition.of(body))))
        .post(
            indicator + "/lock",
            Right.known(),
            e -> records.apply(e, 200, (caller, id, _) -> programme.indicators().lock(caller, id)))
        .post(
            indicator + "/baseline",
            Right.known(),
            e ->
                records.apply(
                    e, 200, (caller, id, _) -> programme.indicators().freezeBaseline(caller, id)))
        .post(
            indicator + "/amendments",
            Right.known(),
            e -> records.apply(e, 201, programme.indicators()::proposeAmendment))
        .get(one + "/context", Right.anyone(), this::context)
        .get(indicator + "/days", Right.anyone(), this::days)
        .get(indicator + "/check", Right.anyone(), this::check)
        .post(
            Records.GRANTS.path(), Right.known(), e -> records.open(e, programme.grants()::request))
        .post(
            Records.EVALUATIONS.path() + "/{id}/publication",
            Right.known(),
            e -> records.apply(e, 200, programme.pilots()::publishEvaluation))
        .post(Records.GATES.path(), Right.known(), e -> records.open(e, programme.gates()::open))
        .post(
            Records.GATES.path() + "/{id}/votes",
            Right.known(),
            e -> records.apply(e, 201, programme.gates()::vote));
  }

  /// The JSON-LD context by which a pilot's own types have short names.
  private void context(Exchange exchange) {
    var view = programme.view(Asking.caller(exchange), Kind.PILOT, Asking.id(exchange));
    if (!(view.members().get("namespace") instanceof Value.Text(var vocabulary)))
      throw new Refusal.NotFound(
          Asking.id(exchange) + " has no namespace yet; it gets one when it starts");
    var context = Map.<String, Value>of("@vocab", Value.of(vocabulary));
    exchange.send(
        200,
        "application/ld+json",
        Json.bytes(new Value.Struct(Map.of("@context", new Value.Struct(context)))));
  }

  private void days(Exchange exchange) {
    exchange.json(200, programme.chart(Asking.caller(exchange), Asking.id(exchange)));
  }

  /// Measures the frozen baseline again: whether anybody touched what it was computed from.
  private void check(Exchange exchange) {
    var faults =
        programme.indicators().verifyBaseline(Asking.caller(exchange), Asking.id(exchange));
    exchange.json(
        200,
        new Value.Struct(
            Map.of("intact", Value.of(faults.isEmpty()), "faults", Value.of(List.copyOf(faults)))));
  }
}
