package plaza.api.programme;

import plaza.programme.Programme;
import plaza.web.Right;
import plaza.web.Routes;

/// Challenges, proposals, what their panel declares, and paid explorations.
final class CallRoutes {
  private final Programme programme;
  private final ProgrammeRoutes records;

  CallRoutes(Programme programme, ProgrammeRoutes records) {
    this.programme = programme;
    this.records = records;
  }

  void addTo(Routes routes) {
    var challenges = Records.CHALLENGES.path();
    var proposals = Records.PROPOSALS.path();
    var exploration = Records.EXPLORATIONS.path() + "/{id}";
    routes
        .post(challenges, Right.known(), e -> records.open(e, programme.challenges()::draft))
        .patch(
            challenges + "/{id}",
            Right.known(),
            e -> records.amend(e, programme.challenges()::amend))
        .post(
            challenges + "/{id}/interests",
            Right.known(),
            e -> records.apply(e, 201, programme.reviews()::declareInterests))
        .post(proposals, Right.known(), e -> records.open(e, programme.proposals()::draft))
        .patch(
            proposals + "/{id}", Right.known(), e -> records.amend(e, programme.proposals()::amend))
        .get(
            proposals + "/{id}/receipt",
            Right.anyone(),
            e -> e.json(200, programme.calls().receipts().find(Asking.caller(e), Asking.id(e))))
        .post(
            proposals + "/{id}/receipt",
            Right.anyone(),
            e ->
                e.json(
                    200,
                    programme
                        .calls()
                        .receipts()
                        .check(Asking.caller(e), Asking.id(e), Asking.body(e))))
        .post(
            exploration + "/signatures",
            Right.known(),
            e ->
                records.apply(
                    e, 201, (caller, id, _) -> programme.calls().explorations().sign(caller, id)))
        .post(
            exploration + "/keys",
            Right.known(),
            e ->
                records.apply(
                    e,
                    201,
                    (caller, id, body) ->
                        programme
                            .calls()
                            .explorations()
                            .issueKey(
                                caller,
                                id,
                                ProgrammeRoutes.text(body.members(), "label", "exploration key"))));
  }
}
