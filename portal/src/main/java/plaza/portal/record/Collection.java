package plaza.portal.record;

import java.util.Arrays;
import java.util.Optional;
import plaza.programme.record.Kind;

/// Where the records of each kind are found, in the order of the line from need to verdict.
public enum Collection {
  NEEDS("needs", Kind.NEED, "Needs", "Need"),
  CLUSTERS("clusters", Kind.NEED_CLUSTER, "Clusters of needs", "Cluster of needs"),
  MODERATION_CASES("moderation-cases", Kind.MODERATION_CASE, "Moderation cases", "Moderation case"),
  FAULTS("faults", Kind.SERVICE_REQUEST, "Faults", "Fault"),
  FAULT_CATEGORIES("fault-categories", Kind.FAULT_CATEGORY, "Kinds of fault", "Kind of fault"),
  CHALLENGES("challenges", Kind.CHALLENGE, "Challenges", "Challenge"),
  PROPOSALS("proposals", Kind.PROPOSAL, "Proposals", "Proposal"),
  REVIEWS("reviews", Kind.REVIEW, "Reviews", "Review"),
  EXPLORATIONS("explorations", Kind.EXPLORATION, "Explorations", "Exploration"),
  PILOTS("pilots", Kind.PILOT, "Pilots", "Pilot"),
  INDICATORS("indicators", Kind.INDICATOR, "Indicators", "Indicator"),
  GRANTS("grants", Kind.DATA_GRANT, "Data grants", "Data grant"),
  EVALUATIONS("evaluations", Kind.EVALUATION, "Evaluations", "Evaluation"),
  GATES("gates", Kind.GATE_DECISION, "Gates", "Gate"),
  LESSONS("lessons", Kind.LESSON, "Lessons", "Lesson"),
  PLACES("places", Kind.PLACE, "Places", "Place"),
  BOOKINGS("bookings", Kind.BOOKING, "Bookings", "Booking"),
  REGULATORY_CASES("regulatory-cases", Kind.REGULATORY_CASE, "Regulatory cases", "Regulatory case"),
  INNOVATION_CLUSTERS(
      "innovation-clusters", Kind.INNOVATION_CLUSTER, "Innovation clusters", "Innovation cluster"),
  EVENTS("events", Kind.EVENT, "Events", "Event"),
  ROUNDS("rounds", Kind.FUNDING_ROUND, "Funding rounds", "Funding round"),
  COMMITMENTS("commitments", Kind.COMMITMENT, "Commitments", "Commitment"),
  TRANCHES("tranches", Kind.TRANCHE, "Tranches", "Tranche"),
  DISBURSEMENTS("disbursements", Kind.DISBURSEMENT, "Payments", "Payment"),
  SERVICES("services", Kind.SERVICE, "Services", "Service"),
  PACKAGES("packages", Kind.SOLUTION_PACKAGE, "Solution packages", "Solution package"),
  REPLICATIONS("replications", Kind.REPLICATION, "Replications", "Replication");

  private static final String URN = "urn:ngsi-ld:";

  private final String segment;
  private final Kind kind;
  private final String many;
  private final String one;

  Collection(String segment, Kind kind, String many, String one) {
    this.segment = segment;
    this.kind = kind;
    this.many = many;
    this.one = one;
  }

  public String segment() {
    return segment;
  }

  public Kind kind() {
    return kind;
  }

  /// As a heading.
  public String many() {
    return many;
  }

  public String one() {
    return one;
  }

  /// Needs, pilots and places have pages of their own.
  public boolean hasOwnPages() {
    return this == NEEDS || this == PILOTS || this == PLACES;
  }

  /// The list of these records.
  public String path() {
    return "/records/" + segment;
  }

  /// The page of a record.
  public String path(String id) {
    return (hasOwnPages() ? "/" + segment : path()) + "/" + id.substring(id.lastIndexOf(':') + 1);
  }

  public static Optional<Collection> named(String segment) {
    return Arrays.stream(values()).filter(one -> one.segment.equals(segment)).findFirst();
  }

  public static Optional<Collection> of(Kind kind) {
    return Arrays.stream(values()).filter(one -> one.kind == kind).findFirst();
  }

  /// Of a record named by its id; empty for what is no record with a page.
  public static Optional<Collection> of(String id) {
    if (!id.startsWith(URN)) return Optional.empty();
    var title = id.substring(URN.length()).split(":", 2)[0];
    return Kind.find(title).flatMap(Collection::of);
  }

  /// The page of a record named by its id; empty for what is no record with a page.
  public static Optional<String> href(String id) {
    return of(id).map(collection -> collection.path(id));
  }
}
