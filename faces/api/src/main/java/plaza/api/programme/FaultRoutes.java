package plaza.api.programme;

import plaza.programme.Programme;
import plaza.web.Right;
import plaza.web.Routes;

/// Faults and their categories for those who work on them. Who reports comes by Open311, or here
/// with an account.
final class FaultRoutes {
  private final Programme programme;
  private final ProgrammeRoutes records;

  FaultRoutes(Programme programme, ProgrammeRoutes records) {
    this.programme = programme;
    this.records = records;
  }

  void addTo(Routes routes) {
    var faults = Records.FAULTS.path();
    var categories = Records.FAULT_CATEGORIES.path();
    routes
        .post(
            faults,
            Right.known(),
            e ->
                records.open(
                    e,
                    (caller, body) ->
                        programme
                            .demand()
                            .faults()
                            .report(caller, plaza.programme.fault.NewFault.of(body))))
        .post(
            categories,
            Right.known(),
            e -> records.open(e, programme.demand().faults()::openCategory))
        .patch(
            categories + "/{id}",
            Right.known(),
            e -> records.amend(e, programme.demand().faults()::amendCategory));
  }
}
