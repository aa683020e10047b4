package plaza.api.programme;

import java.util.List;
import plaza.graph.Value;
import plaza.programme.Programme;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Funding rounds: their planning, what parties commit, tranches and conditions. Paying and closing
/// are steps.
final class RoundRoutes {
  private final Programme programme;
  private final ProgrammeRoutes records;

  RoundRoutes(Programme programme, ProgrammeRoutes records) {
    this.programme = programme;
    this.records = records;
  }

  void addTo(Routes routes) {
    var one = Records.ROUNDS.path() + "/{id}";
    routes
        .post(
            Records.ROUNDS.path(),
            Right.known(),
            e -> records.open(e, programme.uptake().rounds()::plan))
        .patch(one, Right.known(), e -> records.amend(e, programme.uptake().rounds()::amend))
        .post(
            one + "/commitments",
            Right.known(),
            e ->
                records.apply(
                    e,
                    200,
                    (caller, id, body) ->
                        programme.transition(
                            caller,
                            Kind.FUNDING_ROUND,
                            id,
                            "commit",
                            body,
                            Asking.expectedVersion(e))))
        .get(one + "/commitments", Right.anyone(), e -> list(e, Kind.COMMITMENT))
        .post(
            one + "/tranches",
            Right.known(),
            e -> records.apply(e, 201, programme.uptake().rounds()::addTranche))
        .get(one + "/tranches", Right.anyone(), e -> list(e, Kind.TRANCHE))
        .get(one + "/disbursements", Right.anyone(), e -> list(e, Kind.DISBURSEMENT))
        .post(
            one + "/conditions",
            Right.known(),
            e -> records.apply(e, 200, programme.uptake().rounds()::meetCondition));
  }

  private void list(Exchange exchange, Kind kind) {
    var ofRound = List.of(new Having("round", Asking.id(exchange)));
    exchange.json(
        200,
        new Value.Items(
            List.<Value>copyOf(programme.list(Asking.caller(exchange), kind, ofRound, 0, 1_000))));
  }
}
