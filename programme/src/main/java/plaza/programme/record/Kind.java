package plaza.programme.record;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import plaza.graph.Entity;
import plaza.graph.Names;

/// The kinds of record. Those with a procedure carry its name in `state-machines.json`.
///
/// A record's fields lie in the graph as attributes under [Names#PLAZA], where every face shows
/// them; secret fields always, and all fields while the record is in a concealed state, lie under
/// [Names#PRIVATE], where none does.
public enum Kind {
  NEED(
      "Need",
      true,
      Set.of(
          "cluster",
          "challenge",
          "department",
          "originDepartment",
          "serviceRequest",
          "moderationCase",
          "objectedTo"),
      Set.of(
          "author",
          "tokenHash",
          "moderationNote",
          "moderationCase",
          "withdrawalConsent",
          "objection"),
      Set.of("SUBMITTED", "REJECTED", "WITHDRAWN")),
  NEED_CLUSTER(
      "NeedCluster",
      true,
      Set.of("needs", "challenge", "department"),
      Set.of("openedBy"),
      Set.of()),
  /// A moderator's decision against a need, and its author's appeal.
  MODERATION_CASE("ModerationCase", false, Set.of(), Set.of(), Set.of()),
  /// What Open311 calls a service: a kind of fault that the city takes reports of.
  FAULT_CATEGORY("FaultCategory", true, Set.of("department"), Set.of("openedBy"), Set.of()),
  /// A fault that somebody reported; Open311's service request.
  SERVICE_REQUEST(
      "ServiceRequest",
      true,
      Set.of("category", "department", "need"),
      Set.of(
          "author",
          "tokenHash",
          "email",
          "phone",
          "firstName",
          "lastName",
          "deviceId",
          "accountId",
          "attributes",
          "descriptionAsSent",
          "moderationNote"),
      Set.of("HIDDEN")),
  CHALLENGE(
      "Challenge",
      true,
      Set.of("sponsor", "clusters"),
      Set.of("draftedBy", "panel"),
      Set.of("DRAFT", "IN_REVIEW")),
  PROPOSAL(
      "Proposal",
      true,
      Set.of("challenge", "organisation"),
      Set.of(
          "author",
          "body",
          "sealedAt",
          "checklist",
          "team",
          "funders",
          "feedback",
          "screenedBy",
          "appeal",
          "appealAnswer"),
      Set.of("DRAFT", "SUBMITTED", "WITHDRAWN", "INELIGIBLE", "APPEALED", "NOT_SELECTED")),
  REVIEW("Review", false, Set.of(), Set.of(), Set.of()),
  EXPLORATION(
      "Exploration",
      true,
      Set.of("challenge", "proposal", "organisation", "department"),
      Set.of("openedBy", "terms", "documents", "references"),
      Set.of("SIGNING", "LAPSED")),
  PILOT(
      "Pilot",
      true,
      Set.of(
          "challenge",
          "proposal",
          "organisation",
          "formerOrganisations",
          "department",
          "needs",
          "indicators"),
      Set.of("openedBy", "agreement", "team", "funders", "novation", "novationConsents"),
      Set.of("PREPARING", "LAPSED")),
  DATA_GRANT(
      "DataGrant",
      true,
      Set.of("pilot", "service", "exploration", "organisation"),
      Set.of("requestedBy"),
      Set.of()),
  BOOKING(
      "Booking",
      true,
      Set.of("place", "owner", "pilot", "organisation"),
      Set.of("holder", "purpose", "handback"),
      Set.of()),
  REGULATORY_CASE(
      "RegulatoryCase",
      true,
      Set.of("pilot", "organisation", "competentAuthority", "supersedes"),
      Set.of("raisedBy"),
      Set.of("RAISED", "CONFIRMING", "EXEMPTION_REQUESTED", "REFUSED")),
  FUNDING_ROUND("FundingRound", true, Set.of("pilot", "service"), Set.of(), Set.of("PLANNED")),
  SERVICE(
      "Service",
      true,
      Set.of("pilot", "department", "operator"),
      Set.of("openedBy"),
      Set.of("DRAFT", "ABANDONED")),
  REPLICATION("Replication", true, Set.of("package", "organisation"), Set.of("openedBy"), Set.of()),

  PLACE("Place", true, Set.of("within", "owner"), Set.of(), Set.of()),
  INNOVATION_CLUSTER(
      "InnovationCluster", true, Set.of("places", "organisations"), Set.of(), Set.of()),
  EVENT("Event", true, Set.of("place", "cluster", "organiser"), Set.of("openedBy"), Set.of()),

  INDICATOR("Indicator", true, Set.of("pilot"), Set.of("lockedBy"), Set.of()),
  EVALUATION("Evaluation", true, Set.of("pilot"), Set.of(), Set.of("DRAFT")),
  GATE_DECISION(
      "GateDecision", true, Set.of("pilot", "service"), Set.of("openedBy", "votes"), Set.of()),
  LESSON("Lesson", true, Set.of("pilot", "service", "round", "replication"), Set.of(), Set.of()),
  COMMITMENT(
      "Commitment",
      true,
      Set.of("round", "organisation"),
      Set.of(
          "conditions",
          "conditionsEvidence",
          "relatedParty",
          "relation",
          "description",
          "enteredBy"),
      Set.of("OFFERED", "RELEASED")),
  TRANCHE("Tranche", true, Set.of("round", "indicator"), Set.of(), Set.of()),
  DISBURSEMENT(
      "Disbursement",
      true,
      Set.of("round", "commitment", "tranche", "organisation"),
      Set.of("reference", "enteredBy"),
      Set.of()),
  USAGE_DAY("UsageDay", true, Set.of("service"), Set.of("counted"), Set.of()),
  COHORT_CELL("CohortCell", true, Set.of("service"), Set.of("counted"), Set.of()),
  SOLUTION_PACKAGE("SolutionPackage", true, Set.of("service"), Set.of(), Set.of()),
  SUPPORT("Support", false, Set.of(), Set.of(), Set.of()),
  CONTEST("Contest", false, Set.of(), Set.of(), Set.of()),
  FOLLOW("Follow", false, Set.of(), Set.of(), Set.of()),
  NOTICE("Notice", false, Set.of(), Set.of(), Set.of()),
  WEBHOOK("Webhook", false, Set.of(), Set.of(), Set.of()),
  ERASURE("Erasure", false, Set.of(), Set.of(), Set.of()),
  CONFLICT_DECLARATION("ConflictDeclaration", false, Set.of(), Set.of(), Set.of()),
  TRANSITION_EVENT(
      "TransitionEvent", true, Set.of("subject"), Set.of("actor", "text", "words"), Set.of()),
  CHAIN_HEAD("ChainHead", false, Set.of(), Set.of(), Set.of());

  @SuppressWarnings("ImmutableEnumChecker") // a copy: nobody can change it
  private static final Map<String, Kind> BY_TYPE =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Kind::type, kind -> kind));

  private final String title;
  private final String type;
  private final boolean open;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of: nobody can change it
  private final Set<String> links;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of: nobody can change it
  private final Set<String> secrets;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of: nobody can change it
  private final Set<String> concealed;

  Kind(
      String title,
      boolean open,
      Set<String> links,
      Set<String> secrets,
      Set<String> concealedStates) {
    this.title = title;
    this.type = (open ? Names.PLAZA : Names.PRIVATE) + title;
    this.open = open;
    this.links = links;
    this.secrets = secrets;
    this.concealed = concealedStates;
  }

  /// As procedures, ids and sentences call it, such as `NeedCluster`.
  public String title() {
    return title;
  }

  /// The expanded entity type.
  public String type() {
    return type;
  }

  /// Whether any face can show records of this kind at all.
  public boolean isOpen() {
    return open;
  }

  /// Fields that hold the ids of other entities.
  boolean isLink(String field) {
    return links.contains(field);
  }

  /// Whether a field of a record in this state is kept from every face.
  public boolean isSecret(String field, String state) {
    return !field.equals("state") && (!open || secrets.contains(field) || isConcealed(state));
  }

  /// Whether no face ever shows the field, whatever the state.
  public boolean isAlwaysSecret(String field) {
    return !open || secrets.contains(field);
  }

  boolean everConceals() {
    return !concealed.isEmpty();
  }

  /// Whether a record in this state shows nothing but that it exists.
  public boolean isConcealed(String state) {
    return !open || concealed.contains(state);
  }

  /// The kind that an entity is a record of.
  public static Optional<Kind> of(Entity entity) {
    for (var type : entity.types()) {
      var kind = BY_TYPE.get(type);
      if (kind != null) return Optional.of(kind);
    }
    return Optional.empty();
  }

  public static Optional<Kind> find(String title) {
    return Arrays.stream(values()).filter(kind -> kind.title.equals(title)).findFirst();
  }
}
