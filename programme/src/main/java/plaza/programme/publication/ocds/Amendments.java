package plaza.programme.publication.ocds;

import plaza.programme.publication.Event;
import plaza.programme.publication.Sheet;

/// An `Amendment` of OCDS: which release changes which.
final class Amendments {
  private Amendments() {}

  static Sheet of(ContractingProcess process, Event event, String what) {
    return new Sheet()
        .put("id", what + "-" + event.number())
        .put("date", event.at())
        .put("amendsReleaseID", process.releaseBefore(event))
        .put("releaseID", process.releaseId(event));
  }
}
