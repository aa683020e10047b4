package plaza.programme;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import plaza.graph.Value;
import plaza.programme.directory.Clearance;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Situation;
import plaza.programme.procedure.Standing;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// Decides what of a record a caller sees.
///
/// The public sees the open fields of records that are not concealed. Who works on a record sees
/// its secret fields too. A proposal's body is for nobody before its call closes, and afterwards
/// for those who judge it and its own organisation; tokens are for nobody ever.
final class Views {
  private static final Set<String> NEVER =
      Set.of("tokenHash", "text", "words", "personKey", "counted");
  private static final List<String> OFFICE = List.of("pmo", "programmeBoard", "auditor");
  private static final List<String> SCOPES =
      Stream.concat(Stream.of("id"), Situation.SCOPES.stream()).toList();

  private final Engine engine;

  Views(Engine engine) {
    this.engine = engine;
  }

  /// Whether nobody is ever shown a field, so that nobody may ask for its value either.
  static boolean isNeverShown(String field) {
    return NEVER.contains(field);
  }

  /// Empty when the caller may not know that the record exists.
  Optional<Value.Struct> of(Caller caller, Dossier record) {
    return of(caller, record, clearance(caller, record.kind()));
  }

  /// @param clearance of the caller for records of this kind
  Optional<Value.Struct> of(Caller caller, Dossier record, Clearance clearance) {
    boolean insider = clearance.covers(record);
    if (!insider && record.kind().isConcealed(record.state())) return Optional.empty();
    var view = new LinkedHashMap<String, Value>();
    view.put("id", Value.of(record.id()));
    view.put("type", Value.of(record.kind().title()));
    view.put("state", Value.of(record.state()));
    view.put("version", Value.of(record.version()));
    if (record.createdAt() != null) view.put("createdAt", Value.of(record.createdAt().toString()));
    record
        .fields()
        .forEach((name, value) -> {
          if (NEVER.contains(name)) return;
          if (record.kind().isSecret(name, record.state()) && !insider) return;
          if (name.equals("body") && !mayReadBody(caller, record, clearance)) return;
          if (name.equals("votes") && !mayAudit(caller)) return;
          view.put(name, value);
        });
    return Optional.of(new Value.Struct(view));
  }

  /// Whose records of a kind, or which, the caller works on and sees with their secrets.
  Clearance clearance(Caller caller, Kind kind) {
    if (caller.isPlaza()) return Clearance.WHOLE;
    var standing = engine.standing(caller);
    var ties = new Ties(caller, standing);
    // Who reported a fault is for those who mend it, not for all of the office.
    if (kind == Kind.SERVICE_REQUEST)
      return ties.all("moderator").all("pmo").on("departmentOfficer", SCOPES).author().done();
    if (OFFICE.stream().anyMatch(standing::holds)) return Clearance.WHOLE;
    return switch (kind) {
      case NEED, MODERATION_CASE -> ties.all("moderator").author().done();
      case NEED_CLUSTER -> ties.all("moderator").done();
      case CHALLENGE -> ties.on("sponsor", List.of("sponsor")).person("panel").done();
      case PROPOSAL -> ties.members("organisation").named("id", cleared(caller)).done();
      case REVIEW -> ties.person("reviewer").done();
      case EXPLORATION ->
          ties.all("financeOfficer")
              .all("dataSteward")
              .on("sponsor", List.of("department"))
              .members("organisation")
              .named("proposal", cleared(caller))
              .done();
      // Who is to take a pilot over reads what they are to sign.
      case PILOT -> ties.all("dataSteward").members("organisation").members("novation.to").done();
      case DATA_GRANT -> ties.all("dataSteward").members("organisation").done();
      case FUNDING_ROUND, TRANCHE, DISBURSEMENT -> ties.all("financeOfficer").done();
      // A party sees its own commitments whole, and of others what is public.
      case COMMITMENT -> ties.all("financeOfficer").members("organisation").done();
      case SERVICE -> ties.all("dataSteward").on("serviceOwner", SCOPES).members("operator").done();
      case REPLICATION -> ties.on("cityDelegate", SCOPES).done();
      case CONFLICT_DECLARATION -> ties.person("person").done();
      case BOOKING -> ties.on("fieldOwner", SCOPES).person("holder").members("organisation").done();
      case REGULATORY_CASE ->
          ties.all("regulatoryOfficer")
              .on("competentAuthority", SCOPES)
              .members("organisation")
              .done();
      case SERVICE_REQUEST,
          FAULT_CATEGORY,
          INDICATOR,
          EVALUATION,
          GATE_DECISION,
          LESSON,
          PLACE,
          INNOVATION_CLUSTER,
          EVENT,
          USAGE_DAY,
          COHORT_CELL,
          SOLUTION_PACKAGE,
          SUPPORT,
          CONTEST,
          FOLLOW,
          NOTICE,
          WEBHOOK,
          ERASURE,
          TRANSITION_EVENT,
          CHAIN_HEAD ->
          Clearance.NONE;
    };
  }

  /// Proposals that the caller may judge, having declared no conflict.
  private Set<String> cleared(Caller caller) {
    if (!caller.isSignedIn()) return Set.of();
    var proposals = new LinkedHashSet<String>();
    engine
        .dossiers()
        .each(
            caller.address(),
            Kind.REVIEW,
            List.of(new Having("reviewer", caller.id())),
            review -> {
              if (review.is("CLEARED", "SCORED", "FINAL")) proposals.add(review.text("proposal"));
              return true;
            });
    return proposals;
  }

  private static boolean belongs(Standing standing, Dossier record) {
    return standing.belongsToAny(record.texts("organisation"));
  }

  private boolean mayAudit(Caller caller) {
    return engine.standing(caller).holds("auditor");
  }

  /// Its own organisation always; the office and cleared reviewers once the call has closed.
  private boolean mayReadBody(Caller caller, Dossier proposal, Clearance clearance) {
    if (caller.isPlaza()) return false;
    if (belongs(engine.standing(caller), proposal))
      return proposal.is("DRAFT") || isUnsealed(caller, proposal);
    return isUnsealed(caller, proposal) && clearance.covers(proposal);
  }

  private boolean isUnsealed(Caller caller, Dossier proposal) {
    return engine
        .dossiers()
        .find(caller.address(), Kind.CHALLENGE, proposal.text("challenge"))
        .filter(challenge -> challenge.has("unsealedAt"))
        .isPresent();
  }
}
