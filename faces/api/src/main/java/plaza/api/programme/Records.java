package plaza.api.programme;

import java.util.List;
import java.util.Optional;
import plaza.programme.record.Kind;

/// The collections of records: where each kind is found.
enum Records {
  NEEDS("needs", Kind.NEED),
  CLUSTERS("clusters", Kind.NEED_CLUSTER),
  MODERATION_CASES("moderation-cases", Kind.MODERATION_CASE),
  FAULTS("faults", Kind.SERVICE_REQUEST),
  FAULT_CATEGORIES("fault-categories", Kind.FAULT_CATEGORY),
  CHALLENGES("challenges", Kind.CHALLENGE),
  PROPOSALS("proposals", Kind.PROPOSAL),
  REVIEWS("reviews", Kind.REVIEW),
  EXPLORATIONS("explorations", Kind.EXPLORATION),
  PILOTS("pilots", Kind.PILOT),
  GRANTS("grants", Kind.DATA_GRANT),
  INDICATORS("indicators", Kind.INDICATOR),
  EVALUATIONS("evaluations", Kind.EVALUATION),
  GATES("gates", Kind.GATE_DECISION),
  LESSONS("lessons", Kind.LESSON),
  PLACES("places", Kind.PLACE),
  BOOKINGS("bookings", Kind.BOOKING),
  REGULATORY_CASES("regulatory-cases", Kind.REGULATORY_CASE),
  /// Organisations with a theme; `/api/v1/clusters` are clusters of needs.
  INNOVATION_CLUSTERS("innovation-clusters", Kind.INNOVATION_CLUSTER),
  EVENTS("events", Kind.EVENT),
  ROUNDS("rounds", Kind.FUNDING_ROUND),
  COMMITMENTS("commitments", Kind.COMMITMENT),
  TRANCHES("tranches", Kind.TRANCHE),
  DISBURSEMENTS("disbursements", Kind.DISBURSEMENT),
  SERVICES("services", Kind.SERVICE),
  PACKAGES("packages", Kind.SOLUTION_PACKAGE),
  REPLICATIONS("replications", Kind.REPLICATION);

  private final String segment;
  private final Kind kind;

  Records(String segment, Kind kind) {
    this.segment = segment;
    this.kind = kind;
  }

  String path() {
    return "/api/v1/" + segment;
  }

  Kind kind() {
    return kind;
  }

  static Optional<Records> of(Kind kind) {
    return List.of(values()).stream().filter(records -> records.kind == kind).findFirst();
  }
}
