package plaza.api.programme;

import plaza.programme.Programme;
import plaza.web.Right;
import plaza.web.Routes;

/// Challenges, proposals and what their panel declares.
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
    routes
        .post(challenges, Right.known(), e -> records.open(e, programme.challenges()::draft))
        .patch(
            challenges + "/{id}",
            Right.known(),
            e ->
                records.apply(
                    e,
                    200,
                    (caller, id, body) ->
                        programme.challenges().amend(caller, id, body, Asking.expectedVersion(e))))
        .post(
            challenges + "/{id}/interests",
            Right.known(),
            e -> records.apply(e, 201, programme.reviews()::declareInterests))
        .post(proposals, Right.known(), e -> records.open(e, programme.proposals()::draft))
        .patch(
            proposals + "/{id}",
            Right.known(),
            e ->
                records.apply(
                    e,
                    200,
                    (caller, id, body) ->
                        programme.proposals().amend(caller, id, body, Asking.expectedVersion(e))));
  }
}
